package io.rbac.review;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.PolicyTable.Holders;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Questions about a policy as a whole: why a check is answered as it is, who may do something, and where a user may do it.
 *
 * <p>Every answer agrees with {@link PermissionMatrix#hasPermission} of the same matrix, so it is from one revision. As by a
 * check, what is unknown is no error: nobody can do anything at an unknown target, and nobody has an unknown permission.
 *
 * <p>Once it was asked who can do something, a review keeps the roles of each user at the account, in eight bytes a user: whoever
 * asks more than one such question about a large account asks one review.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyReview {

    private final PermissionMatrix matrix;
    private final AtomicReference<@Nullable Holders> ofAccount = new AtomicReference<>();

    private PolicyReview(PermissionMatrix matrix) {
        this.matrix = matrix;
    }

    /** Returns the review of a matrix. Constant time: nothing is computed ahead. */
    public static PolicyReview of(PermissionMatrix matrix) {
        return new PolicyReview(requireNonNull(matrix, "matrix"));
    }

    /** Returns the matrix that is reviewed. */
    public PermissionMatrix matrix() {
        return matrix;
    }

    /**
     * Explains the answer to a check: every assignment that grants the permission, or the first reason why there is none (S6).
     * Linear in the number of roles that the user holds on the path of the target.
     *
     * @param user the id of the user, known or not
     * @param permission the key of the permission, known or not
     * @param target the target, known or not
     */
    public Explanation explain(String user, String permission, Target target) {
        return new Explainer(matrix).explain(user, permission, target);
    }

    /**
     * Returns the users who have a permission at a target. Counting or streaming them is linear in the number of users who hold
     * a role on the path of the target; nobody else is looked at. Where all of them hold it at the account, and one role there
     * grants the permission, they are counted without being looked at: in time linear in the number of roles.
     *
     * @param permission the key of the permission, known or not
     * @param target the target, known or not
     */
    public Answers<String> whoCan(String permission, Target target) {
        return new Answers<>(new WhoCan(this, permission, target));
    }

    /**
     * Returns the known targets at which a user has a permission, the account among them. Counting or streaming them is linear in
     * the number of the user's targets and of the targets that lie in those where the permission is granted.
     *
     * @param user the id of the user, known or not
     * @param permission the key of the permission, known or not
     */
    public Answers<Target> whereCan(String user, String permission) {
        return new Answers<>(new WhereCan(matrix, user, permission, Optional.empty()));
    }

    /**
     * Returns the known targets of one scope at which a user has a permission, none for a scope of another tree. The cost is as of
     * {@link #whereCan(String, String)}; where the user has the permission at the account, they are counted without being looked
     * at.
     *
     * @param user the id of the user, known or not
     * @param permission the key of the permission, known or not
     * @param scope the scope of the targets
     */
    public Answers<Target> whereCan(String user, String permission, Scope scope) {
        return new Answers<>(new WhereCan(matrix, user, permission, Optional.of(scope)));
    }

    /** Returns who holds what at a target itself; of the account, where most users hold something, it is found once. */
    Holders holders(int target) {
        if (target != Subtree.ACCOUNT) {
            return matrix.policy().table().holders(target);
        }
        Holders holders = ofAccount.get();
        if (holders == null) {
            holders = matrix.policy().table().holders(target);
            ofAccount.set(holders);
        }
        return holders;
    }

    /** Returns what {@link PermissionMatrix#rightsOf} returns: every permission that a user has at a target. */
    public Rights rightsOf(String user, Target target) {
        return matrix.rightsOf(user, target);
    }

    /**
     * Returns the active roles that grant a permission wherever they are held, in the order of lists of roles; none for an
     * unknown key. Linear in the number of roles.
     */
    public List<Role> rolesGranting(String permission) {
        requireNonNull(permission, "permission");
        PermissionCatalog catalog = matrix.policy().catalog();
        return matrix.policy().roles().stream()
                .filter(role -> catalog.grantedBy(role).contains(permission))
                .toList();
    }

    /** Returns the account and the revision of the policy in human-readable form. */
    @Override
    public String toString() {
        return "PolicyReview of " + matrix.policy().account() + " at revision "
                + matrix.policy().revision();
    }
}
