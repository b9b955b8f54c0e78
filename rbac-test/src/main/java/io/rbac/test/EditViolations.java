package io.rbac.test;

import java.util.LinkedHashSet;
import java.util.Set;

/** The violations of a batch of edits, each listed once. Not thread-safe. */
final class EditViolations {
    private final Set<PlainViolation> violations = new LinkedHashSet<>();
    private String base = "/changes";
    private int countBefore;

    /** Files what is reported from here on under the edit of this index. */
    void enterEdit(int index) {
        enter("/changes/" + index);
    }

    /** Files what is reported from here on under the batch as a whole. */
    void enterBatch() {
        enter("/changes");
    }

    private void enter(String path) {
        base = path;
        countBefore = violations.size();
    }

    /** Reports a violation at a path within the edit, or within the batch. */
    void report(String code, String path) {
        violations.add(new PlainViolation(code, base + path));
    }

    /** Returns whether anything was reported since the edit was entered. */
    boolean hasNew() {
        return violations.size() > countBefore;
    }

    Set<PlainViolation> all() {
        return violations;
    }
}
