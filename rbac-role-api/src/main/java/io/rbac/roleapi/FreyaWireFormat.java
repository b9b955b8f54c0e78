package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.roleapi.RoleDialect.Read;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The wire format of Freya Voice: an envelope around everything, permissions read and written as keys. In errors, each
 * detail has a stable {@code code} beside the field and the message that the vendor documents; the path to a nested
 * field is written with dots.
 */
final class FreyaWireFormat implements WireFormat {

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String ROLES = "/workspaces/*/roles";
    private static final String MEMBERS = "/workspaces/*/members";
    private static final String WORKSPACE_ID = "workspaceId";
    private static final List<String> READ_ONLY =
            List.of("id", WORKSPACE_ID, "isSystem", "isDefault", "memberCount", "assignable", "createdAt", "updatedAt");

    private final DialectOptions options;
    private final FlatRoleReader reader;

    FreyaWireFormat(DialectOptions options) {
        this.options = options;
        this.reader = new FlatRoleReader(options, READ_ONLY);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                route("GET", ROLES, this::list),
                route("POST", ROLES, this::create),
                route("GET", ROLES + "/*", this::show),
                route("PUT", ROLES + "/*", this::update),
                route("PATCH", ROLES + "/*", this::update),
                route("DELETE", ROLES + "/*", this::delete),
                route("GET", MEMBERS, this::listMembers),
                route("PUT", MEMBERS + "/*", this::setMember));
    }

    private static Route route(String method, String path, Route.Operation operation) {
        return Route.of(method, path, call -> {
            requireWorkspace(call, call.id(0));
            return operation.perform(call);
        });
    }

    /** Checks that the path names the caller's workspace; another one looks like one that does not exist. */
    private static void requireWorkspace(Call call, String workspace) {
        if (!isUuid(workspace)) {
            throw PolicyViolationException.of(Violation.of(
                    Code.ID_INVALID,
                    "",
                    workspace,
                    "the workspace is " + Violation.quote(workspace) + ": expected a UUID"));
        }
        if (!isWorkspace(call, workspace)) {
            throw call.notFound(Code.ACCOUNT_NOT_FOUND, "account", workspace);
        }
    }

    private static boolean isWorkspace(Call call, String id) {
        return canonical(id).equals(canonical(call.account()));
    }

    private static boolean isUuid(String id) {
        return UUID.matcher(id).matches();
    }

    /** Returns a UUID in lower case, in which it is written (RFC 9562, section 4); any other id as it is. */
    private static String canonical(String id) {
        return isUuid(id) ? id.toLowerCase(Locale.ROOT) : id;
    }

    // operations on roles

    private JsonResponse list(Call call) {
        PermissionMatrix matrix = call.matrix();
        call.requireRead(matrix, Read.ROLES, Target.account());
        ArrayNode roles = Json.array();
        matrix.policy().roles().stream().filter(Role::isActive).forEach(role -> roles.add(shown(call, matrix, role)));
        return JsonResponse.ok(envelope("Roles found", "roles", roles));
    }

    private JsonResponse show(Call call) {
        PermissionMatrix matrix = call.matrix();
        call.requireRead(matrix, Read.ROLES, Target.account());
        Role role = roleOf(call).apply(matrix.policy());
        return JsonResponse.ok(envelope("Role found", "role", shown(call, matrix, role)));
    }

    private JsonResponse create(Call call) {
        JsonNode body = call.body();
        EditResult result = call.edit(matrix -> readCreation(matrix.policy(), body));
        ObjectNode role = shown(call, result.matrix(), result.createdRole());
        return new JsonResponse(options.createdStatus, envelope("Role created", "role", role));
    }

    private JsonResponse update(Call call) {
        JsonNode body = call.body();
        Change unchanged = Change.updateRole(call.id(1), RoleUpdate.builder().build());
        EditResult result = call.edit(unchanged, roleOf(call), (matrix, role) -> readUpdate(call, matrix, role, body));
        ObjectNode role = shown(call, result.matrix(), result.role(call.id(1)));
        return JsonResponse.ok(envelope("Role updated", "role", role));
    }

    private JsonResponse delete(Call call) {
        call.edit(Change.deleteRole(call.id(1)), roleOf(call));
        return JsonResponse.ok(envelope("Role deleted", Json.object()));
    }

    /** Finds the role in the path. If the rules let roles be discarded, such a role is gone for the clients. */
    private static Function<Policy, Role> roleOf(Call call) {
        return policy -> call.activeRole(policy, call.id(1));
    }

    // operations on members

    private JsonResponse listMembers(Call call) {
        PermissionMatrix matrix = call.matrix();
        call.requireRead(matrix, Read.MEMBERS, Target.account());
        ArrayNode members = Json.array();
        matrix.policy().usersAt(Target.account()).forEach(user -> members.add(member(matrix.policy(), user)));
        return JsonResponse.ok(envelope("Members found", "members", members));
    }

    private JsonResponse setMember(Call call) {
        JsonNode body = call.body();
        EditResult result = call.edit(matrix -> readMember(call.id(1), matrix.policy(), body));
        ObjectNode member = member(result.matrix().policy(), call.id(1));
        return JsonResponse.ok(envelope("Member role updated", "member", member));
    }

    /**
     * Reads the role of a member. What the user has is taken away by a change of its own, so that the guard judges
     * both.
     */
    private RequestedChanges readMember(String user, Policy policy, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        RequestFields fields = RequestFields.of(body, "", requested.violations());
        String id = fields.valueUnlessNull("roleId") == null ? null : fields.string("roleId");
        if (!options.lenient) {
            fields.refuseOthers();
        }
        if (!requested.violations().isEmpty()) {
            return requested;
        }
        if (id == null) {
            return requested.add(Change.connect(user, Target.account()), Map.of());
        }
        for (Role held : policy.rolesOf(user, Target.account())) {
            if (!held.id().equals(id)) {
                requested.add(Change.unassign(user, held.id(), Target.account()), Map.of());
            }
        }
        return requested.add(Change.assign(user, id, Target.account()), Map.of("role", "/roleId"));
    }

    // reading

    private RequestedChanges readCreation(Policy policy, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        RequestFields fields = RequestFields.of(body, "", requested.violations());
        RoleUpdate attributes = reader.read(fields, policy.catalog(), null, requested.violations());
        return requested.add(new Change.CreateRole(null, Scope.ACCOUNT, attributes), FlatRoleReader.PARTS);
    }

    private RequestedChanges readUpdate(Call call, PermissionMatrix matrix, Role role, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        RequestFields fields = RequestFields.of(body, "", requested.violations());
        ObjectNode current = shown(call, matrix, role);
        JsonNode workspace = fields.value(WORKSPACE_ID);
        if (workspace != null && workspace.isTextual() && isWorkspace(call, workspace.textValue())) {
            current.set(WORKSPACE_ID, workspace);
        }
        RoleUpdate update = reader.read(fields, matrix.policy().catalog(), current, requested.violations());
        return requested.add(Change.updateRole(role.id(), update), FlatRoleReader.PARTS);
    }

    // writing

    private static ObjectNode shown(Call call, PermissionMatrix matrix, Role role) {
        ObjectNode json = Json.object()
                .put("id", role.id())
                .put(WORKSPACE_ID, canonical(call.account()))
                .put("name", role.name())
                .put("description", role.description().orElse(null));
        json.set(
                "permissions",
                Json.strings(role.rights().stream().map(Permission::key).toList()));
        json.put("isSystem", role.type() == RoleType.SYSTEM)
                .put("isDefault", role.isDefault())
                .put("memberCount", matrix.policy().userCount(role.id()))
                .put(
                        "assignable",
                        call.capabilities(matrix, role, Target.account()).mayAssign());
        json.set("createdAt", Json.instant(role.createdAt()));
        json.set("updatedAt", Json.instant(role.updatedAt()));
        return json;
    }

    private static ObjectNode member(Policy policy, String user) {
        Optional<Role> role = policy.rolesOf(user, Target.account()).stream().findFirst();
        return Json.object()
                .put("id", user)
                .put(WORKSPACE_ID, canonical(policy.account()))
                .put("roleId", role.map(Role::id).orElse(null))
                .put("roleName", role.map(Role::name).orElse(null));
    }

    private static ObjectNode envelope(String message, String name, JsonNode value) {
        return envelope(message, Json.object().set(name, value));
    }

    private static ObjectNode envelope(String message, ObjectNode result) {
        ObjectNode envelope = Json.object().put("success", true);
        envelope.putObject("data").put("message", message).set("result", result);
        return envelope;
    }

    @Override
    public JsonNode error(int status, List<ErrorDetail> errorDetails) {
        ObjectNode error = Json.object().put("success", false).put("error", ReasonPhrase.of(status));
        ArrayNode details = error.putArray("details");
        for (ErrorDetail detail : errorDetails) {
            details.addObject()
                    .put(
                            "field",
                            detail.isInBody() ? detail.location().substring(1).replace('/', '.') : "")
                    .put("message", detail.message())
                    .put("code", detail.code());
        }
        return error;
    }
}
