package io.rbac.jackson;

import io.rbac.model.Violation;
import java.io.IOException;

/** Carries a violation of the characters of a document through the parser that reads them. */
final class SourceException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Violation violation;

    SourceException(Violation violation) {
        super(violation.message());
        this.violation = violation;
    }

    Violation violation() {
        return violation;
    }
}
