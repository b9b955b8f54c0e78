package io.rbac.test;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a sketch. Immutable and safe for use by several threads.
 *
 * @param code the code of the violation, for example {@code NAME_TAKEN}
 * @param path where it is, as a JSON Pointer into the policy document, indexes in the order of the sketch
 * @since 0.1
 */
public record Problem(String code, String path) {
    /**
     * Makes a problem.
     *
     * @param code the code of the violation
     * @param path where it is, as a JSON Pointer
     */
    public Problem {
        requireNonNull(code, "code");
        requireNonNull(path, "path");
    }

    /** The problem as text, for example {@code NAME_TAKEN at /roles/2/name}. */
    @Override
    public String toString() {
        return code + " at " + path;
    }
}
