package io.rbac.review;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;

/** One of two policies that are compared, with its permissions numbered as in a catalog that both share. */
final class AccessSide {

    private final Policy policy;
    private final PolicyTable.RoleSetBits bits;

    private AccessSide(Policy policy, PolicyTable.RoleSetBits bits) {
        this.policy = policy;
        this.bits = bits;
    }

    /** Returns a side whose bits are at the positions of a catalog; permissions that it lacks are left out. */
    @SuppressWarnings("ReferenceEquality") // positions are those of one catalog instance
    static AccessSide of(PermissionMatrix matrix, PermissionCatalog numbering) {
        Policy policy = matrix.policy();
        return new AccessSide(policy, policy.catalog() == numbering ? matrix.granted() : renumbered(matrix, numbering));
    }

    private static PolicyTable.RoleSetBits renumbered(PermissionMatrix matrix, PermissionCatalog numbering) {
        PolicyTable table = matrix.policy().table();
        int words = numbering.noRights().words();
        long[] renumbered = new long[Math.multiplyExact(table.roleSets(), words)];
        for (Permission permission : matrix.policy().catalog().permissions()) {
            int from = matrix.policy().catalog().indexOf(permission);
            int to = numbering.indexOf(permission.key());
            for (int set = 0; set < table.roleSets() && to >= 0; set++) {
                if ((matrix.granted().word(set, from >>> 6) & 1L << from) != 0) {
                    renumbered[set * words + (to >>> 6)] |= 1L << to;
                }
            }
        }
        return (roleSet, word) -> renumbered[roleSet * words + word];
    }

    Policy policy() {
        return policy;
    }

    PolicyTable table() {
        return policy.table();
    }

    /** Adds what a user is granted by what they hold at a target itself. */
    void addOwn(PolicyTable.HeldRoleSets held, int target, long[] rights) {
        int roleSet = held.roleSet(target);
        if (roleSet != 0) {
            for (int word = 0; word < rights.length; word++) {
                rights[word] |= bits.word(roleSet, word);
            }
        }
    }
}
