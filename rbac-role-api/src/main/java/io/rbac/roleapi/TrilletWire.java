package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The wire forms of Trillet. A role is written with other fields by each operation; permissions are read as keys and
 * written as objects.
 *
 * <p>Of the two forms of errors that the vendor documents elsewhere this is the one of his page on endpoints, {@code
 * {"error", "details"}}: that page is the only one that names status codes (400, 404 and 500), and the other form belongs
 * to rate limits. The member {@code violations}, with a stable code and a JSON Pointer for each fault, is an extension.
 */
final class TrilletWire implements Wire {

    private static final String WORKSPACE_HEADER = "x-workspace-id";
    private static final List<String> READ_ONLY = List.of("_id", "workspaceId", "createdAt");

    private static final String USERS = "userIds";
    private static final Map<String, String> USER_PARTS = Map.of("users", "/userIds" + RequestedChanges.AND_BELOW);

    private final DialectOptions options;
    private final FlatRoleReader reader;

    TrilletWire(DialectOptions options) {
        this.options = options;
        this.reader = new FlatRoleReader(options, READ_ONLY);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                route("GET", "/permissions", this::permissions),
                route("GET", "/roles", this::list),
                route("POST", "/roles", this::create),
                route("GET", "/roles/*", this::show),
                route("PUT", "/roles/*", this::update),
                route("DELETE", "/roles/*", this::delete));
    }

    private static Route route(String method, String path, Route.Operation operation) {
        return Route.of(method, path, call -> {
            requireWorkspace(call);
            return operation.answer(call);
        });
    }

    private static void requireWorkspace(Call call) {
        String workspace = call.request()
                .header(WORKSPACE_HEADER)
                .orElseThrow(() -> PolicyViolationException.of(Violation.of(
                        Code.MISSING_FIELD,
                        "",
                        null,
                        "there is no header `" + WORKSPACE_HEADER + "`: expected the id of the workspace")));
        call.requireAccount(workspace);
    }

    // operations

    private Answer permissions(Call call) {
        ArrayNode permissions = Json.array();
        for (Permission permission : call.policy().catalog().rightsOfScope(Scope.ACCOUNT)) {
            permissions
                    .addObject()
                    .put("key", permission.key())
                    .put("name", permission.title().orElse(permission.key()))
                    .put("description", permission.description().orElse(""))
                    .put("category", permission.group());
        }
        return Answer.ok(permissions);
    }

    private Answer list(Call call) {
        Policy policy = call.policy();
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
        return Answer.ok(roles);
    }

    private Answer show(Call call) {
        Policy policy = call.policy();
        Role role = role(call, policy);
        return Answer.ok(shown(role, policy.usersOf(role.id())));
    }

    private Answer create(Call call) {
        JsonNode body = call.body();
        Committed committed = call.edit(matrix -> creation(call, matrix.policy(), body));
        Role role = committed.createdRole();
        return new Answer(options.createdStatus, created(call, role));
    }

    private Answer update(Call call) {
        JsonNode body = call.body();
        Committed committed = call.edit(matrix -> change(call, matrix.policy(), body));
        return Answer.ok(attributes(committed.role(call.id(0))));
    }

    private Answer delete(Call call) {
        call.edit(matrix -> RequestedChanges.of(
                Change.deleteRole(role(call, matrix.policy()).id())));
        return Answer.ok(Json.object().put("success", true));
    }

    /** The role of the path. One that the rules let be discarded is gone for the clients of this product. */
    private static Role role(Call call, Policy policy) {
        return call.activeRole(policy, call.id(0));
    }

    // reading

    private RequestedChanges creation(Call call, Policy policy, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        Fields fields = Fields.of(body, "", requested.faults());
        List<String> users = fields.valueUnlessNull(USERS) == null ? null : fields.texts(USERS);
        RoleUpdate attributes = reader.read(fields, policy.catalog(), null, requested.faults());
        Change.CreateRole create = new Change.CreateRole(null, Scope.ACCOUNT, attributes);
        if (users == null) {
            return requested.add(create, FlatRoleReader.PARTS);
        }
        String id = call.newRoleId(policy, create).orElseGet(options.product.ids());
        return requested
                .add(new Change.CreateRole(id, Scope.ACCOUNT, attributes), FlatRoleReader.PARTS)
                .add(Change.setUsers(id, Target.account(), users), USER_PARTS);
    }

    private RequestedChanges change(Call call, Policy policy, JsonNode body) {
        Role role = role(call, policy);
        RequestedChanges requested = new RequestedChanges();
        Fields fields = Fields.of(body, "", requested.faults());
        List<String> users = fields.texts(USERS);
        RoleUpdate update = reader.read(fields, policy.catalog(), created(call, role), requested.faults());
        requested.add(Change.updateRole(role.id(), update), FlatRoleReader.PARTS);
        return users == null
                ? requested
                : requested.add(Change.setUsers(role.id(), Target.account(), users), USER_PARTS);
    }

    // writing

    /** What every operation writes of a role. */
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
        return attributes(role).set(USERS, Json.texts(users));
    }

    private static String title(int status, Fault fault) {
        return switch (fault.code()) {
            case "ROLE_NOT_FOUND" -> "Role not found";
            case "ACCOUNT_NOT_FOUND" -> "Workspace not found";
            default -> Reason.of(status);
        };
    }

    @Override
    public JsonNode error(int status, List<Fault> faults) {
        ObjectNode error = Json.object()
                .put("error", title(status, faults.get(0)))
                .put(
                        "details",
                        String.join(
                                "; ",
                                faults.stream().limit(10).map(Fault::message).toList()));
        ArrayNode violations = error.putArray("violations");
        for (Fault fault : faults) {
            violations
                    .addObject()
                    .put("code", fault.code())
                    .put("path", fault.isInBody() ? fault.place() : "")
                    .put("message", fault.message());
        }
        return error;
    }
}
