package io.rbac.engine;

import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.UserPermissions;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Target;

/**
 * Answers from the current policy of one account, each question from one revision. False forever once the account is
 * removed.
 *
 * <p>A question throws a {@link PolicyStoreException} if the policy has to be loaded and cannot be, and an {@link
 * IllegalStateException} if the engine is closed.
 *
 * <p>This class is thread-safe.
 *
 * @since 0.1
 */
public final class AccountChecker implements PermissionChecker {

    private final AccountHolder holder;
    private final MatrixLookup lookup;
    private final Refusals refusals;

    AccountChecker(AccountHolder holder, MatrixLookup lookup, Refusals refusals) {
        this.holder = holder;
        this.lookup = lookup;
        this.refusals = refusals;
    }

    @Override
    public boolean hasPermission(String user, String permission, Target target) {
        return matrix().hasPermission(user, permission, target);
    }

    @Override
    public boolean hasPermission(String user, Permission permission, Target target) {
        return matrix().hasPermission(user, permission, target);
    }

    @Override
    public boolean hasAny(String user, Rights rights, Target target) {
        return matrix().hasAny(user, rights, target);
    }

    @Override
    public boolean hasAll(String user, Rights rights, Target target) {
        return matrix().hasAll(user, rights, target);
    }

    @Override
    public void require(String user, String permission, Target target) {
        if (!hasPermission(user, permission, target)) {
            throw refusals.denied(holder.account(), user, permission, target);
        }
    }

    @Override
    public void require(String user, Permission permission, Target target) {
        if (!hasPermission(user, permission, target)) {
            throw refusals.denied(holder.account(), user, permission, target);
        }
    }

    /**
     * Returns what a user may do at the revision that is current now: unlike this checker, it does not see later commits.
     * For the many questions of one request; one that outlives a request answers from a policy that may be out of date.
     * Everything is denied to a user whom the policy does not know, and to all once the account is removed.
     */
    public UserPermissions user(String id) {
        return matrix().user(id);
    }

    private PermissionMatrix matrix() {
        holder.markUsed();
        return lookup.orNobody(lookup.matrix(holder));
    }

    /** Returns the account, human-readable. */
    @Override
    public String toString() {
        return "AccountChecker of " + holder.account();
    }
}
