package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Target;

/**
 * One check of a policy, with the answer that it must give. User, permission and target may be unknown: then the policy
 * answers false.
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param user the id of the user
 * @param permission the key of the permission
 * @param target where, with its parent if one is given
 * @param allowed the answer
 * @param line the line of the file that the test starts in, from one
 * @since 0.1
 */
public record ExpectedAnswer(String user, String permission, Target target, boolean allowed, int line) {

    public ExpectedAnswer {
        requireNonNull(user, "user");
        requireNonNull(permission, "permission");
        requireNonNull(target, "target");
    }
}
