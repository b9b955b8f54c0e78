package io.rbac.test;

import static java.util.Objects.requireNonNull;

/**
 * May this user do this, here? Immutable and safe for use by several threads.
 *
 * @param user the id of a user, known or not
 * @param permission the key of a permission, known or not
 * @param target a target, known or not
 * @since 0.1
 */
public record Question(String user, String permission, Place target) {
    /**
     * Makes a question.
     *
     * @param user the id of a user
     * @param permission the key of a permission
     * @param target a target
     */
    public Question {
        requireNonNull(user, "user");
        requireNonNull(permission, "permission");
        requireNonNull(target, "target");
    }

    /** The question as text, for example {@code may bob do user:read at team/support}. */
    @Override
    public String toString() {
        return "may " + SketchText.readable(user) + " do " + SketchText.readable(permission) + " at " + target;
    }
}
