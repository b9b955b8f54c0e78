package io.rbac.spring;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Finds out which account a request is about. A user who is not of that account holds no role in it, and so is denied
 * everything there: the account may come from the request as long as user ids are not reused between accounts.
 *
 * <p>Implementations are thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AccountResolver {

    /**
     * Returns the id of the account.
     *
     * @param authentication the authenticated user
     * @param request the current request
     * @return the id, which need not exist; {@code null} if there is none: then everything is denied
     */
    @Nullable
    String account(Authentication authentication, RequestValues request);

    /** Returns a resolver for an application with a single account. */
    static AccountResolver fixed(String account) {
        requireNonNull(account, "account");
        return (authentication, request) -> account;
    }

    /**
     * Returns a resolver that takes the account from a claim of the user's token: of a JWT, an OpenID Connect user or an
     * introspected token. Needs {@code spring-security-oauth2-core}, which whoever has such tokens has.
     */
    static AccountResolver claim(String name) {
        return new ClaimAccountResolver(requireNonNull(name, "name"));
    }

    /** Returns a resolver that takes the account from a variable of the path. */
    static AccountResolver pathVariable(String name) {
        requireNonNull(name, "name");
        return (authentication, request) -> request.pathVariable(name);
    }

    /**
     * Returns a resolver that takes the account from a header. The header must be one that a gateway sets and that no client
     * can send past it, unless user ids are unique among all accounts.
     */
    static AccountResolver header(String name) {
        requireNonNull(name, "name");
        return (authentication, request) -> request.header(name);
    }
}
