package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.roleapi.RoleDialect.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The wire format of Trillet. Each operation shows other fields of a role; permissions are read as keys and written as
 * objects.
 *
 * <p>The vendor documents two formats of errors, both for other APIs. This is {@code {"error", "details"}} from the
 * page on endpoints, the only one that names status codes (400, 404 and 500); the other belongs to rate limits. The
 * member {@code violations}, with a stable code and a JSON Pointer for each reason, is an extension.
 */
final class TrilletWireFormat implements WireFormat {

    private static final String WORKSPACE_HEADER = "x-workspace-id";
    private static final List<String> READ_ONLY = List.of("_id", "workspaceId", "createdAt");

    private static final String USERS = "userIds";
    private static final Map<String, String> USER_PARTS = Map.of("users", "/userIds" + RequestedChanges.AND_BELOW);

    /** How many messages the member {@code details} joins; {@code violations} has all. */
    private static final int MAX_JOINED_MESSAGES = 10;

    private final DialectOptions options;
    private final FlatRoleReader reader;

    TrilletWireFormat(DialectOptions options) {
        this.options = options;
        this.reader = new FlatRoleReader(options, READ_ONLY);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                route("GET", "/permissions", this::listPermissions),
                route("GET", "/roles", this::list),
                route("POST", "/roles", this::create),
                route("GET", "/roles/*", this::show),
                route("PUT", "/roles/*", this::update),
                route("DELETE", "/roles/*", this::delete));
    }

    private static Route route(String method, String path, Route.Operation operation) {
        return Route.of(method, path, call -> {
            requireWorkspace(call);
            return operation.perform(call);
        });
    }

    /** Checks that the request is about the caller's workspace; another one looks like one that does not exist. */
    private static void requireWorkspace(Call call) {
        String workspace = call.request()
                .header(WORKSPACE_HEADER)
                .orElseThrow(() -> PolicyViolationException.of(Violation.of(
                        Code.MISSING_FIELD,
                        "",
                        null,
                        "there is no header `" + WORKSPACE_HEADER + "`: expected the id of the workspace")));
        if (!workspace.equals(call.account())) {
            throw workspaceNotFound(call, workspace);
        }
    }

    private static RequestRefusedException workspaceNotFound(Call call, String workspace) {
        return call.notFound(Code.ACCOUNT_NOT_FOUND, "account", workspace);
    }

    // operations

    private JsonResponse listPermissions(Call call) {
        PermissionMatrix matrix = call.matrix();
        if (!call.mayRead(matrix, Read.PERMISSIONS, Target.account())) {
            throw workspaceNotFound(call, call.account());
        }
        ArrayNode permissions = Json.array();
        for (Permission permission : matrix.policy().catalog().rightsOfScope(Scope.ACCOUNT)) {
            permissions
                    .addObject()
                    .put("key", permission.key())
                    .put("name", permission.title().orElse(permission.key()))
                    .put("description", permission.description().orElse(""))
                    .put("category", permission.group());
        }
        return JsonResponse.ok(permissions);
    }

    private JsonResponse list(Call call) {
        PermissionMatrix matrix = call.matrix();
        if (!mayReadRoles(call, matrix)) {
            throw workspaceNotFound(call, call.account());
        }
        Policy policy = matrix.policy();
        Map<String, List<String>> users = new HashMap<>();
        for (String user : policy.usersAt(Target.account())) {
            for (Role role : policy.rolesOf(user, Target.account())) {
                users.computeIfAbsent(role.id(), id -> new ArrayList<>()).add(user);
            }
        }
        ArrayNode roles = Json.array();
        for (Role role : policy.roles()) {
            if (role.isActive()) {
                roles.add(shown(role, users.getOrDefault(role.id(), List.of())));
            }
        }
        return JsonResponse.ok(roles);
    }

    private JsonResponse show(Call call) {
        PermissionMatrix matrix = call.matrix();
        if (!mayReadRoles(call, matrix)) {
            throw call.notFound(Code.ROLE_NOT_FOUND, "role", call.id(0));
        }
        Role role = roleOf(call).apply(matrix.policy());
        return JsonResponse.ok(shown(role, matrix.policy().usersOf(role.id())));
    }

    private static boolean mayReadRoles(Call call, PermissionMatrix matrix) {
        return call.mayRead(matrix, Read.ROLES, Target.account())
                && call.mayRead(matrix, Read.MEMBERS, Target.account());
    }

    private JsonResponse create(Call call) {
        JsonNode body = call.body();
        EditResult result = call.edit(matrix -> readCreation(call, matrix.policy(), body));
        return new JsonResponse(options.createdStatus, created(call, result.createdRole()));
    }

    private JsonResponse update(Call call) {
        JsonNode body = call.body();
        Change unchanged = Change.updateRole(call.id(0), RoleUpdate.builder().build());
        EditResult result =
                call.edit(unchanged, roleOf(call), (matrix, role) -> readUpdate(call, matrix.policy(), role, body));
        return JsonResponse.ok(attributes(result.role(call.id(0))));
    }

    private JsonResponse delete(Call call) {
        call.edit(Change.deleteRole(call.id(0)), roleOf(call));
        return JsonResponse.ok(Json.object().put("success", true));
    }

    /** Finds the role in the path. If the rules let roles be discarded, such a role is gone for the clients. */
    private static Function<Policy, Role> roleOf(Call call) {
        return policy -> call.activeRole(policy, call.id(0));
    }

    // reading

    private RequestedChanges readCreation(Call call, Policy policy, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        RequestFields fields = RequestFields.of(body, "", requested.violations());
        List<String> users = fields.valueUnlessNull(USERS) == null ? null : fields.strings(USERS);
        RoleUpdate attributes = reader.read(fields, policy.catalog(), null, requested.violations());
        Change.CreateRole create = new Change.CreateRole(null, Scope.ACCOUNT, attributes);
        if (users == null) {
            return requested.add(create, FlatRoleReader.PARTS);
        }
        String id = call.newRoleId(policy, create).orElseGet(options.product.ids());
        return requested
                .add(new Change.CreateRole(id, Scope.ACCOUNT, attributes), FlatRoleReader.PARTS)
                .add(Change.setUsers(id, Target.account(), users), USER_PARTS);
    }

    private RequestedChanges readUpdate(Call call, Policy policy, Role role, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        RequestFields fields = RequestFields.of(body, "", requested.violations());
        List<String> users = fields.strings(USERS);
        RoleUpdate update = reader.read(fields, policy.catalog(), created(call, role), requested.violations());
        requested.add(Change.updateRole(role.id(), update), FlatRoleReader.PARTS);
        return users == null
                ? requested
                : requested.add(Change.setUsers(role.id(), Target.account(), users), USER_PARTS);
    }

    // writing

    /** Returns what every operation shows of a role. */
    private static ObjectNode attributes(Role role) {
        ObjectNode json = Json.object().put("_id", role.id()).put("name", role.name());
        role.description().ifPresent(description -> json.put("description", description));
        ArrayNode permissions = json.putArray("permissions");
        for (Permission permission : role.rights()) {
            permissions.addObject().put("key", permission.key()).put("category", permission.group());
        }
        return json;
    }

    private static ObjectNode created(Call call, Role role) {
        return attributes(role).put("workspaceId", call.account()).set("createdAt", Json.instant(role.createdAt()));
    }

    private static ObjectNode shown(Role role, List<String> users) {
        return attributes(role).set(USERS, Json.strings(users));
    }

    private static String title(int status, ErrorDetail detail) {
        return switch (detail.code()) {
            case "ROLE_NOT_FOUND" -> "Role not found";
            case "ACCOUNT_NOT_FOUND" -> "Workspace not found";
            default -> ReasonPhrase.of(status);
        };
    }

    @Override
    public JsonNode error(int status, List<ErrorDetail> details) {
        ObjectNode error = Json.object()
                .put("error", title(status, details.get(0)))
                .put(
                        "details",
                        String.join(
                                "; ",
                                details.stream()
                                        .limit(MAX_JOINED_MESSAGES)
                                        .map(ErrorDetail::message)
                                        .toList()));
        ArrayNode violations = error.putArray("violations");
        for (ErrorDetail detail : details) {
            violations
                    .addObject()
                    .put("code", detail.code())
                    .put("path", detail.isInBody() ? detail.location() : "")
                    .put("message", detail.message());
        }
        return error;
    }
}
