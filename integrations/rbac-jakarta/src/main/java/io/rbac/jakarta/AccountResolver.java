package io.rbac.jakarta;

import static java.util.Objects.requireNonNull;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/**
 * Finds the account of a request of JAX-RS. An application with CDI that has a bean of this type needs none of the type {@link
 * Caller}: whoever calls is the user of the security context then.
 *
 * <p>Implementations are thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AccountResolver {

    /**
     * Returns the id of the account, {@code null} if there is none: then everything is denied.
     *
     * @param uri what is asked for, with the parameters of the path
     * @param headers the headers of the request, which a client can set as it likes
     * @param security who asks
     */
    @Nullable
    String account(UriInfo uri, MultivaluedMap<String, String> headers, SecurityContext security);

    /**
     * Returns the resolver for an application whose paths name the account: the parameter of the path of this name. A
     * user who is not of that account holds no role in it, as long as ids of users are not reused between accounts.
     */
    static AccountResolver pathParameter(String name) {
        requireNonNull(name, "name");
        return (uri, headers, security) -> uri.getPathParameters().getFirst(name);
    }

    /** Returns the resolver for an application with one account. */
    static AccountResolver fixed(String account) {
        requireNonNull(account, "account");
        return (uri, headers, security) -> account;
    }
}
