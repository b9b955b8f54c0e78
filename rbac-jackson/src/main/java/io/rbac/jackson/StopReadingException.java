package io.rbac.jackson;

/** Ends the reading of a document early; the reason was reported before. */
final class StopReadingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StopReadingException() {
        super(null, null, false, false);
    }
}
