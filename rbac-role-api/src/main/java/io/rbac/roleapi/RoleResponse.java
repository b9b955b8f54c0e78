package io.rbac.roleapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A response to be sent over the wire: status, headers and body.
 *
 * <p>Two responses are equal if all their parts are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class RoleResponse {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private RoleResponse(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static RoleResponse of(int status, String mediaType, byte[] body) {
        return new RoleResponse(status, Map.of("Content-Type", mediaType), body);
    }

    RoleResponse with(Map<String, String> more) {
        Map<String, String> copy = new LinkedHashMap<>(headers);
        copy.putAll(more);
        return new RoleResponse(status, Collections.unmodifiableMap(copy), body);
    }

    /** Returns the HTTP status code. */
    public int status() {
        return status;
    }

    /** Returns the headers by their names; {@code Content-Type} is always among them. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Returns a copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** Returns the body as a string; its encoding is always UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RoleResponse that
                && status == that.status
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, headers, Arrays.hashCode(body));
    }

    /** Returns the status and the body, human-readable. */
    @Override
    public String toString() {
        return status + " " + text();
    }
}
