package io.rbac.jackson;

import java.util.List;

/**
 * A bad document and what must be said of it.
 *
 * @param name of the case
 * @param document with a mark at each place that must be named
 * @param problems codes and paths, in order
 */
record BadDocument(String name, String document, List<String> problems) {

    /** The document without marks. */
    String text() {
        return document.replace(Documents.MARK, "");
    }
}
