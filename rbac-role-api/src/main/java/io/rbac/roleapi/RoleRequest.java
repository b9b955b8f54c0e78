package io.rbac.roleapi;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire, not yet parsed: method, target, headers and body.
 *
 * <p>Two requests are equal if all their parts are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class RoleRequest {

    private static final byte[] NO_BODY = {};

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
     * Returns a request without headers or body.
     *
     * @param method the method, such as {@code GET}; case-sensitive
     * @param target the path and, after a question mark, the query if there is one: percent-encoded as on the wire
     */
    public static RoleRequest of(String method, String target) {
        return new RoleRequest(
                requireNonNull(method, "method"), requireNonNull(target, "target"), Collections.emptyMap(), NO_BODY);
    }

    /** Returns this request with one more header. If it has one of this name, the value is added to that. */
    public RoleRequest header(String name, String value) {
        return headers(Map.of(name, List.of(requireNonNull(value, "value"))));
    }

    /**
     * Returns this request with more headers. If it has one of the same name, the values are added to that. All headers
     * of a message should be added by one call, as each call copies those that are already there.
     */
    public RoleRequest headers(Map<String, ? extends Collection<String>> more) {
        Map<String, List<String>> copy = new TreeMap<>();
        headers.forEach((name, values) -> copy.put(name, new ArrayList<>(values)));
        more.forEach((name, values) -> copy.computeIfAbsent(lowerCase(name), absent -> new ArrayList<>())
                .addAll(List.copyOf(values)));
        copy.values().removeIf(List::isEmpty);
        copy.replaceAll((name, values) -> Collections.unmodifiableList(values));
        return new RoleRequest(method, target, Collections.unmodifiableMap(copy), body);
    }

    /** Returns this request with a body. */
    public RoleRequest body(byte[] newBody) {
        return new RoleRequest(method, target, headers, newBody.clone());
    }

    /** Returns this request with a body in UTF-8. */
    public RoleRequest body(String utf8) {
        return new RoleRequest(method, target, headers, utf8.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the method. */
    public String method() {
        return method;
    }

    /** Returns the path and query, as they came. */
    public String target() {
        return target;
    }

    /** Returns the first value of a header, if there is one. The case of the name does not matter. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(lowerCase(name));
        return values == null ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Returns all headers by their names in lower case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** Returns a copy of the body, empty if there is none. */
    public byte[] body() {
        return body.clone();
    }

    /** Returns the body itself. */
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

    /** Returns the method, target and body size, human-readable; no headers, as they may hold secrets. */
    @Override
    public String toString() {
        return method + ' ' + target + " (" + body.length + " bytes)";
    }
}
