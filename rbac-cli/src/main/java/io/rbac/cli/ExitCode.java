package io.rbac.cli;

/** The exit codes of the process. */
final class ExitCode {

    /** Allowed; valid; all as expected. */
    static final int YES = 0;

    /** Denied; not all as expected. */
    static final int NO = 1;

    /** No answer: the arguments are invalid, or a file is invalid or cannot be read. */
    static final int ERROR = 2;

    private ExitCode() {}
}
