package io.rbac.matrix;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Target;

/**
 * Answers whether a user of one account may do something somewhere. This is what an interceptor, a controller or a
 * service takes.
 *
 * <p>Whatever is unknown, be it the user, the permission or the target, is denied. An implementation is thread-safe, and
 * throws nothing for what it is asked but the {@link NullPointerException} for a {@code null}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PermissionChecker {

    /**
     * Tells whether a user has the permission of a key at a target.
     *
     * @param user the id of the user
     * @param permission the key; one that the catalog lacks is denied
     * @param target where
     */
    boolean hasPermission(String user, String permission, Target target);

    /**
     * Tells whether a user has a permission at a target. A {@link Permission} kept in a constant is checked when the
     * program starts, and may be faster to ask for than its key.
     */
    default boolean hasPermission(String user, Permission permission, Target target) {
        return hasPermission(user, permission.key(), target);
    }

    /**
     * Tells whether a user has at least one of these permissions at a target.
     *
     * @throws IllegalArgumentException if there is no permission in the rights
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
     * Tells whether a user has all of these permissions at a target.
     *
     * @throws IllegalArgumentException if there is no permission in the rights: asking for nothing grants nothing
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
     * Does nothing if a user has the permission of a key at a target.
     *
     * @throws PermissionDeniedException if he has not
     */
    default void require(String user, String permission, Target target) {
        if (!hasPermission(user, permission, target)) {
            throw new PermissionDeniedException(user, permission, target);
        }
    }

    /**
     * Does nothing if a user has a permission at a target.
     *
     * @throws PermissionDeniedException if he has not
     */
    default void require(String user, Permission permission, Target target) {
        if (!hasPermission(user, permission, target)) {
            throw new PermissionDeniedException(user, permission.key(), target);
        }
    }

    /**
     * Returns a checker whose answers are cut to these rights, whoever is asked for: what an API key that is limited to
     * a part of its owner's rights needs. It allows what this checker allows at that moment and the rights contain.
     */
    default PermissionChecker restrictedTo(Rights rights) {
        return new RestrictedChecker(this, requireNonNull(rights, "rights"));
    }

    private static void requireSome(String user, Rights rights, Target target) {
        requireNonNull(user, "user");
        requireNonNull(target, "target");
        if (rights.isEmpty()) {
            throw new IllegalArgumentException("no permission is named: expected at least one");
        }
    }
}
