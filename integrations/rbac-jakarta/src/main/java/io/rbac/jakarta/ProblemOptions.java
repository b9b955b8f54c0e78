package io.rbac.jakarta;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * What a client learns of a denied request.
 *
 * <p>Two options are equal if all their parts are. This class is immutable and thread-safe.
 *
 * @param details what the body says
 * @param secretScopes the names of scopes whose targets are a secret to those who have no permission there: such a request is
 *     answered with 404, as if the target did not exist
 * @since 0.1
 */
public record ProblemOptions(Details details, Set<String> secretScopes) {

    /** The options by default: nothing is said, and nothing is a secret. */
    public static final ProblemOptions STANDARD = new ProblemOptions(Details.NONE, Set.of());

    /**
     * Copies the set.
     *
     * @param details what the body says
     * @param secretScopes the names of scopes whose targets are a secret
     */
    public ProblemOptions {
        requireNonNull(details, "details");
        secretScopes = Set.copyOf(secretScopes);
    }

    /**
     * What the body of a 403 says.
     *
     * @since 0.1
     */
    public enum Details {
        /** That the request is forbidden. */
        NONE,
        /** Also which permission the user lacks, and where. */
        PERMISSION,
        /**
         * Also why: the {@link io.rbac.review.Explanation.Reason} by its name and as a sentence. Neither names a role or
         * another target.
         */
        REASON
    }
}
