package io.rbac.guard;

import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges one edit of an actor; see {@link AdminGuard}.
 *
 * <p>A change that is refused is left out when the later ones are judged.
 */
final class EditJudge {

    /*
     * Why no batch gives away what its changes could not give away one by one: every comparison is with the base
     * revision, so none depends on what else the batch does. Suppose that after the batch a user holds p, at a target n
     * of the base, through a role r at m.
     * - r does not grant p in the base (r is new, or gained p): p was judged at the account, which is on every path.
     * - r was discarded in the base: it was restored, and all its rights were judged at the account.
     * - The batch gave the user r at m: p was judged at m. If m is not on the path of n in the base, n was moved to m.
     *   As the actor holds p at m, they gain p at n by that move too, unless they held it there: judged at n.
     * - The user held r at m, and n was moved to m: judged at n. Otherwise they held p at n before.
     *
     * The state in the middle of a batch decides one thing only: which roles a change gives to whom (SimulatedPolicy).
     */

    private final AdminGuard guard;
    private final Policy base;
    private final Actor actor;
    private final SimulatedPolicy simulated;
    private final Violation.Collector violations = new Violation.Collector();
    private @Nullable Rights teamRights;

    EditJudge(AdminGuard guard, Actor actor) {
        this.guard = guard;
        this.base = actor.policy();
        this.actor = actor;
        this.simulated = new SimulatedPolicy(base);
    }

    /**
     * Judges the changes in order.
     *
     * @throws PolicyViolationException with every refusal
     */
    void judge(List<Change> changes) {
        for (int i = 0; i < changes.size(); i++) {
            long before = violations.total();
            judge(changes.get(i), Violation.pointer("changes", i));
            if (violations.total() == before) {
                simulated.apply(changes.get(i));
            }
        }
        violations.throwIfAny();
    }

    private void judge(Change change, String path) {
        if (change.kind().isHostOnly()) {
            judgeHostOnly(change, path);
            return;
        }
        judgePermission(change, path);
        String systemRole = systemRoleTouched(change);
        if (systemRole != null) {
            refuseSystemRole(systemRole, path);
        } else {
            judgeGrants(change, path);
        }
    }

    private void judgeHostOnly(Change change, String path) {
        if (change instanceof Change.PurgeRole purge && !isSystemRole(purge.role())) {
            violations.add(
                    Code.FORBIDDEN,
                    path,
                    actor.user(),
                    actor + " may not purge role " + Violation.quote(purge.role()) + ": expected the host itself");
        } else {
            refuseSystemRole(hostRole(change), path);
        }
    }

    private static String hostRole(Change change) {
        return change instanceof Change.PutSystemRole put ? put.role().id() : ((Change.PurgeRole) change).role();
    }

    // needed permissions

    private void judgePermission(Change change, String path) {
        for (Target target : touchedTargets(change)) {
            if (!guard.allows(actor, change.kind(), target.scope(), simulated.nearest(target))) {
                violations.add(
                        Code.FORBIDDEN,
                        path,
                        actor.user(),
                        actor + " may not do this at " + Violation.quote(target.toString()) + ": expected "
                                + quoted(guard.needed(change.kind(), target.scope()), " or ") + " there");
            }
        }
    }

    /** Returns the targets at which the actor needs the permission. */
    private Collection<Target> touchedTargets(Change change) {
        return switch (change.kind()) {
            case ASSIGN -> List.of(((Change.Assign) change).target());
            case UNASSIGN -> List.of(((Change.Unassign) change).target());
            case CONNECT -> List.of(((Change.Connect) change).target());
            case SET_ROLES -> List.of(((Change.SetRoles) change).target());
            case SET_USERS -> List.of(((Change.SetUsers) change).target());
            case ADD_CHAT -> List.of(teamOrAccount(((Change.AddChat) change).teamOrNull()));
            case REMOVE_CHAT -> List.of(simulated.parentOf(((Change.RemoveChat) change).chat()));
            case MOVE_CHAT -> {
                Change.MoveChat move = (Change.MoveChat) change;
                yield new LinkedHashSet<>(List.of(simulated.parentOf(move.chat()), teamOrAccount(move.teamOrNull())));
            }
            case CREATE_ROLE,
                    UPDATE_ROLE,
                    DELETE_ROLE,
                    RESTORE_ROLE,
                    PURGE_ROLE,
                    PUT_SYSTEM_ROLE,
                    ASSIGN_TO_ALL,
                    REMOVE_USER,
                    ADD_TEAM,
                    REMOVE_TEAM -> List.of(Target.account());
        };
    }

    private static Target teamOrAccount(@Nullable String team) {
        return team == null ? Target.account() : Target.team(team);
    }

    // system roles

    /**
     * Returns the id of the system role that a change creates, deletes, restores or gives other rights, null for none.
     */
    private @Nullable String systemRoleTouched(Change change) {
        return switch (change.kind()) {
            case DELETE_ROLE -> idIfSystemRole(((Change.DeleteRole) change).role(), role -> true);
            case RESTORE_ROLE -> idIfSystemRole(((Change.RestoreRole) change).role(), role -> !role.isActive());
            case UPDATE_ROLE -> {
                Change.UpdateRole update = (Change.UpdateRole) change;
                Rights rights = update.update().rights().orElse(null);
                yield idIfSystemRole(update.role(), role -> rights != null && !rights.equals(role.rights()));
            }
            case PURGE_ROLE, PUT_SYSTEM_ROLE -> hostRole(change);
            case CREATE_ROLE,
                    ASSIGN,
                    UNASSIGN,
                    CONNECT,
                    SET_ROLES,
                    SET_USERS,
                    ASSIGN_TO_ALL,
                    REMOVE_USER,
                    ADD_TEAM,
                    REMOVE_TEAM,
                    ADD_CHAT,
                    MOVE_CHAT,
                    REMOVE_CHAT -> null;
        };
    }

    private @Nullable String idIfSystemRole(String id, Predicate<Role> touched) {
        return base.role(id)
                        .filter(role -> role.type() == RoleType.SYSTEM)
                        .filter(touched)
                        .isPresent()
                ? id
                : null;
    }

    private boolean isSystemRole(String id) {
        return base.role(id).filter(role -> role.type() == RoleType.SYSTEM).isPresent();
    }

    private void refuseSystemRole(String id, String path) {
        violations.add(
                Code.SYSTEM_ROLE,
                path,
                id,
                "role " + Violation.quote(id)
                        + " is a system role: expected the host itself to create, delete or restore"
                        + " it and to change its rights");
    }

    // escalation

    private void judgeGrants(Change change, String path) {
        Map<Target, Rights> missing = new LinkedHashMap<>();
        switch (change.kind()) {
            case MOVE_CHAT -> {
                Change.MoveChat move = (Change.MoveChat) change;
                add(missing, Target.chat(move.chat()), gainedByMove(move));
            }
            case CREATE_ROLE -> addAtAccount(missing, rights(((Change.CreateRole) change).attributes()));
            case UPDATE_ROLE -> addAtAccount(missing, gainedByUpdate((Change.UpdateRole) change));
            case RESTORE_ROLE -> addAtAccount(missing, gainedByRestore((Change.RestoreRole) change));
            case ASSIGN, CONNECT, SET_ROLES, SET_USERS, ASSIGN_TO_ALL -> {
                for (Grant grant : simulated.grants(change)) {
                    if (simulated.isNew(grant)) {
                        add(missing, grant.target(), lacking(grant.role().judgedRights(), grant.target()));
                    }
                }
            }
            // give nothing to anybody
            case DELETE_ROLE,
                    PURGE_ROLE,
                    PUT_SYSTEM_ROLE,
                    UNASSIGN,
                    REMOVE_USER,
                    ADD_TEAM,
                    REMOVE_TEAM,
                    ADD_CHAT,
                    REMOVE_CHAT -> {}
        }
        if (!missing.isEmpty()) {
            refuseEscalation(missing, path);
        }
    }

    private void addAtAccount(Map<Target, Rights> missing, Rights gained) {
        add(missing, Target.account(), lacking(gained, Target.account()));
    }

    private void add(Map<Target, Rights> missing, Target target, Rights rights) {
        if (!rights.isEmpty()) {
            missing.merge(target, rights, Rights::union);
        }
    }

    private Rights lacking(Rights rights, Target target) {
        return guard.lacking(actor, rights, simulated.nearest(target));
    }

    private static Rights rights(RoleUpdate attributes) {
        return attributes.rights().orElse(Rights.none());
    }

    private Rights gainedByUpdate(Change.UpdateRole change) {
        SimulatedRole role = simulated.role(change.role());
        if (role == null) {
            return Rights.none();
        }
        Rights rights = change.update().rights().orElse(role.rights());
        boolean isDefault = change.update().defaultRole().orElse(role.isDefault());
        return isDefault && !role.wasDefault() ? rights : rights.minus(role.rightsBefore());
    }

    private Rights gainedByRestore(Change.RestoreRole change) {
        SimulatedRole role = simulated.role(change.role());
        return role == null || !role.wasDiscarded() ? Rights.none() : role.rights();
    }

    /** Returns the rights that any user gains at a chat by a move and that the actor lacks there before it. */
    private Rights gainedByMove(Change.MoveChat move) {
        Target chat = simulated.nearest(Target.chat(move.chat()));
        Target parent = simulated.nearest(teamOrAccount(move.teamOrNull()));
        if (parent.scope() != Scope.TEAM || !simulated.exists(Target.chat(move.chat()))) {
            return Rights.none();
        }
        Rights open = guard.lacking(actor, teamRights(), chat);
        return open.isEmpty() ? open : gainedAt(chat, parent, open);
    }

    /** Returns the rights of all team roles together: a move gives no others. */
    private Rights teamRights() {
        if (teamRights == null) {
            teamRights = base.catalog().noRights();
            for (int i = 0; i < base.table().roles(); i++) {
                Role role = base.table().roleOf(i).orElse(null);
                if (role != null && role.scope() == Scope.TEAM) {
                    teamRights = teamRights.union(granted(role));
                }
            }
        }
        return teamRights;
    }

    private Rights gainedAt(Target chat, Target team, Rights open) {
        PolicyTable table = base.table();
        int target = table.target(team);
        Map<Integer, Rights> granted = new HashMap<>();
        Rights gained = base.catalog().noRights();
        for (int user = table.nextUser(target, -1); user >= 0; user = table.nextUser(target, user)) {
            String id = table.userId(user).orElse(null);
            Rights rights = granted.computeIfAbsent(table.roleSet(user, target), this::granted);
            Rights candidates = rights.intersect(open).minus(gained);
            if (id != null && !candidates.isEmpty()) {
                gained = gained.union(candidates.minus(actor.matrix().rightsOf(id, chat)));
            }
        }
        return gained;
    }

    private Rights granted(int roleSet) {
        Rights rights = base.catalog().noRights();
        for (int i = 0; i < base.table().size(roleSet); i++) {
            Role role = base.table().roleOf(base.table().role(roleSet, i)).orElse(null);
            if (role != null) {
                rights = rights.union(granted(role));
            }
        }
        return rights;
    }

    private Rights granted(Role role) {
        return role.isActive()
                ? base.catalog().allRights().intersect(role.rights())
                : base.catalog().noRights();
    }

    private void refuseEscalation(Map<Target, Rights> missing, String path) {
        Rights all = base.catalog().noRights();
        StringBuilder where = new StringBuilder();
        for (Map.Entry<Target, Rights> lacked : missing.entrySet()) {
            all = all.union(lacked.getValue());
            where.append(where.isEmpty() ? "" : ", ")
                    .append(quoted(lacked.getValue(), ", "))
                    .append(" at ")
                    .append(Violation.quote(lacked.getKey().toString()));
        }
        violations.add(
                Code.ESCALATION,
                path,
                String.join(", ", all.stream().map(Permission::key).toList()),
                actor + " gives away rights without holding them: expected " + where);
    }

    private static String quoted(Iterable<Permission> permissions, String separator) {
        StringBuilder text = new StringBuilder();
        for (Permission permission : permissions) {
            text.append(text.isEmpty() ? "" : separator).append(Violation.quote(permission.key()));
        }
        return text.toString();
    }
}
