package io.rbac.roleapi;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire: method, target, headers and body, not yet understood.
 *
 * <p>Two requests are equal when all their parts are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class RoleRequest {

    private static final byte[] NOTHING = {};

    private final String method;
    private final String target;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    private RoleRequest(String method, String target, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    /**
     * Returns a request without headers and body.
     *
     * @param method the method, such as {@code GET}; its case matters
     * @param target the path, and the query behind a question mark if there is one, percent-encoded as on the wire
     */
    public static RoleRequest of(String method, String target) {
        return new RoleRequest(
                requireNonNull(method, "method"), requireNonNull(target, "target"), Collections.emptyMap(), NOTHING);
    }

    /** Returns this request with one more header; of a header that it has already, with one more value. */
    public RoleRequest header(String name, String value) {
        Map<String, List<String>> copy = new TreeMap<>(headers);
        List<String> values = new ArrayList<>(copy.getOrDefault(lowerCase(name), List.of()));
        values.add(requireNonNull(value, "value"));
        copy.put(lowerCase(name), Collections.unmodifiableList(values));
        return new RoleRequest(method, target, Collections.unmodifiableMap(copy), body);
    }

    /** Returns this request with a body. */
    public RoleRequest body(byte[] newBody) {
        return new RoleRequest(method, target, headers, newBody.clone());
    }

    /** Returns this request with a text in UTF-8 as its body. */
    public RoleRequest body(String utf8) {
        return new RoleRequest(method, target, headers, utf8.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the method. */
    public String method() {
        return method;
    }

    /** Returns path and query as they came. */
    public String target() {
        return target;
    }

    /** Returns the first value of a header, whatever the case of its name; empty if there is none. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(lowerCase(name));
        return values == null ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Returns all headers, their names in lower case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** Returns the body, empty if there is none: a new array. */
    public byte[] body() {
        return body.clone();
    }

    /** The body without a copy. */
    byte[] content() {
        return body;
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RoleRequest that
                && method.equals(that.method)
                && target.equals(that.target)
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(method, target, headers, Arrays.hashCode(body));
    }

    /** Returns method, target and the size of the body, for people; no header, as one may be a secret. */
    @Override
    public String toString() {
        return method + ' ' + target + " (" + body.length + " bytes)";
    }
}
