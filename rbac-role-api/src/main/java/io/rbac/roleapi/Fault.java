package io.rbac.roleapi;

import io.rbac.model.Violation;

/**
 * One thing for which a request is refused, as a response tells it.
 *
 * @param status the status that this fault alone would have
 * @param code a stable word in upper case: that of a {@link Violation.Code}, or one of HTTP
 * @param place a JSON Pointer into the body of the request; {@code ?} and the name of a query parameter; empty for neither
 * @param message for people
 */
record Fault(int status, String code, String place, String message) {

    /** The mark of a query parameter. */
    static final String PARAMETER = "?";

    static Fault of(int status, Violation violation) {
        return new Fault(status, violation.code().name(), violation.path(), violation.message());
    }

    boolean isInBody() {
        return place.startsWith("/");
    }

    boolean isInQuery() {
        return place.startsWith(PARAMETER);
    }
}
