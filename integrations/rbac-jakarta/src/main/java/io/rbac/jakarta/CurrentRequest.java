package io.rbac.jakarta;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.security.Principal;
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
                UriInfo asked = uri;
                HttpHeaders given = headers;
                SecurityContext known = security;
                return asked == null || given == null || known == null || !isInRequest(given)
                        ? Optional.empty()
                        : Optional.ofNullable(accounts.account(asked, given.getRequestHeaders(), known));
            }

            @Override
            public Optional<String> user() {
                SecurityContext known = security;
                return known == null || headers == null || !isInRequest(headers)
                        ? Optional.empty()
                        : Optional.ofNullable(nameOf(known));
            }
        };
    }

    private static boolean isInRequest(HttpHeaders headers) {
        try {
            headers.getRequestHeaders();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    static @Nullable String nameOf(SecurityContext security) {
        Principal principal = security.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }
}
