package io.rbac.review;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Assignment;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import io.rbac.review.Explanation.HeldRole;
import io.rbac.review.Explanation.NearestRole;
import io.rbac.review.Explanation.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Finds out why a check is answered as it is. */
final class Explainer {

    private final PermissionMatrix matrix;
    private final Policy policy;
    private final PermissionCatalog catalog;

    Explainer(PermissionMatrix matrix) {
        this.matrix = matrix;
        this.policy = matrix.policy();
        this.catalog = policy.catalog();
    }

    Explanation explain(String user, String permission, Target target) {
        requireNonNull(user, "user");
        requireNonNull(permission, "permission");
        List<Target> path = path(target);
        List<HeldRole> held = held(user, path);
        List<HeldRole> grants = having(held, role -> catalog.grantedBy(role).contains(permission));
        if (!grants.isEmpty()) {
            return Explanation.granted(matrix, user, permission, target, held, grants);
        }
        Reason reason = !policy.hasUser(user)
                ? Reason.UNKNOWN_USER
                : catalog.indexOf(permission) < 0
                        ? Reason.UNKNOWN_PERMISSION
                        : path.isEmpty() ? Reason.UNKNOWN_TARGET : reason(held, permission);
        return Explanation.denied(matrix, user, permission, target, held, reason);
    }

    private Reason reason(List<HeldRole> held, String permission) {
        if (held.isEmpty()) {
            return Reason.NOTHING_HELD;
        }
        // A discarded role is told apart by what it would grant if it were restored.
        boolean isInRights = held.stream()
                .map(HeldRole::role)
                .anyMatch(role -> role.rights().contains(permission)
                        && catalog.rightsOfScope(role.scope()).contains(permission));
        return isInRights ? Reason.DISCARDED : Reason.NOT_IN_RIGHTS;
    }

    /** Returns the targets from the one that is asked for up to the account, none if its path is empty. */
    private List<Target> path(Target target) {
        PolicyTable table = policy.table();
        int[] ordinals = table.path(target);
        List<Target> path = new ArrayList<>();
        if (ordinals.length > 0 && table.target(target) < 0) {
            path.add(target.withoutParent());
        }
        for (int ordinal : ordinals) {
            path.add(table.targetOf(ordinal).orElseThrow());
        }
        return path;
    }

    /** Returns the roles that a user holds on a path, from the account down. */
    private List<HeldRole> held(String user, List<Target> path) {
        PolicyTable table = policy.table();
        PolicyTable.HeldRoleSets roleSets = table.heldBy(user);
        List<HeldRole> held = new ArrayList<>();
        for (int i = path.size() - 1; i >= 0; i--) {
            int target = table.target(path.get(i));
            int roleSet = target < 0 ? 0 : roleSets.roleSet(target);
            List<Target> way = List.copyOf(path.subList(0, i + 1));
            for (Role role : roles(roleSet)) {
                held.add(new HeldRole(new Assignment(user, role.id(), path.get(i)), role, way));
            }
        }
        return List.copyOf(held);
    }

    private List<Role> roles(int roleSet) {
        PolicyTable table = policy.table();
        List<Role> roles = new ArrayList<>(table.size(roleSet));
        for (int i = 0; i < table.size(roleSet); i++) {
            roles.add(table.roleOf(table.role(roleSet, i)).orElseThrow());
        }
        roles.sort(Role.LIST_ORDER);
        return roles;
    }

    private static List<HeldRole> having(List<HeldRole> held, Predicate<Role> condition) {
        return held.stream().filter(each -> condition.test(each.role())).toList();
    }

    /** Returns the roles that would grant what is denied, none if no role can. */
    List<NearestRole> nearest(String user, String permission, Target target) {
        List<Target> path = path(target);
        Rights asked = catalog.find(permission)
                .map(Permission::key)
                .map(catalog::rights)
                .orElse(catalog.noRights());
        List<NearestRole> nearest = new ArrayList<>();
        for (Role role : policy.roles()) {
            Rights granted = catalog.grantedBy(role);
            if (granted.contains(permission)) {
                path.stream()
                        .filter(place -> place.scope().equals(role.scope()) && policy.hasTarget(place))
                        .findFirst()
                        .ifPresent(place -> nearest.add(new NearestRole(
                                role, place, granted.minus(asked).minus(matrix.rightsOf(user, place)))));
            }
        }
        // The sort is stable: otherwise the roles stay in the order of lists of roles.
        nearest.sort(Comparator.<NearestRole>comparingInt(each -> each.adds().size())
                .thenComparingInt(each -> path.indexOf(each.target())));
        return List.copyOf(nearest);
    }
}
