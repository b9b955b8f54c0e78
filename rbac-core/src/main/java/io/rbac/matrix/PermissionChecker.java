package io.rbac.matrix;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Target;

/**
 * Answers whether a user of one account has a permission at a target. This is the type that interceptors, controllers
 * and services should depend on.
 *
 * <p>The answer is false if the user, the permission or the target is unknown. {@code hasPermission} throws nothing
 * because of its arguments, except a {@link NullPointerException} if one of them is {@code null}.
 *
 * <p>For many questions about one user, see {@link PermissionMatrix#user}.
 *
 * <p>Implementations are thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PermissionChecker {

    /**
     * Returns whether a user has a permission at a target.
     *
     * @param user the id of the user
     * @param permission the key of the permission; the answer is false if the catalog lacks it
     * @param target the target
     */
    boolean hasPermission(String user, String permission, Target target);

    /**
     * Returns whether a user has a permission at a target. A {@link Permission} in a constant is validated at start-up,
     * and checking it may be faster than checking its key.
     */
    default boolean hasPermission(String user, Permission permission, Target target) {
        return hasPermission(user, permission.key(), target);
    }

    /**
     * Returns whether a user has at least one of these permissions at a target.
     *
     * @throws IllegalArgumentException if the rights are empty
     */
    default boolean hasAny(String user, Rights rights, Target target) {
        requireSome(user, rights, target);
        boolean any = false;
        for (Permission permission : rights) {
            any |= hasPermission(user, permission, target);
        }
        return any;
    }

    /**
     * Returns whether a user has all of these permissions at a target.
     *
     * @throws IllegalArgumentException if the rights are empty: asking for nothing grants nothing
     */
    default boolean hasAll(String user, Rights rights, Target target) {
        requireSome(user, rights, target);
        boolean all = true;
        for (Permission permission : rights) {
            all &= hasPermission(user, permission, target);
        }
        return all;
    }

    /**
     * Does nothing if a user has the permission with this key at a target.
     *
     * @throws PermissionDeniedException if they do not have it
     */
    default void require(String user, String permission, Target target) {
        if (!hasPermission(user, permission, target)) {
            throw new PermissionDeniedException(null, user, permission, target);
        }
    }

    /**
     * Does nothing if a user has a permission at a target.
     *
     * @throws PermissionDeniedException if they do not have it
     */
    default void require(String user, Permission permission, Target target) {
        if (!hasPermission(user, permission, target)) {
            throw new PermissionDeniedException(null, user, permission.key(), target);
        }
    }

    /**
     * Returns a checker that, for every user, allows what the rights contain and this checker allows at the time of the
     * check. Use it, for example, for an API key that is limited to a part of its owner's rights.
     */
    default PermissionChecker restrictedTo(Rights rights) {
        return new RestrictedChecker(this, requireNonNull(rights, "rights"));
    }

    private static void requireSome(String user, Rights rights, Target target) {
        requireNonNull(user, "user");
        requireNonNull(target, "target");
        UserPermissions.requireSome(rights);
    }
}
