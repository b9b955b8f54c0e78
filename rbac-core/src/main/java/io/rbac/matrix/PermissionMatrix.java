package io.rbac.matrix;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;

/**
 * A policy compiled to bits; it answers checks.
 *
 * <p>A check looks up the user and the target, finds the sets of roles that the user holds on the target's path (see
 * {@link PolicyTable#anyOnPath}) and tests one bit of each. The time that it takes does not depend on the number of
 * users, roles or permissions, and is logarithmic in the number of targets at which this user holds roles. A check of
 * several permissions finds user, target and role sets once. A check allocates nothing and takes no lock, whatever the
 * answer.
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
     * Compiles a policy: to one row of bits for each different set of roles that a user holds at a target. Assignments
     * are not copied.
     */
    public static PermissionMatrix compile(Policy policy) {
        return new PermissionMatrix(policy, RoleSetRows.of(policy.table(), policy.catalog()));
    }

    /**
     * Returns the matrix of another policy, with the same answers as that from {@link #compile}. If {@linkplain
     * Policy#apply changes} led from this matrix's policy to the other one, only what they touched is compiled.
     */
    @SuppressWarnings("ReferenceEquality") // positions in rows are those of one catalog instance
    public PermissionMatrix updatedTo(Policy other) {
        if (other.catalog() != catalog) {
            return compile(other);
        }
        return new PermissionMatrix(other, rows.updated(table, other.table(), catalog));
    }

    /** Returns roughly how many bytes this matrix and its policy take, without catalog and rules. Constant time. */
    public long retainedBytes() {
        return policy.retainedBytes() + rows.retainedBytes();
    }

    /** Returns the policy that this matrix was compiled from. */
    public Policy policy() {
        return policy;
    }

    @Override
    public boolean hasPermission(String user, String permission, Target target) {
        return isGranted(user, catalog.indexOf(permission), target);
    }

    @Override
    public boolean hasPermission(String user, Permission permission, Target target) {
        return isGranted(user, catalog.indexOf(permission), target);
    }

    private boolean isGranted(String user, int permission, Target target) {
        if (permission < 0) {
            requireNonNull(user, "user");
            requireNonNull(target, "target");
            return false;
        }
        return table.anyOnPath(user, target, rows, permission);
    }

    @Override
    public boolean hasAny(String user, Rights rights, Target target) {
        if (!isOwn(rights)) {
            return PermissionChecker.super.hasAny(user, rights, target);
        }
        UserPermissions.requireSome(rights);
        return table.anyOnPath(user, target, rows, rights);
    }

    @Override
    public boolean hasAll(String user, Rights rights, Target target) {
        if (!isOwn(rights)) {
            return PermissionChecker.super.hasAll(user, rights, target);
        }
        UserPermissions.requireSome(rights);
        return table.allOnPath(user, target, rows, rights);
    }

    @Override
    public void require(String user, String permission, Target target) {
        if (!hasPermission(user, permission, target)) {
            throw PermissionDeniedException.of(policy.account(), user, permission, target);
        }
    }

    @Override
    public void require(String user, Permission permission, Target target) {
        if (!hasPermission(user, permission, target)) {
            throw PermissionDeniedException.of(policy.account(), user, permission.key(), target);
        }
    }

    /** Returns whether the bits of rights are numbered as those of this matrix. */
    @SuppressWarnings("ReferenceEquality") // positions are those of one catalog instance
    boolean isOwn(Rights rights) {
        return rights.catalog() == catalog;
    }

    /**
     * Returns what the role sets of the {@linkplain Policy#table() dense form} of the policy grant: one bit for each permission,
     * at its position in the catalog. For code that explains or compares answers.
     */
    public PolicyTable.RoleSetBits granted() {
        return rows;
    }

    /**
     * Returns the answers of this matrix about one user, who is looked up once: for many questions about the same user. One
     * whom the policy does not know is denied everything.
     */
    public UserPermissions user(String id) {
        return new UserPermissions(this, id);
    }

    /**
     * Returns all permissions that a user has at a target, none if the user or the target is unknown. Faster than many
     * checks at the same target.
     */
    public Rights rightsOf(String user, Target target) {
        return user(user).rightsAt(target);
    }

    /**
     * Returns a fingerprint of everything that is allowed: two matrices have equal ones exactly if they answer every check about
     * known users, known targets and permission keys in the same way. Account, revision, names, titles, discarded roles and
     * redundant assignments are no part of it, nor where a target lies as far as that changes no answer. It is the same in every
     * process and release that computes it alike, but not meant to be stored for ever, and no protection from somebody who chooses
     * ids in order to deceive. Linear in the policy.
     *
     * @return 64 hexadecimal digits, in lower case
     */
    public String fingerprint() {
        return new AnswerFingerprint(this).value();
    }

    /** Returns the account and the revision of the policy in human-readable form. */
    @Override
    public String toString() {
        return "PermissionMatrix of " + policy.account() + " at revision " + policy.revision();
    }
}
