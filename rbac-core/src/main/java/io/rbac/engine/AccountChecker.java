package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import org.jspecify.annotations.Nullable;

/** Answers from the current matrix of one account, one matrix per question; false once the account is removed. */
final class AccountChecker implements PermissionChecker {

    private final AccountHolder holder;
    private final MatrixLookup lookup;

    AccountChecker(AccountHolder holder, MatrixLookup lookup) {
        this.holder = holder;
        this.lookup = lookup;
    }

    @Override
    public boolean hasPermission(String user, String permission, Target target) {
        PermissionMatrix matrix = matrix();
        return matrix == null ? deny(user, permission, target) : matrix.hasPermission(user, permission, target);
    }

    @Override
    public boolean hasPermission(String user, Permission permission, Target target) {
        PermissionMatrix matrix = matrix();
        return matrix == null ? deny(user, permission, target) : matrix.hasPermission(user, permission, target);
    }

    @Override
    public boolean hasAny(String user, Rights rights, Target target) {
        PermissionMatrix matrix = matrix();
        return matrix == null
                ? PermissionChecker.super.hasAny(user, rights, target)
                : matrix.hasAny(user, rights, target);
    }

    @Override
    public boolean hasAll(String user, Rights rights, Target target) {
        PermissionMatrix matrix = matrix();
        return matrix == null
                ? PermissionChecker.super.hasAll(user, rights, target)
                : matrix.hasAll(user, rights, target);
    }

    private @Nullable PermissionMatrix matrix() {
        holder.markUsed();
        return lookup.matrix(holder);
    }

    /** Refuses a check that has nothing to answer from: checks its arguments for null, and returns false. */
    static boolean deny(String user, Object permission, Target target) {
        requireNonNull(user, "user");
        requireNonNull(permission, "permission");
        requireNonNull(target, "target");
        return false;
    }

    /** Returns the account, human-readable. */
    @Override
    public String toString() {
        return "PermissionChecker of " + holder.account();
    }
}
