package io.rbac.guard;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
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
     * - The batch gave the user r at m, and m is on the path of n in the base: p was judged at m.
     * - The user held r at m, and m is on the path of n in the base: they held p at n before.
     * - m is on the path of n only after the batch. Going up from n, let x be the first target that the batch moved, or
     *   removed and added again: from n to x the path is that of the base. So whoever gains p at n gains it at x, or held
     *   it at x, and thus at n, before. MoveJudge compares where x lies in the end with the base; the actor holds there
     *   whatever others gain, and so does at n.
     *
     * The state in the middle of a batch decides one thing only: which roles a change gives to whom (SimulatedPolicy).
     */

    private final AdminGuard guard;
    private final Policy base;
    private final Actor actor;
    private final SimulatedPolicy simulated;

    /** The refusals by the positions of the changes. */
    private final NavigableMap<Integer, List<Violation>> refusals = new TreeMap<>();

    /** The last change that added or moved each target, by the text of the target. */
    private final Map<String, Integer> placements = new LinkedHashMap<>();

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
            Change change = changes.get(i);
            judge(change, i);
            if (!refusals.containsKey(i)) {
                simulated.apply(change);
                Target placed = placedBy(change);
                if (placed != null) {
                    placements.put(placed.toString(), i);
                }
            }
        }
        judgeMoves(changes);
        Violation.Collector violations = new Violation.Collector();
        refusals.values().forEach(ofChange -> ofChange.forEach(violations::add));
        violations.throwIfAny();
    }

    /** Returns the target that a change adds or moves, {@code null} for none. */
    private static @Nullable Target placedBy(Change change) {
        return switch (change.kind()) {
            case ADD_TARGET -> ((Change.AddTarget) change).target();
            case MOVE_TARGET -> ((Change.MoveTarget) change).target();
            case CREATE_ROLE,
                    UPDATE_ROLE,
                    DELETE_ROLE,
                    RESTORE_ROLE,
                    PURGE_ROLE,
                    PUT_SYSTEM_ROLE,
                    ASSIGN,
                    UNASSIGN,
                    CONNECT,
                    SET_ROLES,
                    SET_USERS,
                    ASSIGN_TO_ALL,
                    REMOVE_USER,
                    REMOVE_TARGET -> null;
        };
    }

    private void judge(Change change, int position) {
        if (change.kind().isHostOnly()) {
            judgeHostOnly(change, position);
            return;
        }
        judgePermission(change, position);
        String systemRole = systemRoleTouched(change);
        if (systemRole != null) {
            refuseSystemRole(systemRole, position);
        } else {
            judgeGrants(change, position);
        }
    }

    private void refuse(int position, Code code, @Nullable String value, String message) {
        refusals.computeIfAbsent(position, change -> new ArrayList<>())
                .add(Violation.of(code, Violation.pointer("changes", position), value, message));
    }

    private void judgeHostOnly(Change change, int position) {
        if (change instanceof Change.PurgeRole purge && !isSystemRole(purge.role())) {
            refuse(
                    position,
                    Code.FORBIDDEN,
                    actor.user(),
                    actor + " may not purge role " + Violation.quote(purge.role()) + ": expected the host itself");
        } else {
            refuseSystemRole(hostRole(change), position);
        }
    }

    private static String hostRole(Change change) {
        return change instanceof Change.PutSystemRole put ? put.role().id() : ((Change.PurgeRole) change).role();
    }

    // needed permissions

    private void judgePermission(Change change, int position) {
        for (Target target : touchedTargets(change)) {
            if (!guard.allows(actor, change.kind(), target.scope(), simulated.nearest(target))) {
                refuse(
                        position,
                        Code.FORBIDDEN,
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
            case ADD_TARGET -> List.of(((Change.AddTarget) change).parent());
            case REMOVE_TARGET -> List.of(simulated.parentOf(((Change.RemoveTarget) change).target()));
            case MOVE_TARGET -> {
                Change.MoveTarget move = (Change.MoveTarget) change;
                yield new LinkedHashSet<>(List.of(simulated.parentOf(move.target()), move.parent()));
            }
            case CREATE_ROLE,
                    UPDATE_ROLE,
                    DELETE_ROLE,
                    RESTORE_ROLE,
                    PURGE_ROLE,
                    PUT_SYSTEM_ROLE,
                    ASSIGN_TO_ALL,
                    REMOVE_USER -> List.of(Target.account());
        };
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
                    ADD_TARGET,
                    MOVE_TARGET,
                    REMOVE_TARGET -> null;
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

    private void refuseSystemRole(String id, int position) {
        refuse(
                position,
                Code.SYSTEM_ROLE,
                id,
                "role " + Violation.quote(id)
                        + " is a system role: expected the host itself to create, delete or restore"
                        + " it and to change its rights");
    }

    // escalation

    private void judgeGrants(Change change, int position) {
        Map<Target, Rights> missing = new LinkedHashMap<>();
        switch (change.kind()) {
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
            // give nothing to anybody, but for where targets lie in the end: see judgeMoves
            case DELETE_ROLE,
                    PURGE_ROLE,
                    PUT_SYSTEM_ROLE,
                    UNASSIGN,
                    REMOVE_USER,
                    ADD_TARGET,
                    MOVE_TARGET,
                    REMOVE_TARGET -> {}
        }
        if (!missing.isEmpty()) {
            refuseEscalation(missing, position);
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

    /** Judges what users gain at the targets that the batch moved, or removed and added again. */
    private void judgeMoves(List<Change> changes) {
        MoveJudge moves = new MoveJudge(guard, actor, simulated);
        placements.forEach((text, position) -> {
            Target target = requireNonNull(placedBy(changes.get(position)));
            Rights lacking = moves.lacking(target);
            if (!lacking.isEmpty()) {
                refuseEscalation(Map.of(target, lacking), position);
            }
        });
    }

    private void refuseEscalation(Map<Target, Rights> missing, int position) {
        Rights all = base.catalog().noRights();
        StringBuilder where = new StringBuilder();
        for (Map.Entry<Target, Rights> lacked : missing.entrySet()) {
            all = all.union(lacked.getValue());
            where.append(where.isEmpty() ? "" : ", ")
                    .append(quoted(lacked.getValue(), ", "))
                    .append(" at ")
                    .append(Violation.quote(lacked.getKey().toString()));
        }
        refuse(
                position,
                Code.ESCALATION,
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
