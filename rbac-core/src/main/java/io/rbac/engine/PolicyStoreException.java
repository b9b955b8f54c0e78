package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a store could not do what it was asked for. It says nothing about what was asked.
 *
 * @since 0.1
 */
public final class PolicyStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;

    /** Creates an exception that says: nothing was written. */
    public PolicyStoreException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    /**
     * Creates an exception.
     *
     * @param message for people
     * @param cause what the store ran into, {@code null} where that is not a {@code Throwable}
     * @param outcomeUnknown whether what was to be written may have been written, or may yet be
     */
    public PolicyStoreException(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(requireNonNull(message, "message"), cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /**
     * Tells whether what was to be written may have been written all the same. If not, nothing was. An engine reads what
     * is stored before it answers again for that account.
     */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
