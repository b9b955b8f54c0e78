package io.rbac.matrix;

import io.rbac.model.Target;
import io.rbac.model.Violation;

/**
 * Thrown when a user lacks a required permission. Says who lacks what, and where.
 *
 * @since 0.1
 */
public final class PermissionDeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String user;
    private final String permission;
    private final transient Target target;

    PermissionDeniedException(String user, String permission, Target target) {
        super("user " + Violation.quote(user) + " lacks " + Violation.quote(permission) + " at "
                + Violation.quote(target.toString()));
        this.user = user;
        this.permission = permission;
        this.target = target;
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
