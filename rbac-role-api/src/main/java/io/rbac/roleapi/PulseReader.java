package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.model.Change;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the documents of Pulse, which have a resource in {@code data} and its attributes inside. */
final class PulseReader {

    /** Members of the documents of responses, which are ignored so that one can be sent back; likewise of resources. */
    private static final List<String> DOCUMENT_IGNORED = List.of("meta", "links", "jsonapi", "included");

    private static final List<String> RESOURCE_IGNORED = List.of("id", "meta", "links", "relationships");
    private static final List<String> READ_ONLY = List.of("account_id", "role_type", "discarded_at");
    private static final String ROLE_IDS = "role_ids";
    private static final String USER_ID = "user_id";

    private final DialectOptions options;

    PulseReader(DialectOptions options) {
        this.options = options;
    }

    /** Reads the creation of a role. */
    RequestedChanges readCreation(Policy policy, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        RequestFields attributes = readAttributes(body, "role", requested.violations());
        Scope sent = readScope(attributes, requested.violations());
        Scope scope = attributes.valueUnlessNull("scope") != null
                ? sent
                : policy.rules().defaultScope().orElse(null);
        RoleUpdate update = readUpdate(attributes, policy, scope, null, requested.violations());
        return requested.add(new Change.CreateRole(null, scope, update), parts(attributes));
    }

    /**
     * Reads the update of a role.
     *
     * @param current the role as a response shows it
     */
    RequestedChanges readUpdate(Policy policy, Role role, ObjectNode current, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        RequestFields attributes = readAttributes(body, "role", requested.violations());
        Scope sent = readScope(attributes, requested.violations());
        if (sent != null && !sent.equals(role.scope())) {
            requested
                    .violations()
                    .add(
                            Code.SCOPE_IMMUTABLE,
                            attributes.pointer("scope"),
                            sent.name(),
                            "role " + Violation.quote(role.id()) + " has the scope `"
                                    + role.scope().name() + "`: it cannot become `" + sent.name() + '`');
        }
        RoleUpdate update = readUpdate(
                attributes, policy, role.scope(), (ObjectNode) current.get("attributes"), requested.violations());
        return requested.add(Change.updateRole(role.id(), update), parts(attributes));
    }

    /** Reads the roles that a user is to have at a target of a scope. */
    RequestedChanges readMembership(Policy policy, Scope scope, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        RequestFields attributes = readAttributes(body, null, requested.violations());
        String idField = scope.isAccount() ? "" : scope.name() + "_id";
        if (!idField.isEmpty()) {
            attributes.require(idField);
        }
        attributes.require(USER_ID);
        attributes.require(ROLE_IDS);
        String id = idField.isEmpty() ? "" : attributes.string(idField);
        String user = attributes.string(USER_ID);
        List<String> roles = attributes.strings(ROLE_IDS);
        refuseOthers(attributes);
        if (!requested.violations().isEmpty() || id == null || user == null || roles == null) {
            return requested;
        }
        Target target = scope.isAccount() ? Target.account() : Target.of(scope, id);
        if (!policy.hasTarget(target)) {
            requested
                    .violations()
                    .add(
                            Code.TARGET_NOT_FOUND,
                            attributes.pointer(idField),
                            id,
                            "there is no " + scope.name() + ' ' + Violation.quote(id));
        }
        return requested.add(
                Change.setRoles(user, target, roles),
                Map.of(
                        "user",
                        attributes.pointer(USER_ID),
                        "roles",
                        attributes.pointer(ROLE_IDS) + RequestedChanges.AND_BELOW,
                        "target",
                        attributes.pointer(idField.isEmpty() ? ROLE_IDS : idField)));
    }

    /**
     * Checks that a document has no data.
     *
     * @throws PolicyViolationException if it has any
     */
    void requireEmpty(JsonNode body) {
        Violation.Collector violations = new Violation.Collector();
        refuseOthers(RequestFields.of(body, "", violations));
        violations.throwIfAny();
    }

    // the document

    /**
     * Reads the attributes of the only resource of a document. It may be in an array, like in the response to a
     * creation.
     *
     * @param type the type that the resource must have, {@code null} if the vendor does not document it
     */
    private RequestFields readAttributes(JsonNode body, @Nullable String type, Violation.Collector violations) {
        RequestFields document = RequestFields.of(body, "", violations);
        JsonNode data = document.value("data");
        document.ignore(DOCUMENT_IGNORED);
        refuseOthers(document);
        if (data == null) {
            if (body.isObject()) {
                document.require("data");
            }
            return RequestFields.of(Json.object(), "/data/attributes", violations);
        }
        return data.isArray() && data.size() == 1
                ? readResource(data.get(0), "/data/0", type, violations)
                : readResource(data, "/data", type, violations);
    }

    private RequestFields readResource(
            JsonNode data, String pointer, @Nullable String type, Violation.Collector violations) {
        RequestFields resource = RequestFields.of(data, pointer, violations);
        String given = resource.string("type");
        if (type != null && given != null && !given.equals(type)) {
            violations.add(
                    Code.WRONG_TYPE,
                    resource.pointer("type"),
                    given,
                    "the type is " + Violation.quote(given) + ": expected `" + type + '`');
        } else if (type != null && data.isObject() && !options.lenient) {
            resource.require("type");
        }
        resource.ignore(RESOURCE_IGNORED);
        JsonNode attributes = resource.value("attributes");
        refuseOthers(resource);
        return RequestFields.of(
                attributes == null ? Json.object() : attributes, resource.pointer("attributes"), violations);
    }

    private void refuseOthers(RequestFields fields) {
        if (!options.lenient) {
            fields.refuseOthers();
        }
    }

    // the attributes of a role

    private RoleUpdate readUpdate(
            RequestFields attributes,
            Policy policy,
            @Nullable Scope scope,
            @Nullable ObjectNode current,
            Violation.Collector violations) {
        RoleUpdate.Builder update = RoleUpdate.builder();
        String name = attributes.string("name");
        if (name != null) {
            update.name(name);
        }
        Boolean isDefault = attributes.flag("default");
        if (isDefault != null) {
            update.defaultRole(isDefault);
        }
        Rights rights =
                new RightsReader(policy.catalog(), scope, options.lenient, violations).readGroups(attributes, "rights");
        if (rights != null && scope != null) {
            update.rights(rights);
        }
        if (attributes.has("description")) {
            readDescription(attributes, policy, update, violations);
        }
        if (!options.lenient) {
            attributes.requireUnchanged(READ_ONLY, current);
        }
        refuseOthers(attributes);
        return update.build();
    }

    private void readDescription(
            RequestFields attributes, Policy policy, RoleUpdate.Builder update, Violation.Collector violations) {
        if (policy.rules().allowsDescriptions()) {
            boolean clears = attributes.valueUnlessNull("description") == null;
            update.description(clears ? null : attributes.string("description"));
        } else if (!options.lenient) {
            violations.add(
                    Code.DESCRIPTION_UNSUPPORTED,
                    attributes.pointer("description"),
                    null,
                    "a description is given: the rules allow none");
        }
    }

    private static @Nullable Scope readScope(RequestFields attributes, Violation.Collector violations) {
        String word = attributes.valueUnlessNull("scope") == null ? null : attributes.string("scope");
        if (word == null) {
            return null;
        }
        Optional<Scope> scope = ScopeTree.standard().find(word);
        if (scope.isEmpty()) {
            violations.add(
                    Code.SCOPE_INVALID,
                    attributes.pointer("scope"),
                    word,
                    "the scope is " + Violation.quote(word) + ": expected one of "
                            + ScopeTree.standard().scopes());
        }
        return scope.orElse(null);
    }

    /** Returns the locations of the parts of a role. */
    private static Map<String, String> parts(RequestFields attributes) {
        return Map.of(
                "name",
                attributes.pointer("name"),
                "description",
                attributes.pointer("description"),
                "default",
                attributes.pointer("default"),
                "scope",
                attributes.pointer("scope"),
                "rights",
                attributes.pointer("rights") + RequestedChanges.AND_BELOW);
    }
}
