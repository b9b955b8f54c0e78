package io.rbac.jakarta;

import static java.util.Objects.requireNonNull;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What beans know of the current request of JAX-RS. The fields are proxies of its runtime, which knows when a request ends: a
 * thread that is used again never has the caller of another request.
 */
@Priority(Priorities.AUTHENTICATION - 1)
final class CurrentRequest implements ContainerRequestFilter {

    private final RequestPins pins;

    @Context
    private @Nullable UriInfo uri;

    @Context
    private @Nullable HttpHeaders headers;

    @Context
    private @Nullable SecurityContext security;

    CurrentRequest(RequestPins pins) {
        this.pins = pins;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        pins.begin(RbacFeature.pinned(request));
    }

    /** Returns the user of the security context, in the account that is resolved; nobody outside of a request. */
    Caller caller(AccountResolver accounts) {
        return new Caller() {
            @Override
            public Optional<String> account() {
                return known().map(security -> accounts.account(
                        requireNonNull(uri), requireNonNull(headers).getRequestHeaders(), security));
            }

            @Override
            public Optional<String> user() {
                return known().map(RbacFeature::userOf);
            }
        };
    }

    /** Returns the security context, empty outside of a request, and as long as no application of JAX-RS has this filter. */
    private Optional<SecurityContext> known() {
        if (headers == null) {
            return Optional.empty();
        }
        try {
            headers.getRequestHeaders();
            return Optional.ofNullable(security);
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }
}
