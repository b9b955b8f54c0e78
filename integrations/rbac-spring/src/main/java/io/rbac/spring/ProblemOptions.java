package io.rbac.spring;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;

/**
 * What a client learns of a denied request.
 *
 * <p>Two options are equal if all their parts are. This class is immutable and thread-safe.
 *
 * @param details what the body says
 * @param secretScopes the names of scopes whose targets are a secret to those who have no permission there: such a request is
 *     answered with 404, as if the target did not exist
 * @param retryAfter after which time a client should ask again if the store fails
 * @since 0.1
 */
public record ProblemOptions(Details details, Set<String> secretScopes, Duration retryAfter) {

    /** The options by default: nothing is said, nothing is a secret, and clients ask again after a second. */
    public static final ProblemOptions STANDARD = new ProblemOptions(Details.NONE, Set.of(), Duration.ofSeconds(1));

    /**
     * Copies the set.
     *
     * @param details what the body says
     * @param secretScopes the names of scopes whose targets are a secret
     * @param retryAfter after which time a client should ask again
     */
    public ProblemOptions {
        requireNonNull(details, "details");
        requireNonNull(retryAfter, "retry after");
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
        /** Also which permissions it needs, and where. */
        PERMISSION
    }
}
