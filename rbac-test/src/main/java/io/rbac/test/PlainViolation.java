package io.rbac.test;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a plain policy or with a batch of edits.
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param code the code of the violation, for example {@code NAME_TAKEN}
 * @param path where it is, a JSON Pointer; indexes are those of the lists that were given
 * @since 0.1
 */
public record PlainViolation(String code, String path) {

    public PlainViolation {
        requireNonNull(code, "code");
        requireNonNull(path, "path");
    }

    /** Returns a name as a step of a JSON Pointer, with its slash. */
    static String step(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** Returns the violation as a readable string, for example {@code NAME_TAKEN at /roles/2/name}. */
    @Override
    public String toString() {
        return code + " at " + path;
    }
}
