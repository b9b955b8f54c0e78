package io.rbac.model;

import static java.util.Objects.requireNonNull;

/**
 * The fact that a user holds a role at a target.
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param user the id of the user
 * @param role the id of the role
 * @param target the target; a given parent is not part of an assignment and is dropped
 * @since 0.1
 */
public record Assignment(String user, String role, Target target) {

    /**
     * Creates an assignment. The policy that it is added to checks whether the role and the target exist.
     *
     * @param user the id of the user
     * @param role the id of the role
     * @param target the target
     */
    public Assignment {
        requireNonNull(user, "user");
        requireNonNull(role, "role");
        target = target.withoutParent();
    }
}
