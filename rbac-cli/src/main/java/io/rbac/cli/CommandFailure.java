package io.rbac.cli;

import java.util.List;

/** A mistake of the user's that leaves a command without an answer, in words for him. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> details;

    CommandFailure(String message) {
        this(List.of(), message);
    }

    /** A failure with lines that are shown, as they stand, before the message. */
    CommandFailure(List<String> details, String message) {
        super(message);
        this.details = List.copyOf(details);
    }

    List<String> details() {
        return details;
    }
}
