package io.rbac.matrix;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.PolicyTable;
import io.rbac.model.Rights;
import io.rbac.model.Scope;
import io.rbac.model.Target;

/**
 * A policy compiled to bits: answers whether a user may do something somewhere.
 *
 * <p>A check looks up the user and the target, finds the role sets that the user holds on the target's path (see {@link
 * PolicyTable#roleSets(String, Target)}) and tests one bit of each. It takes no longer for more users, roles or
 * permissions, and logarithmic time in the number of targets of that one user; it allocates nothing and takes no lock,
 * whatever the answer.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PermissionMatrix implements PermissionChecker {

    private final Policy policy;
    private final PermissionCatalog catalog;
    private final PolicyTable table;
    private final RoleSetRows rows;

    private PermissionMatrix(Policy policy, RoleSetRows rows) {
        this.policy = policy;
        this.catalog = policy.catalog();
        this.table = policy.table();
        this.rows = rows;
    }

    /**
     * Compiles a policy: one bit row for each different set of roles that somebody holds somewhere. The assignments are
     * not copied.
     */
    public static PermissionMatrix compile(Policy policy) {
        return new PermissionMatrix(policy, RoleSetRows.of(policy.table(), policy.catalog()));
    }

    /**
     * Returns the matrix of another policy, equal in every answer to {@link #compile}. Where that policy came from this
     * matrix's by {@linkplain Policy#apply changes}, only what they touched is compiled.
     */
    @SuppressWarnings("ReferenceEquality") // positions in rows are those of one catalog instance
    public PermissionMatrix updatedTo(Policy other) {
        if (other.catalog() != catalog) {
            return compile(other);
        }
        return new PermissionMatrix(other, rows.updated(table, other.table(), catalog));
    }

    /** Returns about how many bytes this matrix and its policy take, without catalog and rules. Constant time. */
    public long retainedBytes() {
        return policy.retainedBytes() + rows.retainedBytes();
    }

    /** Returns the policy that this matrix was compiled from. */
    public Policy policy() {
        return policy;
    }

    @Override
    public boolean hasPermission(String user, String permission, Target target) {
        return grants(catalog.indexOf(permission), table.roleSets(user, target));
    }

    @Override
    public boolean hasPermission(String user, Permission permission, Target target) {
        return grants(catalog.indexOf(permission), table.roleSets(user, target));
    }

    private boolean grants(int permission, long roleSets) {
        return permission >= 0
                && rows.haveAny(
                        PolicyTable.roleSet(roleSets, Scope.ACCOUNT),
                        PolicyTable.roleSet(roleSets, Scope.TEAM),
                        PolicyTable.roleSet(roleSets, Scope.CHAT),
                        permission);
    }

    /**
     * Returns all that a user may do at a target, none for an unknown user or target. Worth it where many permissions
     * are asked for at one place.
     */
    public Rights rightsOf(String user, Target target) {
        long roleSets = table.roleSets(user, target);
        long[] words = new long[rows.words()];
        rows.addTo(words, PolicyTable.roleSet(roleSets, Scope.ACCOUNT));
        rows.addTo(words, PolicyTable.roleSet(roleSets, Scope.TEAM));
        rows.addTo(words, PolicyTable.roleSet(roleSets, Scope.CHAT));
        return Rights.valueOf(catalog, words);
    }

    /** Returns the account and revision of the policy, for people. */
    @Override
    public String toString() {
        return "PermissionMatrix of " + policy.account() + " at revision " + policy.revision();
    }
}
