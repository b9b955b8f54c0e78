package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Policy;
import io.rbac.model.Rights;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf an edit is judged, on one revision: a user with what he holds there, cut to the rights that the edit is
 * restricted to, or without a user somebody who holds exactly these rights everywhere.
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

    /** A user with all that he holds. */
    static Actor user(PermissionMatrix matrix, String user) {
        return new Actor(matrix, requireNonNull(user, "actor"), null);
    }

    /** A user with what he holds and these rights contain. */
    static Actor restricted(PermissionMatrix matrix, String user, Rights restriction) {
        return new Actor(matrix, requireNonNull(user, "actor"), requireNonNull(restriction, "restriction"));
    }

    /** Nobody in particular, with these rights. */
    static Actor holding(PermissionMatrix matrix, Rights rights) {
        return new Actor(matrix, null, requireNonNull(rights, "restriction"));
    }

    /** Who makes an edit, {@code null} for the host itself, who is not judged. */
    static @Nullable Actor of(PermissionMatrix matrix, PolicyEdit edit) {
        String user = edit.actor().orElse(null);
        Rights restriction = edit.restriction().orElse(null);
        return user == null && restriction == null ? null : new Actor(matrix, user, restriction);
    }

    PermissionMatrix matrix() {
        return matrix;
    }

    Policy policy() {
        return matrix.policy();
    }

    /** The id of the user, {@code null} where there is none. */
    @Nullable
    String user() {
        return user;
    }

    boolean hasPermission(Permission permission, Target place) {
        return (restriction == null || restriction.contains(permission))
                && (user == null || matrix.hasPermission(user, permission, place));
    }

    /** All that the actor may do at a place, in the catalog of the policy. */
    Rights rightsAt(Target place) {
        Rights held = user == null ? policy().catalog().allRights() : matrix.rightsOf(user, place);
        return restriction == null ? held : held.intersect(restriction);
    }

    /** Returns the actor for people. */
    @Override
    public String toString() {
        return user == null ? "the restricted account" : "actor " + Violation.quote(user);
    }
}
