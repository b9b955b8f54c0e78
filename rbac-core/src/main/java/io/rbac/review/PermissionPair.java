package io.rbac.review;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import io.rbac.policy.PolicyTable.HeldRoleSets;
import io.rbac.policy.PolicyTable.Holders;
import java.util.Collection;

/** The permissions of an invariant under one policy, and which of the two a user has: two bits. */
final class PermissionPair {

    static final int FIRST = 1;
    static final int SECOND = 2;
    static final int BOTH = FIRST | SECOND;

    private final PermissionMatrix matrix;
    private final int first;
    private final int second;

    /** Creates a pair; a position in the catalog is -1 for a permission that it lacks. */
    private PermissionPair(PermissionMatrix matrix, int first, int second) {
        this.matrix = matrix;
        this.first = first;
        this.second = second;
    }

    static PermissionPair of(AccessInvariant invariant, PermissionMatrix matrix) {
        PermissionCatalog catalog = matrix.policy().catalog();
        return new PermissionPair(
                matrix,
                catalog.indexOf(invariant.permission()),
                invariant.other().map(catalog::indexOf).orElse(-1));
    }

    Policy policy() {
        return matrix.policy();
    }

    PolicyTable table() {
        return matrix.policy().table();
    }

    /** Returns what a user has by the roles that they hold at a target itself. */
    int at(HeldRoleSets held, int target) {
        int roleSet = held.roleSet(target);
        return roleSet == 0 ? 0 : bit(roleSet, first, FIRST) | bit(roleSet, second, SECOND);
    }

    private int bit(int roleSet, int position, int bit) {
        return position >= 0 && (matrix.granted().word(roleSet, position >>> 6) & 1L << position) != 0 ? bit : 0;
    }

    /** Returns what a user has at the target at a position of a path, and so by the roles held there and after it. */
    int onPath(HeldRoleSets held, int[] path, int from) {
        int has = 0;
        for (int i = from; i < path.length && has != BOTH; i++) {
            has |= at(held, path[i]);
        }
        return has;
    }

    /** Returns which of the permissions the role with an id grants, none if there is no such role. */
    int grantedBy(String role) {
        PermissionCatalog catalog = matrix.policy().catalog();
        Rights granted = matrix.policy().role(role).map(catalog::grantedBy).orElse(catalog.noRights());
        return (contains(granted, first) ? FIRST : 0) | (contains(granted, second) ? SECOND : 0);
    }

    private static boolean contains(Rights granted, int position) {
        return position >= 0 && granted.contains(granted.catalog().permissions().get(position));
    }

    /** Adds the users who have one of the permissions by the roles that they hold at a target itself. */
    void addUsers(int target, Collection<String> users) {
        Holders holders = table().holders(target);
        for (int position : new int[] {first, second}) {
            for (int user : position < 0 ? new int[0] : holders.with(matrix.granted(), position)) {
                users.add(table().userId(user).orElseThrow());
            }
        }
    }
}
