package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.engine.Capabilities;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.Policy;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The wire forms of Papershift Pulse: documents of JSON:API, rights as groups of actions. */
final class PulseWire implements Wire {

    private static final String INCLUDE = "include";
    private static final String ROLES = "roles";

    private final DialectOptions options;
    private final PulseReader reader;

    PulseWire(DialectOptions options) {
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
                Route.of("POST", "/account_memberships", call -> membership(call, Scope.ACCOUNT)),
                Route.of("POST", "/team_memberships", call -> membership(call, Scope.TEAM)),
                Route.of("POST", "/chat_memberships", call -> membership(call, Scope.CHAT)),
                Route.of("POST", "/account_roles/*/assign_all", this::assignAll),
                Route.of("GET", "/chats/*/members", this::chatMembers).withParameters());
    }

    // operations

    private Answer list(Call call) {
        RoleListing listing = RoleListing.read(call.parameters(), options.lenient);
        PermissionMatrix matrix = call.matrix();
        ArrayNode roles = Json.array();
        listing.of(matrix.policy()).forEach(role -> roles.add(shown(call, matrix, role)));
        return Answer.ok(data(roles));
    }

    private Answer show(Call call) {
        PermissionMatrix matrix = call.matrix();
        return Answer.ok(data(shown(call, matrix, call.role(matrix.policy(), call.id(0)))));
    }

    private Answer create(Call call) {
        JsonNode body = call.body();
        Committed committed = call.edit(matrix -> reader.creation(matrix.policy(), body));
        ObjectNode role = shown(call, committed.matrix(), committed.createdRole());
        return new Answer(
                options.createdStatus, data(options.createdArray ? Json.array().add(role) : role));
    }

    private Answer update(Call call) {
        JsonNode body = call.body();
        return edited(call, matrix -> {
            Role role = call.role(matrix.policy(), call.id(0));
            return reader.change(matrix.policy(), role, shown(call, matrix, role), body);
        });
    }

    private Answer delete(Call call) {
        PermissionMatrix before = call.matrix();
        Role role = call.role(before.policy(), call.id(0));
        Committed committed = call.edit(matrix -> changeOf(call, matrix, Change.deleteRole(call.id(0))));
        return Answer.ok(data(committed
                .matrix()
                .policy()
                .role(role.id())
                .map(discarded -> shown(call, committed.matrix(), discarded))
                .orElseGet(() -> shown(call, before, role))));
    }

    private Answer restore(Call call) {
        requireNothing(call);
        return edited(call, matrix -> changeOf(call, matrix, Change.restoreRole(call.id(0))));
    }

    private Answer assignAll(Call call) {
        requireNothing(call);
        return edited(call, matrix -> changeOf(call, matrix, Change.assignToAll(call.id(0))));
    }

    private void requireNothing(Call call) {
        if (call.hasBody()) {
            reader.requireNothing(call.body());
        }
    }

    /** The change of the role that the path names. */
    private static RequestedChanges changeOf(Call call, PermissionMatrix matrix, Change change) {
        call.role(matrix.policy(), call.id(0));
        return RequestedChanges.of(change);
    }

    /** Makes the changes and answers the role that the path names. */
    private Answer edited(Call call, Function<PermissionMatrix, RequestedChanges> reading) {
        Committed committed = call.edit(reading);
        return Answer.ok(data(shown(call, committed.matrix(), committed.role(call.id(0)))));
    }

    private Answer membership(Call call, Scope scope) {
        JsonNode body = call.body();
        Committed committed = call.edit(matrix -> reader.membership(matrix.policy(), scope, body));
        Change.SetRoles set = (Change.SetRoles) committed.commit().changes().get(0);
        ObjectNode user = member("user", committed.matrix().policy(), set.user(), set.target());
        return new Answer(options.createdStatus, data(Json.array().add(user)));
    }

    private Answer chatMembers(Call call) {
        boolean includes = includesRoles(call);
        PermissionMatrix matrix = call.matrix();
        Policy policy = matrix.policy();
        Target chat = Target.chat(call.id(0));
        if (policy.table().target(chat) < 0) {
            throw call.notFound(Code.TARGET_NOT_FOUND, "chat", call.id(0));
        }
        ArrayNode members = Json.array();
        Map<String, Role> roles = new LinkedHashMap<>();
        for (String user : policy.usersAt(chat)) {
            members.add(member("chat_member", policy, user, chat));
            policy.rolesOf(user, chat).forEach(role -> roles.put(role.id(), role));
        }
        ObjectNode document = data(members);
        if (includes) {
            ArrayNode included = document.putArray("included");
            roles.values().forEach(role -> included.add(shown(call, matrix, role)));
        }
        return Answer.ok(document);
    }

    /** Whether the roles of members are to be included; nothing else can be. */
    private boolean includesRoles(Call call) {
        boolean includes = false;
        Violation.Collector faults = new Violation.Collector();
        for (RequestTarget.Parameter parameter : call.parameters()) {
            if (!parameter.name().equals(INCLUDE)) {
                parameter.refuseUnknown(options.lenient, faults);
            } else if (parameter.value().equals(ROLES)) {
                includes = true;
            } else if (!parameter.value().isEmpty()) {
                faults.add(
                        Code.UNKNOWN_FIELD,
                        parameter.place(),
                        parameter.value(),
                        Violation.quote(parameter.value()) + " cannot be included: expected `" + ROLES + '`');
            }
        }
        faults.throwIfAny();
        return includes;
    }

    // writing

    private static ObjectNode data(JsonNode data) {
        return Json.object().set("data", data);
    }

    private ObjectNode shown(Call call, PermissionMatrix matrix, Role role) {
        ObjectNode json = Json.object().put("id", role.id()).put("type", "role");
        ObjectNode attributes = json.putObject("attributes");
        attributes.put("account_id", matrix.policy().account()).put("name", role.name());
        if (matrix.policy().rules().descriptions()) {
            attributes.put("description", role.description().orElse(null));
        }
        attributes
                .put("scope", role.scope().word())
                .put("default", role.isDefault())
                .put("role_type", role.type() == RoleType.SYSTEM ? "system" : "custom")
                .set("rights", rights(role));
        attributes.set("discarded_at", Json.instant(role.discardedAt()));
        Capabilities capabilities = call.capabilities(matrix, role, Target.account());
        ObjectNode actions = json.putObject("meta").putObject("permissions").putObject("actions");
        actions.put("edit", capabilities.mayEdit()).put("delete", capabilities.mayDelete());
        if (options.literalRightsEdit) {
            actions.put("rights.edit", capabilities.mayEditRights());
        } else {
            actions.putObject("rights").put("edit", capabilities.mayEditRights());
        }
        return json;
    }

    private static ObjectNode rights(Role role) {
        ObjectNode rights = Json.object();
        for (Permission permission : role.rights()) {
            ObjectNode group = rights.get(permission.group()) instanceof ObjectNode known
                    ? known
                    : rights.putObject(permission.group());
            group.put(permission.action(), true);
        }
        return rights;
    }

    /** A user with the roles that he has somewhere. */
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
    public JsonNode error(int status, List<Fault> faults) {
        ObjectNode document = Json.object();
        ArrayNode errors = document.putArray("errors");
        for (Fault fault : faults) {
            ObjectNode error = errors.addObject()
                    .put("status", Integer.toString(fault.status()))
                    .put("code", fault.code().toLowerCase(Locale.ROOT))
                    .put("title", Reason.of(fault.status()))
                    .put("detail", fault.message());
            if (fault.isInBody()) {
                error.putObject("source").put("pointer", fault.place());
            } else if (fault.isInQuery()) {
                error.putObject("source").put("parameter", fault.place().substring(Fault.PARAMETER.length()));
            }
        }
        return document;
    }
}
