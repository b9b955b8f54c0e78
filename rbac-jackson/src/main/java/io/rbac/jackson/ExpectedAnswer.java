package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Target;

/**
 * One question to a policy, with the answer that it must give. Immutable and thread-safe.
 *
 * @param user the user who is asked about
 * @param permission the key of the permission
 * @param target where, with the stated place of a chat if there is one
 * @param allowed the answer
 * @param line the line of the file that the question starts in, from one
 * @since 0.1
 */
public record ExpectedAnswer(String user, String permission, Target target, boolean allowed, int line) {

    /**
     * Creates an expected answer. Whether user, permission and target are known is not asked: for an unknown one the
     * answer is false.
     *
     * @param user the user who is asked about
     * @param permission the key of the permission
     * @param target where, with the stated place of a chat if there is one
     * @param allowed the answer
     * @param line the line of the file that the question starts in, from one
     */
    public ExpectedAnswer {
        requireNonNull(user, "user");
        requireNonNull(permission, "permission");
        requireNonNull(target, "target");
    }
}
