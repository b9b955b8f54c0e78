package io.rbac.jakarta;

import io.rbac.matrix.PermissionDeniedException;
import java.util.LinkedHashMap;

/** The body of an answer to a denied request, until it is known what the user may learn. */
final class Denial extends LinkedHashMap<String, Object> {

    private static final long serialVersionUID = 1L;

    private final transient PermissionDeniedException thrown;

    Denial(PermissionDeniedException thrown) {
        this.thrown = thrown;
    }

    PermissionDeniedException thrown() {
        return thrown;
    }
}
