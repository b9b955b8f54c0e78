package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.guard.Capabilities;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.roleapi.RequestTarget.Parameter;
import io.rbac.roleapi.RoleDialect.Read;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The wire format of Papershift Pulse: documents of JSON:API, rights as groups of actions. */
final class PulseWireFormat implements WireFormat {

    private static final String INCLUDE = "include";
    private static final String ROLES = "roles";

    private final DialectOptions options;
    private final PulseReader reader;

    PulseWireFormat(DialectOptions options) {
        this.options = options;
        this.reader = new PulseReader(options);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/roles", this::list).withParameters(),
                Route.of("POST", "/roles", this::create),
                Route.of("GET", "/roles/*", this::show),
                Route.of("PUT", "/roles/*", this::update),
                Route.of("DELETE", "/roles/*", this::delete),
                Route.of("POST", "/roles/*/restore", this::restore),
                Route.of("POST", "/account_memberships", call -> setRoles(call, Scope.ACCOUNT)),
                Route.of("POST", "/team_memberships", call -> setRoles(call, Scope.TEAM)),
                Route.of("POST", "/chat_memberships", call -> setRoles(call, Scope.CHAT)),
                Route.of("POST", "/account_roles/*/assign_all", this::assignToAll),
                Route.of("GET", "/chats/*/members", this::listChatMembers).withParameters());
    }

    // operations

    private JsonResponse list(Call call) {
        RoleListing listing = RoleListing.read(call.parameters(), options.lenient);
        PermissionMatrix matrix = call.matrix();
        call.requireRead(matrix, Read.ROLES, Target.account());
        ArrayNode roles = Json.array();
        listing.roles(matrix.policy()).forEach(role -> roles.add(shown(call, matrix, role)));
        return JsonResponse.ok(data(roles));
    }

    private JsonResponse show(Call call) {
        PermissionMatrix matrix = call.matrix();
        call.requireRead(matrix, Read.ROLES, Target.account());
        return JsonResponse.ok(data(shown(call, matrix, roleOf(call).apply(matrix.policy()))));
    }

    private JsonResponse create(Call call) {
        JsonNode body = call.body();
        EditResult result = call.edit(matrix -> reader.readCreation(matrix.policy(), body));
        ObjectNode role = shown(call, result.matrix(), result.createdRole());
        return new JsonResponse(
                options.createdStatus, data(options.createdArray ? Json.array().add(role) : role));
    }

    private JsonResponse update(Call call) {
        JsonNode body = call.body();
        Change unchanged = Change.updateRole(call.id(0), RoleUpdate.builder().build());
        return edited(
                call,
                call.edit(
                        unchanged,
                        roleOf(call),
                        (matrix, role) -> reader.readUpdate(matrix.policy(), role, shown(call, matrix, role), body)));
    }

    private JsonResponse delete(Call call) {
        EditResult result = call.edit(Change.deleteRole(call.id(0)), roleOf(call));
        boolean isDiscarded = result.matrix().policy().role(call.id(0)).isPresent();
        PermissionMatrix shows = isDiscarded ? result.matrix() : result.base();
        return JsonResponse.ok(data(shown(call, shows, roleOf(call).apply(shows.policy()))));
    }

    private JsonResponse restore(Call call) {
        requireEmptyBody(call);
        return edited(call, call.edit(Change.restoreRole(call.id(0)), roleOf(call)));
    }

    private JsonResponse assignToAll(Call call) {
        requireEmptyBody(call);
        return edited(call, call.edit(Change.assignToAll(call.id(0)), roleOf(call)));
    }

    /** Checks that the body, if there is one, is an empty document. */
    private void requireEmptyBody(Call call) {
        if (call.hasBody()) {
            reader.requireEmpty(call.body());
        }
    }

    /** Finds the role in the path. */
    private static Function<Policy, Role> roleOf(Call call) {
        return policy -> call.role(policy, call.id(0));
    }

    /** Returns the response that shows the role in the path after an edit. */
    private JsonResponse edited(Call call, EditResult result) {
        return JsonResponse.ok(data(shown(call, result.matrix(), result.role(call.id(0)))));
    }

    private JsonResponse setRoles(Call call, Scope scope) {
        JsonNode body = call.body();
        EditResult result = call.edit(matrix -> reader.readMembership(matrix.policy(), scope, body));
        Change.SetRoles set = (Change.SetRoles) result.commit().changes().get(0);
        ObjectNode user = member("user", result.matrix().policy(), set.user(), set.target());
        return new JsonResponse(options.createdStatus, data(Json.array().add(user)));
    }

    private JsonResponse listChatMembers(Call call) {
        boolean includesRoles = readIncludesRoles(call);
        PermissionMatrix matrix = call.matrix();
        Policy policy = matrix.policy();
        Target chat = Target.chat(call.id(0));
        call.requireRead(matrix, Read.MEMBERS, chat);
        if (includesRoles) {
            call.requireRead(matrix, Read.ROLES, Target.account());
        }
        if (!policy.hasTarget(chat)) {
            throw call.notFound(Code.TARGET_NOT_FOUND, "chat", call.id(0));
        }
        ArrayNode members = Json.array();
        Map<String, Role> roles = new LinkedHashMap<>();
        for (String user : policy.usersAt(chat)) {
            members.add(member("chat_member", policy, user, chat));
            policy.rolesOf(user, chat).forEach(role -> roles.put(role.id(), role));
        }
        ObjectNode document = data(members);
        if (includesRoles) {
            ArrayNode included = document.putArray("included");
            roles.values().forEach(role -> included.add(shown(call, matrix, role)));
        }
        return JsonResponse.ok(document);
    }

    /** Reads whether the roles of the members are to be included. Nothing else can be, and nothing twice. */
    private boolean readIncludesRoles(Call call) {
        boolean isGiven = false;
        boolean includesRoles = false;
        Violation.Collector violations = new Violation.Collector();
        for (Parameter parameter : call.parameters()) {
            if (!parameter.name().equals(INCLUDE)) {
                parameter.refuseUnknown(options.lenient, violations);
                continue;
            }
            if (isGiven) {
                parameter.refuseRepeated(violations);
            }
            isGiven = true;
            includesRoles = parameter.value().equals(ROLES);
            if (!includesRoles && !parameter.value().isEmpty()) {
                violations.add(
                        Code.UNKNOWN_FIELD,
                        parameter.location(),
                        parameter.value(),
                        Violation.quote(parameter.value()) + " cannot be included: expected `" + ROLES + '`');
            }
        }
        violations.throwIfAny();
        return includesRoles;
    }

    // writing

    private static ObjectNode data(JsonNode data) {
        return Json.object().set("data", data);
    }

    private ObjectNode shown(Call call, PermissionMatrix matrix, Role role) {
        ObjectNode json = Json.object().put("id", role.id()).put("type", "role");
        ObjectNode attributes = json.putObject("attributes");
        attributes.put("account_id", matrix.policy().account()).put("name", role.name());
        if (matrix.policy().rules().allowsDescriptions()) {
            attributes.put("description", role.description().orElse(null));
        }
        attributes
                .put("scope", role.scope().name())
                .put("default", role.isDefault())
                .put("role_type", role.type() == RoleType.SYSTEM ? "system" : "custom")
                .set("rights", Json.rights(role.rights()));
        attributes.set("discarded_at", Json.instant(role.discardedAt()));
        Capabilities capabilities = call.capabilitiesToEdit(matrix, role);
        ObjectNode actions = json.putObject("meta").putObject("permissions").putObject("actions");
        actions.put("edit", capabilities.mayEdit()).put("delete", capabilities.mayDelete());
        if (options.literalRightsEdit) {
            actions.put("rights.edit", capabilities.mayEditRights());
        } else {
            actions.putObject("rights").put("edit", capabilities.mayEditRights());
        }
        return json;
    }

    /** Returns a user with the roles that they hold at a target. */
    private static ObjectNode member(String type, Policy policy, String user, Target target) {
        ObjectNode json = Json.object().put("id", user).put("type", type);
        json.putObject("attributes").put("account_id", policy.account());
        ArrayNode roles = json.putObject("relationships").putObject(ROLES).putArray("data");
        for (Role role : policy.rolesOf(user, target)) {
            roles.addObject().put("type", "role").put("id", role.id());
        }
        return json;
    }

    @Override
    public JsonNode error(int status, List<ErrorDetail> details) {
        ObjectNode document = Json.object();
        ArrayNode errors = document.putArray("errors");
        for (ErrorDetail detail : details) {
            ObjectNode error = errors.addObject()
                    .put("status", Integer.toString(detail.status()))
                    .put("code", detail.code().toLowerCase(Locale.ROOT))
                    .put("title", ReasonPhrase.of(detail.status()))
                    .put("detail", detail.message());
            if (detail.isInBody()) {
                error.putObject("source").put("pointer", detail.location());
            } else if (detail.isInQuery()) {
                error.putObject("source").put("parameter", detail.location().substring(ErrorDetail.PARAMETER.length()));
            }
        }
        return document;
    }
}
