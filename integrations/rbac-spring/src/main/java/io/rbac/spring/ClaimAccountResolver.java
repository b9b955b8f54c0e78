package io.rbac.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/** Takes the account from a claim of the user's token; a claim that is not a string is none. */
final class ClaimAccountResolver implements AccountResolver {

    private final String name;

    ClaimAccountResolver(String name) {
        this.name = name;
    }

    @Override
    public @Nullable String account(Authentication authentication, RequestValues request) {
        return claim(authentication.getPrincipal()) instanceof String account ? account : null;
    }

    private @Nullable Object claim(@Nullable Object principal) {
        if (principal instanceof ClaimAccessor token) {
            return token.getClaims().get(name);
        }
        return principal instanceof OAuth2AuthenticatedPrincipal user
                ? user.getAttributes().get(name)
                : null;
    }

    @Override
    public String toString() {
        return "claim " + name;
    }
}
