package io.rbac.roleapi;

import java.util.Map;

/** Thrown for a request that is refused for one reason with a status of its own; other reasons are violations. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;
    private final transient Map<String, String> headers;

    Refusal(Fault fault) {
        this(fault, Map.of());
    }

    /** A refusal with headers that the response has to have. */
    Refusal(Fault fault, Map<String, String> headers) {
        super(fault.message(), null, false, false);
        this.fault = fault;
        this.headers = headers;
    }

    Fault fault() {
        return fault;
    }

    Map<String, String> headers() {
        return headers;
    }
}
