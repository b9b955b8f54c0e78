package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;

/** Reports to a host's mapper what is wrong with a value; its location is that of the first violation. */
final class RefusedValueException extends JsonMappingException {

    private static final long serialVersionUID = 1L;

    RefusedValueException(JsonParser parser, PolicyViolationException cause) {
        super(parser, cause.getMessage(), cause);
        Violation first = cause.violations().get(0);
        if (first.line() > 0) {
            _location = new JsonLocation(ContentReference.redacted(), -1L, first.line(), first.column());
        }
    }
}
