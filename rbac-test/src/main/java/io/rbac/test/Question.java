package io.rbac.test;

import static java.util.Objects.requireNonNull;

/**
 * One check: may this user do this here?
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param user the id of a user, known or not
 * @param permission the key of a permission, known or not
 * @param target a target, known or not
 * @since 0.1
 */
public record Question(String user, String permission, PlainTarget target) {

    public Question {
        requireNonNull(user, "user");
        requireNonNull(permission, "permission");
        requireNonNull(target, "target");
    }

    /** Returns the question as a readable string, for example {@code may bob do user:read at team/support}. */
    @Override
    public String toString() {
        return "may " + PlainPolicyText.readable(user) + " do " + PlainPolicyText.readable(permission) + " at "
                + target;
    }
}
