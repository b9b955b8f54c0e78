package io.rbac.spring.boot;

/** Thrown when the application starts without something that cannot be guessed. */
final class MissingRbacSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    MissingRbacSettingException(String problem, String action) {
        super(problem);
        this.action = action;
    }

    /** Returns what to do. */
    String action() {
        return action;
    }
}
