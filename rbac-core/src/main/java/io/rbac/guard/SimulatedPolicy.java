package io.rbac.guard;

import io.rbac.model.Change;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.PolicyRules.EmptyRoles;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A policy in the middle of an edit: the revision that the edit commits on, and as much of its earlier changes as
 * decides which roles the next one gives to whom, and where.
 *
 * <p>A target or role that is removed and added again counts as another one, which nobody holds anything at. If it is uncertain whether a user holds a
 * role, they count as not holding it.
 *
 * <p>This class is not thread-safe.
 */
final class SimulatedPolicy {

    /*
     * All maps are keyed by strings, or by objects compared by identity. Strings are comparable, so a map of them stays
     * fast even if ids were chosen to collide.
     */
    private final Policy base;
    private final SimulatedTarget account = new SimulatedTarget(Target.account(), true, null);
    private final Map<String, SimulatedRole> roles = new LinkedHashMap<>();
    private final Map<String, SimulatedTarget> targets = new HashMap<>();
    private final Map<String, Integer> lastRemovals = new HashMap<>();
    private @Nullable Map<Scope, Set<SimulatedRole>> defaults;
    private boolean hasNewUsers;
    private int step;

    SimulatedPolicy(Policy base) {
        this.base = base;
    }

    // the state so far

    /** Returns the role with an id, {@code null} if there is none. */
    @Nullable
    SimulatedRole role(String id) {
        SimulatedRole role = roles.get(id);
        if (role == null) {
            Optional<Role> before = base.role(id);
            if (before.isPresent()) {
                role = new SimulatedRole(before.get());
                roles.put(id, role);
            }
        }
        return role == null || role.isDeleted() ? null : role;
    }

    /** Returns what a target lies in; the account if it is unknown. */
    Target parentOf(Target target) {
        SimulatedTarget found = target(target);
        SimulatedTarget parent = found == null ? null : found.parent();
        return parent == null ? Target.account() : parent.target();
    }

    /**
     * Returns the nearest target on the path of a target, itself included, that existed before the edit. One that was
     * removed and added again counts as having been there: what it stands for may have been.
     */
    Target nearest(Target target) {
        SimulatedTarget nearest = target(target);
        while (nearest != null && !base.hasTarget(nearest.target())) {
            nearest = nearest.parent();
        }
        return nearest == null ? Target.account() : nearest.target();
    }

    /** Returns a target as it is now, {@code null} if there is none. */
    @Nullable
    SimulatedTarget target(Target target) {
        if (target.isAccount()) {
            return account;
        }
        String text = target.toString();
        SimulatedTarget found = targets.get(text);
        if (found == null && base.hasTarget(target)) {
            found = targetOfBase(target);
            targets.put(text, found);
        }
        return found == null || !found.exists() ? null : found;
    }

    /** Returns a target of the base that was not looked at until now: removed if what it lay in is. */
    private SimulatedTarget targetOfBase(Target target) {
        SimulatedTarget parent = target(base.parentOf(target).orElse(Target.account()));
        SimulatedTarget old = new SimulatedTarget(target, true, parent == null ? account : parent);
        if (parent == null || !parent.existedBefore()) {
            old.remove();
        }
        return old;
    }

    /** Returns whether a grant reaches a user who did not hold the role at its target before the edit. */
    boolean isNew(Grant grant) {
        SimulatedTarget target = target(grant.target());
        if (grant.reachesOthers()
                || target == null
                || !target.existedBefore()
                || !grant.role().existedBefore()) {
            return grant.reachesOthers() || !grant.users().isEmpty();
        }
        PolicyTable table = base.table();
        int at = table.target(grant.target());
        int role = table.role(grant.role().id());
        return grant.users().stream().anyMatch(user -> !wasHeld(table.user(user), role, at));
    }

    private boolean wasHeld(int user, int role, int target) {
        PolicyTable table = base.table();
        int roleSet = user < 0 ? 0 : table.roleSet(user, target);
        for (int i = 0; i < table.size(roleSet); i++) {
            if (table.role(roleSet, i) == role) {
                return true;
            }
        }
        return false;
    }

    // what a change grants

    /** Returns the roles that a change gives to users, including those that they hold already. */
    List<Grant> grants(Change change) {
        return switch (change.kind()) {
            case ASSIGN -> {
                Change.Assign assign = (Change.Assign) change;
                yield grantsByName(List.of(assign.user()), List.of(assign.role()), assign.target());
            }
            case SET_USERS -> {
                Change.SetUsers set = (Change.SetUsers) change;
                yield grantsByName(set.users(), List.of(set.role()), set.target());
            }
            case ASSIGN_TO_ALL -> grantsToAll(((Change.AssignToAll) change).role());
            case CONNECT -> {
                Change.Connect connect = (Change.Connect) change;
                yield holdsActive(connect.user(), connect.target())
                        ? List.of()
                        : grantsOfConnecting(connect.user(), connect.target());
            }
            case SET_ROLES -> {
                Change.SetRoles set = (Change.SetRoles) change;
                yield set.roles().isEmpty() && base.rules().emptyRoles() == EmptyRoles.DEFAULTS
                        ? grantsOfConnecting(set.user(), set.target())
                        : grantsByName(List.of(set.user()), set.roles(), set.target());
            }
            case CREATE_ROLE,
                    UPDATE_ROLE,
                    DELETE_ROLE,
                    RESTORE_ROLE,
                    PURGE_ROLE,
                    PUT_SYSTEM_ROLE,
                    UNASSIGN,
                    REMOVE_USER,
                    ADD_TARGET,
                    MOVE_TARGET,
                    REMOVE_TARGET -> List.of();
        };
    }

    private List<Grant> grantsByName(List<String> users, List<String> ids, Target target) {
        List<Grant> grants = new ArrayList<>();
        for (String id : ids) {
            SimulatedRole role = role(id);
            if (role != null) {
                grants.add(Grant.to(users, role, target));
            }
        }
        return grants;
    }

    private List<Grant> grantsToAll(String id) {
        SimulatedRole role = role(id);
        return role == null || isHeldByAll(role) ? List.of() : List.of(Grant.toOthers(role, Target.account()));
    }

    private boolean isHeldByAll(SimulatedRole role) {
        if (hasNewUsers) {
            return false;
        }
        return base.userCount() == 0
                || role.existedBefore() && role.scope().isAccount() && base.userCount(role.id()) == base.userCount();
    }

    private List<Grant> grantsOfConnecting(String user, Target target) {
        List<Grant> grants = new ArrayList<>();
        defaults(target.scope()).forEach(role -> grants.add(Grant.to(List.of(user), role, target)));
        if (!target.isAccount() && !holdsActive(user, Target.account())) {
            defaults(Scope.ACCOUNT).forEach(role -> grants.add(Grant.to(List.of(user), role, Target.account())));
        }
        return grants;
    }

    private Set<SimulatedRole> defaults(Scope scope) {
        if (defaults == null) {
            defaults = new HashMap<>();
            for (Role role : base.roles()) {
                SimulatedRole simulated = role.isDefault() ? role(role.id()) : null;
                if (simulated != null) {
                    updateDefaults(simulated);
                }
            }
            roles.values().forEach(this::updateDefaults);
        }
        return defaults.getOrDefault(scope, Set.of());
    }

    private void updateDefaults(SimulatedRole role) {
        if (defaults != null) {
            Set<SimulatedRole> ofScope = defaults.computeIfAbsent(role.scope(), scope -> new LinkedHashSet<>());
            if (role.isDefault() && role.isActive() && !role.isDeleted()) {
                ofScope.add(role);
            } else {
                ofScope.remove(role);
            }
        }
    }

    private boolean holdsActive(String user, Target at) {
        SimulatedTarget target = target(at);
        if (target == null) {
            return false;
        }
        int lastRemoved = lastRemovals.getOrDefault(user, 0);
        for (Map.Entry<SimulatedRole, Integer> given : target.givenTo(user).entrySet()) {
            SimulatedRole role = given.getKey();
            if (role.isActive() && given.getValue() >= Math.max(lastRemoved, target.lastRevoked(user, role))) {
                return true;
            }
        }
        if (lastRemoved > 0 || !target.existedBefore()) {
            return false;
        }
        for (Role held : base.rolesOf(user, at)) {
            SimulatedRole role = role(held.id());
            if (role != null && role.existedBefore() && role.isActive() && target.lastRevoked(user, role) == 0) {
                return true;
            }
        }
        return false;
    }

    // applying changes

    /**
     * Applies the next change. The result for one that cannot be applied does not matter: its whole edit is refused.
     */
    void apply(Change change) {
        step++;
        switch (change.kind()) {
            case CREATE_ROLE -> create((Change.CreateRole) change);
            case UPDATE_ROLE -> {
                Change.UpdateRole update = (Change.UpdateRole) change;
                changeRole(update.role(), role -> role.update(update.update()));
            }
            case DELETE_ROLE ->
                changeRole(
                        ((Change.DeleteRole) change).role(),
                        role -> role.delete(base.rules().deletion() == Deletion.DISCARD));
            case RESTORE_ROLE -> changeRole(((Change.RestoreRole) change).role(), SimulatedRole::restore);
            case UNASSIGN -> unassign((Change.Unassign) change);
            case REMOVE_USER -> lastRemovals.put(((Change.RemoveUser) change).user(), step);
            case SET_ROLES -> {
                Change.SetRoles set = (Change.SetRoles) change;
                SimulatedTarget target = target(set.target());
                if (target != null) {
                    target.revokeAllFrom(set.user(), step);
                }
                grants(change).forEach(this::give);
            }
            case SET_USERS -> {
                Change.SetUsers set = (Change.SetUsers) change;
                SimulatedTarget target = target(set.target());
                SimulatedRole role = role(set.role());
                if (target != null && role != null) {
                    target.revokeFromAll(role, step);
                }
                grants(change).forEach(this::give);
            }
            case ASSIGN, CONNECT -> grants(change).forEach(this::give);
            case ADD_TARGET -> {
                Change.AddTarget add = (Change.AddTarget) change;
                SimulatedTarget parent = target(add.parent());
                if (parent != null && target(add.target()) == null) {
                    targets.put(add.target().toString(), new SimulatedTarget(add.target(), false, parent));
                }
            }
            case MOVE_TARGET -> {
                Change.MoveTarget move = (Change.MoveTarget) change;
                SimulatedTarget target = target(move.target());
                SimulatedTarget parent = target(move.parent());
                if (target != null && target != account && parent != null) {
                    target.moveTo(parent);
                }
            }
            case REMOVE_TARGET -> {
                SimulatedTarget target = target(((Change.RemoveTarget) change).target());
                if (target != null && target != account) {
                    target.remove();
                }
            }
            // who gets the role is left open: they count as not holding it
            case ASSIGN_TO_ALL -> {}
            // reserved for the host, and so refused before
            case PURGE_ROLE, PUT_SYSTEM_ROLE -> {}
        }
    }

    private void give(Grant grant) {
        SimulatedTarget target = target(grant.target());
        if (target != null) {
            for (String user : grant.users()) {
                target.give(grant.role(), user, step);
                hasNewUsers |= base.table().user(user) < 0;
            }
        }
    }

    private void unassign(Change.Unassign unassign) {
        SimulatedTarget target = target(unassign.target());
        SimulatedRole role = role(unassign.role());
        if (target != null && role != null) {
            target.revoke(role, unassign.user(), step);
        }
    }

    private void create(Change.CreateRole create) {
        Optional<Scope> scope = create.scope().or(base.rules()::defaultScope);
        if (create.id().isPresent() && scope.isPresent() && role(create.id().get()) == null) {
            String id = create.id().get();
            SimulatedRole role = new SimulatedRole(id, scope.get(), create.attributes());
            roles.put(id, role);
            updateDefaults(role);
        }
    }

    private void changeRole(String id, Consumer<SimulatedRole> change) {
        SimulatedRole role = role(id);
        if (role != null) {
            change.accept(role);
            updateDefaults(role);
        }
    }
}
