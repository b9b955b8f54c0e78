package io.rbac.jackson;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;

/** Ends the reading of a document that has to be read again, because more is known now of its form than was assumed. */
final class ReadAgainException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient DocumentForm.Known known;
    private final transient Violation refusal;

    /**
     * @param known what is known now
     * @param refusal what is wrong with the document if it cannot be read again
     */
    ReadAgainException(DocumentForm.Known known, Violation refusal) {
        super(null, null, false, false);
        this.known = known;
        this.refusal = refusal;
    }

    DocumentForm.Known known() {
        return known;
    }

    PolicyViolationException refusal() {
        return PolicyViolationException.of(refusal);
    }
}
