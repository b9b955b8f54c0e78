package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The wire forms of Freya Voice: everything in an envelope, permissions read and written as keys. In an error each detail
 * has a stable {@code code} beside the field and the message that the vendor documents; a field inside another is written
 * with a dot.
 */
final class FreyaWire implements Wire {

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String ROLES = "/workspaces/*/roles";
    private static final String MEMBERS = "/workspaces/*/members";
    private static final List<String> READ_ONLY = List.of(
            "id", "workspaceId", "isSystem", "isDefault", "memberCount", "assignable", "createdAt", "updatedAt");

    private final DialectOptions options;
    private final FlatRoleReader reader;

    FreyaWire(DialectOptions options) {
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
                route("GET", MEMBERS, this::members),
                route("PUT", MEMBERS + "/*", this::setMember));
    }

    private static Route route(String method, String path, Route.Operation operation) {
        return Route.of(method, path, call -> {
            requireWorkspace(call, call.id(0));
            return operation.answer(call);
        });
    }

    private static void requireWorkspace(Call call, String workspace) {
        if (!UUID.matcher(workspace).matches()) {
            throw PolicyViolationException.of(Violation.of(
                    Code.ID_INVALID,
                    "",
                    workspace,
                    "the workspace is " + Violation.quote(workspace) + ": expected a UUID"));
        }
        call.requireAccount(workspace);
    }

    // operations on roles

    private Answer list(Call call) {
        PermissionMatrix matrix = call.matrix();
        ArrayNode roles = Json.array();
        matrix.policy().roles().stream().filter(Role::isActive).forEach(role -> roles.add(shown(call, matrix, role)));
        return Answer.ok(envelope("Roles found", "roles", roles));
    }

    private Answer show(Call call) {
        PermissionMatrix matrix = call.matrix();
        return Answer.ok(envelope("Role found", "role", shown(call, matrix, role(call, matrix.policy()))));
    }

    private Answer create(Call call) {
        JsonNode body = call.body();
        Committed committed = call.edit(matrix -> creation(matrix.policy(), body));
        ObjectNode role = shown(call, committed.matrix(), committed.createdRole());
        return new Answer(options.createdStatus, envelope("Role created", "role", role));
    }

    private Answer update(Call call) {
        JsonNode body = call.body();
        Committed committed = call.edit(matrix -> change(call, matrix, body));
        ObjectNode role = shown(call, committed.matrix(), committed.role(call.id(1)));
        return Answer.ok(envelope("Role updated", "role", role));
    }

    private Answer delete(Call call) {
        call.edit(matrix -> RequestedChanges.of(
                Change.deleteRole(role(call, matrix.policy()).id())));
        return Answer.ok(envelope("Role deleted", Json.object()));
    }

    /** The role of the path. One that the rules let be discarded is gone for the clients of this product. */
    private static Role role(Call call, Policy policy) {
        return call.activeRole(policy, call.id(1));
    }

    // operations on members

    private Answer members(Call call) {
        Policy policy = call.policy();
        ArrayNode members = Json.array();
        policy.usersAt(Target.account()).forEach(user -> members.add(member(policy, user)));
        return Answer.ok(envelope("Members found", "members", members));
    }

    private Answer setMember(Call call) {
        JsonNode body = call.body();
        Committed committed = call.edit(matrix -> roleOf(call.id(1), matrix.policy(), body));
        ObjectNode member = member(committed.matrix().policy(), call.id(1));
        return Answer.ok(envelope("Member role updated", "member", member));
    }

    /** Takes away what the user has and gives the role that is named, so that both are judged; or lets the user join. */
    private RequestedChanges roleOf(String user, Policy policy, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        Fields fields = Fields.of(body, "", requested.faults());
        String id = fields.valueUnlessNull("roleId") == null ? null : fields.text("roleId");
        if (!options.lenient) {
            fields.refuseOthers();
        }
        if (!requested.faults().isEmpty()) {
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

    private RequestedChanges creation(Policy policy, JsonNode body) {
        RequestedChanges requested = new RequestedChanges();
        Fields fields = Fields.of(body, "", requested.faults());
        RoleUpdate attributes = reader.read(fields, policy.catalog(), null, requested.faults());
        return requested.add(new Change.CreateRole(null, Scope.ACCOUNT, attributes), FlatRoleReader.PARTS);
    }

    private RequestedChanges change(Call call, PermissionMatrix matrix, JsonNode body) {
        Role role = role(call, matrix.policy());
        RequestedChanges requested = new RequestedChanges();
        Fields fields = Fields.of(body, "", requested.faults());
        RoleUpdate update =
                reader.read(fields, matrix.policy().catalog(), shown(call, matrix, role), requested.faults());
        return requested.add(Change.updateRole(role.id(), update), FlatRoleReader.PARTS);
    }

    // writing

    private static ObjectNode shown(Call call, PermissionMatrix matrix, Role role) {
        ObjectNode json = Json.object()
                .put("id", role.id())
                .put("workspaceId", call.account())
                .put("name", role.name())
                .put("description", role.description().orElse(null));
        json.set(
                "permissions",
                Json.texts(role.rights().stream().map(Permission::key).toList()));
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
                .put("workspaceId", policy.account())
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
    public JsonNode error(int status, List<Fault> faults) {
        ObjectNode error = Json.object().put("success", false).put("error", Reason.of(status));
        ArrayNode details = error.putArray("details");
        for (Fault fault : faults) {
            details.addObject()
                    .put("field", fault.isInBody() ? fault.place().substring(1).replace('/', '.') : "")
                    .put("message", fault.message())
                    .put("code", fault.code());
        }
        return error;
    }
}
