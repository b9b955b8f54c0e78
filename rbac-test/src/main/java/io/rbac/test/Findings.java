package io.rbac.test;

import java.util.LinkedHashSet;
import java.util.Set;

/** What is wrong with a batch of edits, each thing once. Not safe for use by several threads. */
final class Findings {
    private final Set<Problem> problems = new LinkedHashSet<>();
    private String edit = "/changes";
    private int beforeEdit;

    /** What is reported from here on is of the edit with this index. */
    void enter(int index) {
        edit = "/changes/" + index;
        beforeEdit = problems.size();
    }

    /** What is reported from here on is of the whole batch. */
    void enterWhole() {
        edit = "/changes";
        beforeEdit = problems.size();
    }

    void report(String code, String path) {
        problems.add(new Problem(code, edit + path));
    }

    /** Something that was wrong before and still is. */
    void reportOld(Problem problem) {
        problems.add(problem);
    }

    /** Whether anything was reported of the edit. */
    boolean failed() {
        return problems.size() > beforeEdit;
    }

    Set<Problem> all() {
        return problems;
    }
}
