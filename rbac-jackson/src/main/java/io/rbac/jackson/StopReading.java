package io.rbac.jackson;

/** Ends the reading of a document early; why was reported before. */
final class StopReading extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StopReading() {
        super(null, null, false, false);
    }
}
