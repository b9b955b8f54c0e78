package io.rbac.spring;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;

/** Decides in Spring Security 7 and 6 alike. */
abstract class PermissionManager<T> implements AuthorizationManager<T> {

    PermissionManager() {}

    abstract @Nullable PermissionDecision decide(@Nullable Authentication authentication, T object);

    /** Returns the decision on a request or a call. */
    @Override
    public final @Nullable PermissionDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, T object) {
        return decide(authentication.get(), object);
    }

    /** Returns the decision on a request or a call: what Spring Security 6 asks for. */
    public final @Nullable AuthorizationDecision check(
            Supplier<? extends @Nullable Authentication> authentication, T object) {
        return decide(authentication.get(), object);
    }
}
