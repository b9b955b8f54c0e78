package io.rbac.spring;

import io.rbac.spring.MethodRules.MethodRule;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** Decides on calls of annotated methods. */
final class MethodManager extends PermissionManager<MethodInvocation> {

    private final Supplier<Rbac> rbac;
    private final MethodRules rules;

    MethodManager(Supplier<Rbac> rbac, MethodRules rules) {
        this.rbac = rbac;
        this.rules = rules;
    }

    @Override
    @Nullable
    PermissionDecision decide(@Nullable Authentication authentication, MethodInvocation call) {
        Rbac asked = rbac.get();
        MethodRule rule = rules.find(asked, call);
        if (rule == null) {
            return null;
        }
        CurrentRequest request = CurrentRequest.get();
        return asked.decisions()
                .decide(authentication, request, rule.requirement(), name -> value(asked, rule, call, request, name));
    }

    /** Returns the value of a placeholder, null if it has none. */
    static @Nullable String value(
            Rbac rbac, MethodRule rule, MethodInvocation call, CurrentRequest request, String name) {
        if (rule.parameter() < 0) {
            return request.pathVariable(name);
        }
        @Nullable Object argument = call.getArguments()[rule.parameter()];
        return argument == null ? null : rbac.text(argument);
    }
}
