package io.rbac.roleapi;

import java.util.Map;

/**
 * Thrown if a request is refused for a single reason that has a status of its own; all other reasons are violations.
 */
final class RequestRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorDetail detail;
    private final transient Map<String, String> headers;

    RequestRefusedException(ErrorDetail detail) {
        this(detail, Map.of());
    }

    /** With headers that the response must have. */
    RequestRefusedException(ErrorDetail detail, Map<String, String> headers) {
        super(detail.message(), null, false, false);
        this.detail = detail;
        this.headers = headers;
    }

    ErrorDetail detail() {
        return detail;
    }

    Map<String, String> headers() {
        return headers;
    }
}
