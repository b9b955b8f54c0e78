package io.rbac.roleapi;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStoreException;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Handles requests to the role API of one product, over the policies of an engine.
 *
 * <p>It does not depend on a transport: make a {@link RoleRequest} of the method, target, headers and body that came
 * in, call {@link #handle}, and send back the status, headers and body of the {@link RoleResponse}. Build the engine
 * with {@link RoleDialect#rules}, {@link RoleDialect#guard} and {@link RoleDialect#ids}. The example {@code role-api}
 * mounts all three products on the HTTP server of the JDK and, in its tests, on a servlet container.
 *
 * <p>The host creates the accounts, by {@link PermissionEngine#create}. Callers read and change only their own account.
 * Reads need the permissions that {@linkplain RoleDialect#withNeededToRead the dialect} names; changes are judged by
 * the engine's guard, which must be that of the dialect: even for the account itself, whose system roles the guard
 * protects. A request is one edit: it is committed on exactly the revision that it was read against, as a whole or not
 * at all.
 *
 * <p>The {@code ETag} of a response is the {@linkplain io.rbac.model.Version version} of the account that it shows; responses
 * to PUT and DELETE have none. An edit whose {@code If-Match} names another version is answered with 412, so that nobody
 * overwrites what they have not seen; {@code If-Match: *} and no such header accept every version. There are no conditional
 * reads: what a role shows depends on the caller, too.
 *
 * <p>{@link #handle} never throws because of a request. Errors have the form of the product and report everything that
 * is wrong, where possible; callers who may not make a change at all learn only that. A failure on this side is
 * answered with 503 if the store failed and with 500 otherwise; the response does not say why, and the exception goes
 * to {@link Builder#onFailure}.
 *
 * <p>This class is thread-safe.
 *
 * @since 0.1
 */
public final class RoleApi {

    private final PermissionEngine engine;
    private final DialectOptions options;
    private final WireFormat wireFormat;
    private final List<Route> routes;
    private final Function<RoleRequest, Optional<Caller>> authentication;
    private final long maxBytes;
    private final Consumer<? super Throwable> failures;

    private RoleApi(Builder builder, Function<RoleRequest, Optional<Caller>> authentication) {
        this.engine = builder.engine;
        this.options = builder.options;
        this.wireFormat = options.product.wireFormat(options);
        this.routes = options.ownRights
                ? Stream.concat(wireFormat.routes().stream(), Stream.of(new OwnRights(options).route()))
                        .toList()
                : wireFormat.routes();
        this.authentication = authentication;
        this.maxBytes = builder.maxBytes;
        this.failures = builder.failures;
    }

    /**
     * Returns a builder.
     *
     * @param engine an engine with the rules and the {@linkplain RoleDialect#guard guard} of the dialect, which there is
     *     over scopes only that the product works with
     * @param dialect the product whose API is served
     */
    public static Builder builder(PermissionEngine engine, RoleDialect dialect) {
        return new Builder(requireNonNull(engine, "engine"), dialect.options());
    }

    /**
     * Returns the maximum size of a body in bytes. A transport needs to read at most one byte more: by that, a body is known
     * to be too large.
     */
    public long maxBytes() {
        return maxBytes;
    }

    /** Handles a request and returns the response to it. */
    public RoleResponse handle(RoleRequest request) {
        requireNonNull(request, "request");
        try {
            return perform(request);
        } catch (RequestRefusedException e) {
            return error(e.detail().status(), List.of(e.detail())).with(e.headers());
        } catch (PolicyViolationException e) {
            List<ErrorDetail> details = e.violations().stream()
                    .map(violation -> ErrorDetail.of(options.status(violation.code()), violation))
                    .toList();
            return error(details.get(0).status(), details);
        } catch (PolicyStoreException e) {
            return failure(e, new ErrorDetail(503, "UNAVAILABLE", "", "the request cannot be answered at the moment"));
        } catch (RuntimeException e) {
            return failure(e, new ErrorDetail(500, "INTERNAL_ERROR", "", "the request cannot be answered"));
        }
    }

    private RoleResponse error(int status, List<ErrorDetail> details) {
        return RoleResponse.of(status, options.product.mediaType(), Json.bytes(wireFormat.error(status, details)));
    }

    private RoleResponse failure(RuntimeException reason, ErrorDetail detail) {
        failures.accept(reason);
        return error(detail.status(), List.of(detail));
    }

    private RoleResponse perform(RoleRequest request) {
        Caller caller = authenticate(request).orElseThrow(this::unauthenticated);
        RequestTarget target = RequestTarget.parse(request.target());
        List<String> path = pathBelowBase(target.segments());
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<List<String>> ids = route.match(path);
            if (ids.isPresent() && route.method().equals(request.method())) {
                requireSize(request);
                if (!route.hasParameters()) {
                    target.requireNoParameters(options.lenient);
                }
                Call call = new Call(engine, options, request, target, caller, ids.get());
                JsonResponse response = route.operation().perform(call);
                return RoleResponse.of(response.status(), options.product.mediaType(), Json.bytes(response.body()))
                        .with(call.headers());
            }
            ids.ifPresent(matched -> allowed.add(route.method()));
        }
        throw allowed.isEmpty() ? unknownPath() : otherMethod(request.method(), String.join(", ", allowed));
    }

    private Optional<Caller> authenticate(RoleRequest request) {
        try {
            return authentication.apply(request);
        } catch (PolicyViolationException e) {
            throw new IllegalStateException("the authentication failed", e); // not because of the request
        }
    }

    /** Returns the segments after the base path, none if the path is not below it. */
    private List<String> pathBelowBase(List<String> segments) {
        List<String> base = List.of(options.basePath.split("/", -1));
        return segments.size() > base.size() && segments.subList(0, base.size()).equals(base)
                ? segments.subList(base.size(), segments.size())
                : List.of();
    }

    private void requireSize(RoleRequest request) {
        if (request.content().length > maxBytes) {
            Violation violation = Violation.of(
                    Code.LIMIT_EXCEEDED, "", null, "the body is too large: expected at most " + maxBytes + " bytes");
            throw new RequestRefusedException(ErrorDetail.of(options.status(violation.code(), 413), violation));
        }
    }

    private RequestRefusedException unauthenticated() {
        return new RequestRefusedException(
                new ErrorDetail(401, "UNAUTHENTICATED", "", "the caller is not authenticated"),
                Map.of("WWW-Authenticate", options.product.challenge()));
    }

    private static RequestRefusedException unknownPath() {
        return new RequestRefusedException(new ErrorDetail(404, "NOT_FOUND", "", "there is nothing at this path"));
    }

    private static RequestRefusedException otherMethod(String method, String allowed) {
        return new RequestRefusedException(
                new ErrorDetail(
                        405,
                        "METHOD_NOT_ALLOWED",
                        "",
                        "the method is " + Violation.quote(method) + ": expected one of " + allowed),
                Map.of("Allow", allowed));
    }

    /**
     * Builder for a {@link RoleApi}.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private static final long DEFAULT_MAX_BYTES = 1L << 20;

        private final PermissionEngine engine;
        private final DialectOptions options;
        private @Nullable Function<RoleRequest, Optional<Caller>> authentication;
        private long maxBytes = DEFAULT_MAX_BYTES;
        private Consumer<? super Throwable> failures = Builder::passToThread;

        private Builder(PermissionEngine engine, DialectOptions options) {
            this.engine = engine;
            this.options = options;
        }

        private static void passToThread(Throwable failure) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        }

        /**
         * Sets the function that finds out from the headers of a request who makes it. If it returns nothing, the
         * response is 401. Required. The account is the one that this function returns; nothing in the request can
         * replace it.
         */
        public Builder authentication(Function<RoleRequest, Optional<Caller>> newAuthentication) {
            authentication = requireNonNull(newAuthentication, "authentication");
            return this;
        }

        /**
         * Sets the maximum size of a body in bytes. The default is 1 MiB.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException(
                        "the maximum size of a body is `" + bytes + "` bytes: expected zero or more");
            }
            maxBytes = bytes;
            return this;
        }

        /**
         * Sets the handler for exceptions that are not the fault of a request. It must not throw. The default passes
         * them to the {@linkplain Thread#getUncaughtExceptionHandler() uncaught exception handler} of the thread.
         */
        public Builder onFailure(Consumer<? super Throwable> handler) {
            failures = requireNonNull(handler, "handler");
            return this;
        }

        /**
         * Returns the role API.
         *
         * @throws IllegalStateException if no authentication is set
         * @throws IllegalArgumentException if the product does not know the scopes of the engine's catalog
         */
        public RoleApi build() {
            if (authentication == null) {
                throw new IllegalStateException("no authentication is set: expected one");
            }
            options.product.requireScopes(engine.catalog().scopes());
            return new RoleApi(this, authentication);
        }
    }
}
