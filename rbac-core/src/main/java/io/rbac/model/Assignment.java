package io.rbac.model;

import static java.util.Objects.requireNonNull;

/**
 * The fact that a user holds a role at a target.
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param user the id of the user
 * @param role the id of the role
 * @param target where; a stated place of a chat is not part of an assignment and is left off
 * @since 0.1
 */
public record Assignment(String user, String role, Target target) {

    /**
     * Creates an assignment. Whether role and target exist is judged by the policy that takes it.
     *
     * @param user the id of the user
     * @param role the id of the role
     * @param target where
     */
    public Assignment {
        requireNonNull(user, "user");
        requireNonNull(role, "role");
        target = target.unplaced();
    }
}
