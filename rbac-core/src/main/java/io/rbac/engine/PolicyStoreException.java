package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a store fails. It says nothing about whether the request was valid.
 *
 * @since 0.1
 */
public final class PolicyStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;

    /** Creates an exception that means that nothing was written. */
    public PolicyStoreException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    /**
     * Creates an exception.
     *
     * @param message the human-readable message
     * @param cause the cause of the failure, {@code null} if it is not a {@code Throwable}
     * @param outcomeUnknown whether the write may have happened, or may still happen
     */
    public PolicyStoreException(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(requireNonNull(message, "message"), cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /**
     * Returns whether the write may have happened nevertheless. If not, nothing was written. If so, an engine reads
     * what is stored before it answers for that account again.
     */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
