package io.rbac.matrix;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a user lacks a required permission. Says who lacks what, and where.
 *
 * @since 0.1
 */
public final class PermissionDeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String account;
    private final String user;
    private final String permission;
    private final transient Target target;

    PermissionDeniedException(@Nullable String account, String user, String permission, Target target) {
        super("user " + Violation.quote(user) + " lacks " + Violation.quote(permission) + " at "
                + Violation.quote(target.toString()));
        this.account = account;
        this.user = user;
        this.permission = permission;
        this.target = target;
    }

    /** Returns an exception that says that a user of an account lacks the permission with this key at a target. */
    public static PermissionDeniedException of(String account, String user, String permission, Target target) {
        return new PermissionDeniedException(requireNonNull(account, "account"), user, permission, target);
    }

    /** Returns the id of the account; empty if the checker that was asked does not know it. */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    /** Returns the id of the user. */
    public String user() {
        return user;
    }

    /** Returns the key of the required permission. */
    public String permission() {
        return permission;
    }

    /** Returns the target at which it was required. */
    public Target target() {
        return target;
    }
}
