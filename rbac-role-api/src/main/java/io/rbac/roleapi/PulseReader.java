package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.model.Change;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the documents of Pulse: a resource in {@code data}, its attributes inside. */
final class PulseReader {

    /** Members of a document and of a resource that its own responses have; read and ignored. */
    private static final List<String> DOCUMENT_IGNORED = List.of("meta", "links", "jsonapi", "included");

    private static final List<String> RESOURCE_IGNORED = List.of("id", "meta", "links", "relationships");
    private static final List<String> READ_ONLY = List.of("account_id", "role_type", "discarded_at");
    private static final String ROLE_IDS = "role_ids";
    private static final String USER_ID = "user_id";

    private final DialectOptions options;

    PulseReader(DialectOptions options) {
        this.options = options;
    }

    /** Reads a role that is to be created. */
    RequestedChanges creation(Policy policy, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        Fields attributes = attributes(body, "role", requested.faults());
        Scope sent = scope(attributes, requested.faults());
        Scope scope = attributes.valueUnlessNull("scope") != null
                ? sent
                : policy.rules().defaultScope().orElse(null);
        RoleUpdate update = update(attributes, policy, scope, null, requested.faults());
        return requested.add(new Change.CreateRole(null, scope, update), parts(attributes));
    }

    /**
     * Reads the change of a role.
     *
     * @param current the role as it is shown
     */
    RequestedChanges change(Policy policy, Role role, ObjectNode current, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        Fields attributes = attributes(body, "role", requested.faults());
        Scope sent = scope(attributes, requested.faults());
        if (sent != null && sent != role.scope()) {
            requested
                    .faults()
                    .add(
                            Code.SCOPE_IMMUTABLE,
                            attributes.pointer("scope"),
                            sent.word(),
                            "role " + Violation.quote(role.id()) + " has the scope `"
                                    + role.scope().word() + "`: it cannot become `" + sent.word() + '`');
        }
        RoleUpdate update =
                update(attributes, policy, role.scope(), (ObjectNode) current.get("attributes"), requested.faults());
        return requested.add(Change.updateRole(role.id(), update), parts(attributes));
    }

    /** Reads which roles a user is to have at a place of a scope; of the account no place is named. */
    RequestedChanges membership(Policy policy, Scope scope, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        Fields attributes = attributes(body, null, requested.faults());
        String place = scope == Scope.ACCOUNT ? "" : scope.word() + "_id";
        if (!place.isEmpty()) {
            attributes.require(place);
        }
        attributes.require(USER_ID);
        attributes.require(ROLE_IDS);
        String id = place.isEmpty() ? "" : attributes.text(place);
        String user = attributes.text(USER_ID);
        List<String> roles = attributes.texts(ROLE_IDS);
        finish(attributes);
        if (!requested.faults().isEmpty() || id == null || user == null || roles == null) {
            return requested;
        }
        Target target = switch (scope) {
            case ACCOUNT -> Target.account();
            case TEAM -> Target.team(id);
            case CHAT -> Target.chat(id);
        };
        if (policy.table().target(target) < 0) {
            requested
                    .faults()
                    .add(
                            Code.TARGET_NOT_FOUND,
                            attributes.pointer(place),
                            id,
                            "there is no " + scope.word() + ' ' + Violation.quote(id));
            return requested;
        }
        return requested.add(
                Change.setRoles(user, target, roles),
                Map.of(
                        "user",
                        attributes.pointer(USER_ID),
                        "roles",
                        attributes.pointer(ROLE_IDS) + RequestedChanges.AND_BELOW,
                        "target",
                        attributes.pointer(place.isEmpty() ? ROLE_IDS : place)));
    }

    /**
     * Does nothing if a document says nothing.
     *
     * @throws PolicyViolationException if it does
     */
    void requireNothing(JsonNode body) {
        Violation.Collector faults = new Violation.Collector();
        finish(Fields.of(body, "", faults));
        faults.throwIfAny();
    }

    // the document

    /**
     * The attributes of the one resource of a document. It may stand in an array, as a creation is answered.
     *
     * @param type what the resource has to be, {@code null} where the vendor does not say
     */
    private Fields attributes(JsonNode body, @Nullable String type, Violation.Collector faults) {
        Fields document = Fields.of(body, "", faults);
        JsonNode data = document.value("data");
        document.ignore(DOCUMENT_IGNORED);
        finish(document);
        if (data == null) {
            if (body.isObject()) {
                document.require("data");
            }
            return Fields.of(Json.object(), "/data/attributes", faults);
        }
        return data.isArray() && data.size() == 1
                ? resourceAttributes(data.get(0), "/data/0", type, faults)
                : resourceAttributes(data, "/data", type, faults);
    }

    private Fields resourceAttributes(
            JsonNode data, String pointer, @Nullable String type, Violation.Collector faults) {
        Fields resource = Fields.of(data, pointer, faults);
        String stated = resource.text("type");
        if (type != null && stated != null && !stated.equals(type)) {
            faults.add(
                    Code.WRONG_TYPE,
                    resource.pointer("type"),
                    stated,
                    "the type is " + Violation.quote(stated) + ": expected `" + type + '`');
        } else if (type != null && data.isObject() && !options.lenient) {
            resource.require("type");
        }
        resource.ignore(RESOURCE_IGNORED);
        JsonNode attributes = resource.value("attributes");
        finish(resource);
        return Fields.of(attributes == null ? Json.object() : attributes, resource.pointer("attributes"), faults);
    }

    private void finish(Fields fields) {
        if (!options.lenient) {
            fields.refuseOthers();
        }
    }

    // the attributes of a role

    private RoleUpdate update(
            Fields attributes,
            Policy policy,
            @Nullable Scope scope,
            @Nullable ObjectNode current,
            Violation.Collector faults) {
        RoleUpdate.Builder update = RoleUpdate.builder();
        String name = attributes.text("name");
        if (name != null) {
            update.name(name);
        }
        Boolean isDefault = attributes.flag("default");
        if (isDefault != null) {
            update.defaultRole(isDefault);
        }
        Rights rights = new RightsReader(policy.catalog(), scope, options.lenient, faults).groups(attributes, "rights");
        if (rights != null && scope != null) {
            update.rights(rights);
        }
        if (attributes.has("description")) {
            describe(attributes, policy, update, faults);
        }
        if (!options.lenient) {
            attributes.readOnly(READ_ONLY, current);
        }
        finish(attributes);
        return update.build();
    }

    private void describe(Fields attributes, Policy policy, RoleUpdate.Builder update, Violation.Collector faults) {
        if (policy.rules().descriptions()) {
            boolean clears = attributes.valueUnlessNull("description") == null;
            update.description(clears ? null : attributes.text("description"));
        } else if (!options.lenient) {
            faults.add(
                    Code.DESCRIPTION_UNSUPPORTED,
                    attributes.pointer("description"),
                    null,
                    "there is a description: the rules allow none");
        }
    }

    private static @Nullable Scope scope(Fields attributes, Violation.Collector faults) {
        String word = attributes.valueUnlessNull("scope") == null ? null : attributes.text("scope");
        if (word == null) {
            return null;
        }
        for (Scope scope : Scope.values()) {
            if (scope.word().equals(word)) {
                return scope;
            }
        }
        faults.add(
                Code.SCOPE_INVALID,
                attributes.pointer("scope"),
                word,
                "the scope is " + Violation.quote(word) + ": expected one of "
                        + Arrays.stream(Scope.values()).map(Scope::word).toList());
        return null;
    }

    private static Map<String, String> parts(Fields attributes) {
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
