package io.rbac.jackson;

import java.util.ArrayList;
import java.util.List;

/**
 * A bad document and the violations that must be reported.
 *
 * @param name what is bad
 * @param document with a mark at each location that must be reported
 * @param violations codes and paths, in order
 */
record BadDocument(String name, String document, List<String> violations) {

    /** The document without marks. */
    String text() {
        return document.replace(Documents.MARK, "");
    }

    /** Bad documents of one kind. */
    static final class Rows {

        private final String base;
        private final List<BadDocument> rows = new ArrayList<>();

        Rows() {
            this(Documents.ACME);
        }

        /** Makes bad documents of a good one. */
        Rows(String base) {
            this.base = base;
        }

        /** Adds the good document with another text in place of one that it has exactly once. */
        void edit(String name, String text, String replacement, String... violations) {
            whole(name, Documents.replace(base, text, replacement), violations);
        }

        void whole(String name, String document, String... violations) {
            rows.add(new BadDocument(name, document, List.of(violations)));
        }

        List<BadDocument> all() {
            return rows;
        }
    }
}
