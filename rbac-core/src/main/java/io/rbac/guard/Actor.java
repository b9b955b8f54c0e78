package io.rbac.guard;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * The party on whose behalf an edit is judged, at one revision: a user with the rights they hold there, limited to
 * those that the edit is restricted to; or, if there is no user, a party that holds exactly these rights everywhere.
 */
final class Actor {

    private final PermissionMatrix matrix;
    private final @Nullable String user;
    private final @Nullable Rights restriction;

    private Actor(PermissionMatrix matrix, @Nullable String user, @Nullable Rights restriction) {
        this.matrix = matrix;
        this.user = user;
        this.restriction = restriction;
    }

    /** Returns a user with all the rights they hold. */
    static Actor user(PermissionMatrix matrix, String user) {
        return new Actor(matrix, requireNonNull(user, "actor"), null);
    }

    /** Returns a user with only those of their rights that the restriction contains. */
    static Actor restricted(PermissionMatrix matrix, String user, Rights restriction) {
        return new Actor(matrix, requireNonNull(user, "actor"), requireNonNull(restriction, "restriction"));
    }

    /** Returns an actor that is no particular user and holds these rights everywhere. */
    static Actor holding(PermissionMatrix matrix, Rights rights) {
        return new Actor(matrix, null, requireNonNull(rights, "restriction"));
    }

    PermissionMatrix matrix() {
        return matrix;
    }

    Policy policy() {
        return matrix.policy();
    }

    /** Returns the id of the user, {@code null} if there is none. */
    @Nullable
    String user() {
        return user;
    }

    boolean hasPermission(Permission permission, Target target) {
        return (restriction == null || restriction.contains(permission))
                && (user == null || matrix.hasPermission(user, permission, target));
    }

    /** Returns all rights of the actor at a target, in the catalog of the policy. */
    Rights rightsAt(Target target) {
        Rights held = user == null ? policy().catalog().allRights() : matrix.rightsOf(user, target);
        return restriction == null ? held : held.intersect(restriction);
    }

    /** Returns the actor, human-readable. */
    @Override
    public String toString() {
        return user == null ? "the restricted account" : "actor " + Violation.quote(user);
    }
}
