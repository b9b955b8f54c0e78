package io.rbac.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An error that leaves a command without a result, with a message for the user. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ViolationReport violations;

    CommandFailure(String message) {
        super(message);
        this.violations = null;
    }

    /** Creates a failure that is caused by violations in a file. */
    CommandFailure(ViolationReport violations, String message) {
        super(message);
        this.violations = violations;
    }

    /** Returns the violations behind the failure, if there are any. */
    Optional<ViolationReport> violations() {
        return Optional.ofNullable(violations);
    }
}
