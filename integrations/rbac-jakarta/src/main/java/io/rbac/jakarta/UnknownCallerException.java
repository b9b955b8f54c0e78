package io.rbac.jakarta;

/**
 * Thrown when a permission is required and it is not known who calls, or in which account.
 *
 * @since 0.1
 */
public final class UnknownCallerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownCallerException() {
        super("the caller or their account is not known");
    }
}
