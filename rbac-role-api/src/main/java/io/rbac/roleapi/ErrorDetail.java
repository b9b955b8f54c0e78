package io.rbac.roleapi;

import io.rbac.model.Violation;

/**
 * One reason for refusing a request, as a response reports it.
 *
 * @param status the status that a response with only this reason would have
 * @param code a stable word in upper case: a {@link Violation.Code}, or one for a status of HTTP
 * @param location a JSON Pointer into the body of the request; {@code ?} and the name of a query parameter; empty for
 *     neither
 * @param message human-readable
 */
record ErrorDetail(int status, String code, String location, String message) {

    /** Marks the location of a query parameter. */
    static final String PARAMETER = "?";

    static ErrorDetail of(int status, Violation violation) {
        return new ErrorDetail(status, violation.code().name(), violation.path(), violation.message());
    }

    boolean isInBody() {
        return location.startsWith("/");
    }

    boolean isInQuery() {
        return location.startsWith(PARAMETER);
    }
}
