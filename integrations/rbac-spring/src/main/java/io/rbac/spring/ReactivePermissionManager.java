package io.rbac.spring;

import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import reactor.core.publisher.Mono;

/** Decides in Spring Security 7 and 6 alike. */
abstract class ReactivePermissionManager<T> implements ReactiveAuthorizationManager<T> {

    ReactivePermissionManager() {}

    abstract Mono<PermissionDecision> decide(Mono<Authentication> authentication, T object);

    /** Returns the decision on an exchange or a call. */
    @Override
    public final Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, T object) {
        return decide(authentication, object).cast(AuthorizationResult.class);
    }

    /** Returns the decision on an exchange or a call: what Spring Security 6 asks for. */
    public final Mono<AuthorizationDecision> check(Mono<Authentication> authentication, T object) {
        return decide(authentication, object).cast(AuthorizationDecision.class);
    }
}
