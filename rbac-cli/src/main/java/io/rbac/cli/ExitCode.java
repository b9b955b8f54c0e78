package io.rbac.cli;

/** What the process ends with. */
final class ExitCode {

    /** Allowed; valid; all as expected. */
    static final int YES = 0;

    /** Denied; not all as expected. */
    static final int NO = 1;

    /** There is no answer: a mistake in the arguments or in a document. */
    static final int ERROR = 2;

    private ExitCode() {}
}
