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
import org.jspecify.annotations.Nullable;

/**
 * Answers requests to the role API of one product, over the policies of an engine.
 *
 * <p>It knows no transport: whoever has a request as method, target, headers and body makes a {@link RoleRequest} of them,
 * calls {@link #handle}, and sends back the status, headers and body of the {@link RoleResponse}. The engine is built with
 * {@link RoleDialect#rules}, {@link RoleDialect#guard} and {@link RoleDialect#ids}. The example {@code role-api} mounts all
 * three products on the HTTP server of the JDK and, in its tests, on a servlet container.
 *
 * <p>Accounts are created by the host, by {@link PermissionEngine#create}. Whoever is authenticated reads all roles of his
 * account; what he changes is judged by the engine's guard, which has to be that of the dialect: also for the account
 * itself, out of whose reach the guard keeps system roles. A request is carried out as one edit, whole or not at all, on
 * exactly the revision that it was read against.
 *
 * <p>A request never makes {@link #handle} throw. What is wrong with it is told in the error form of the product, all of it
 * where possible; who may not do something at all is told just that. What goes wrong on this side is 503 where the store
 * failed and 500 otherwise, says nothing of its reason, and is given to {@link Builder#onFailure}.
 *
 * <p>This class is thread-safe.
 *
 * @since 0.1
 */
public final class RoleApi {

    private final PermissionEngine engine;
    private final DialectOptions options;
    private final Wire wire;
    private final List<Route> routes;
    private final Function<RoleRequest, Optional<Caller>> authentication;
    private final long maxBytes;
    private final Consumer<? super Throwable> failures;

    private RoleApi(Builder builder, Function<RoleRequest, Optional<Caller>> authentication) {
        this.engine = builder.engine;
        this.options = builder.options;
        this.wire = options.product.wire(options);
        this.routes = wire.routes();
        this.authentication = authentication;
        this.maxBytes = builder.maxBytes;
        this.failures = builder.failures;
    }

    /**
     * Returns a builder.
     *
     * @param engine built with the rules and the guard of the dialect
     * @param dialect the product whose API is spoken
     */
    public static Builder builder(PermissionEngine engine, RoleDialect dialect) {
        return new Builder(requireNonNull(engine, "engine"), dialect.options());
    }

    /** Answers a request. */
    public RoleResponse handle(RoleRequest request) {
        requireNonNull(request, "request");
        try {
            Answer answer = answer(request);
            return RoleResponse.of(answer.status(), options.product.mediaType(), Json.bytes(answer.body()));
        } catch (Refusal e) {
            return refused(e.fault().status(), List.of(e.fault())).with(e.headers());
        } catch (PolicyViolationException e) {
            List<Fault> faults = e.violations().stream()
                    .map(violation -> Fault.of(options.status(violation.code()), violation))
                    .toList();
            return refused(faults.get(0).status(), faults);
        } catch (PolicyStoreException e) {
            return failed(e, new Fault(503, "UNAVAILABLE", "", "this cannot be answered at the moment"));
        } catch (RuntimeException e) {
            return failed(e, new Fault(500, "INTERNAL_ERROR", "", "this cannot be answered"));
        }
    }

    private RoleResponse refused(int status, List<Fault> faults) {
        return RoleResponse.of(status, options.product.mediaType(), Json.bytes(wire.error(status, faults)));
    }

    private RoleResponse failed(RuntimeException reason, Fault fault) {
        failures.accept(reason);
        return refused(fault.status(), List.of(fault));
    }

    private Answer answer(RoleRequest request) {
        Caller caller = caller(request).orElseThrow(this::unauthenticated);
        RequestTarget target = RequestTarget.parse(request.target());
        List<String> path = pathBelowBase(target.segments());
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<List<String>> ids = route.ids(path);
            if (ids.isPresent() && route.method().equals(request.method())) {
                requireSize(request);
                if (!route.hasParameters()) {
                    target.requireNoParameters(options.lenient);
                }
                return route.operation().answer(new Call(engine, options, request, target, caller, ids.get()));
            }
            ids.ifPresent(matched -> allowed.add(route.method()));
        }
        throw allowed.isEmpty() ? unknownPath() : otherMethod(request.method(), String.join(", ", allowed));
    }

    private Optional<Caller> caller(RoleRequest request) {
        try {
            return authentication.apply(request);
        } catch (PolicyViolationException e) {
            throw new IllegalStateException("the authentication failed", e); // it is no fault of the request
        }
    }

    /** The segments behind the base path, none where the path is not below it. */
    private List<String> pathBelowBase(List<String> segments) {
        List<String> base = List.of(options.basePath.split("/", -1));
        return segments.size() > base.size() && segments.subList(0, base.size()).equals(base)
                ? segments.subList(base.size(), segments.size())
                : List.of();
    }

    private void requireSize(RoleRequest request) {
        if (request.content().length > maxBytes) {
            Violation violation = Violation.of(
                    Code.LIMIT_EXCEEDED,
                    "",
                    null,
                    "the body has more than " + maxBytes + " bytes, the most that is read");
            throw new Refusal(Fault.of(options.status(violation.code(), 413), violation));
        }
    }

    private Refusal unauthenticated() {
        return new Refusal(
                new Fault(401, "UNAUTHENTICATED", "", "the caller is not known"),
                Map.of("WWW-Authenticate", options.product.challenge()));
    }

    private static Refusal unknownPath() {
        return new Refusal(new Fault(404, "NOT_FOUND", "", "there is nothing at this path"));
    }

    private static Refusal otherMethod(String method, String allowed) {
        return new Refusal(
                new Fault(
                        405,
                        "METHOD_NOT_ALLOWED",
                        "",
                        "the method is " + Violation.quote(method) + ": expected one of " + allowed),
                Map.of("Allow", allowed));
    }

    /**
     * Gathers what a role API is made of.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private static final long USUAL_BYTES = 1L << 20;

        private final PermissionEngine engine;
        private final DialectOptions options;
        private @Nullable Function<RoleRequest, Optional<Caller>> authentication;
        private long maxBytes = USUAL_BYTES;
        private Consumer<? super Throwable> failures = Builder::uncaught;

        private Builder(PermissionEngine engine, DialectOptions options) {
            this.engine = engine;
            this.options = options;
        }

        private static void uncaught(Throwable thrown) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        }

        /**
         * Sets what tells from the headers of a request who makes it; empty is answered by 401. Required. Only what it
         * vouches for is believed: the account never comes from the request itself.
         */
        public Builder authentication(Function<RoleRequest, Optional<Caller>> newAuthentication) {
            authentication = requireNonNull(newAuthentication, "authentication");
            return this;
        }

        /**
         * Sets the most bytes of a request's body: 1 MiB by default.
         *
         * @throws IllegalArgumentException for a negative number
         */
        public Builder maxBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("the body has at most `" + bytes + "` bytes: expected zero or more");
            }
            maxBytes = bytes;
            return this;
        }

        /**
         * Sets what is given that which goes wrong on this side while a request is answered: by default the {@linkplain
         * Thread#getUncaughtExceptionHandler() handler} of the thread. It must not throw.
         */
        public Builder onFailure(Consumer<? super Throwable> handler) {
            failures = requireNonNull(handler, "handler");
            return this;
        }

        /**
         * Returns the role API.
         *
         * @throws IllegalStateException if no authentication is given
         */
        public RoleApi build() {
            if (authentication == null) {
                throw new IllegalStateException("no authentication is given: expected what tells who makes a request");
            }
            return new RoleApi(this, authentication);
        }
    }
}
