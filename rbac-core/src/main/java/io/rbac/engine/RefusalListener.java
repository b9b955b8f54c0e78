package io.rbac.engine;

import io.rbac.matrix.PermissionDeniedException;
import io.rbac.model.PolicyViolationException;

/**
 * Learns what was refused: for an audit that also sees what did not happen. What was committed is reported to a {@link
 * PolicyListener}.
 *
 * <p>It is called in the thread that asked, before the exception reaches the caller and while no lock is held, so it should
 * return soon. What it throws goes to the {@linkplain Thread#getUncaughtExceptionHandler() uncaught exception handler} of
 * that thread; the exception reaches the caller all the same.
 *
 * <p>An implementation is thread-safe.
 *
 * @since 0.1
 */
public interface RefusalListener {

    /** Called when an edit is refused. Does nothing by default. */
    default void refused(PolicyEdit edit, PolicyViolationException refusal) {}

    /**
     * Called when a user is denied what was {@linkplain PermissionEngine#require required} of an engine or one of its
     * {@linkplain AccountChecker checkers}, or what was {@linkplain PermissionEngine#reportDenial reported}. Questions, which
     * return an answer, are not reported. Does nothing by default.
     */
    default void denied(PermissionDeniedException denial) {}
}
