package io.rbac.jakarta;

import java.util.List;

/**
 * Thrown when the application starts with an annotation that cannot be meant: it names a permission or a scope that the
 * catalog lacks, a placeholder that nothing has a value for, or a permission that no role may hold there.
 *
 * @since 0.1
 */
public final class InvalidRulesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidRulesException(List<String> problems) {
        super(
                problems.size() == 1
                        ? problems.get(0)
                        : problems.size() + " rules are wrong\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns everything that is wrong, human-readable: where, what, and what was expected. */
    public List<String> problems() {
        return problems;
    }
}
