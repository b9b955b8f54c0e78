package io.rbac.jakarta;

import io.rbac.engine.PermissionEngine;
import io.rbac.jakarta.BeanRules.BeanRule;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Checks calls of annotated beans. */
@Interceptor
@RequiresPermission({})
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class PermissionInterceptor {

    private final PermissionEngine engine;
    private final Instance<Caller> caller;
    private final RequestPins pins;
    private final BeanRules rules;

    @Inject
    PermissionInterceptor(PermissionEngine engine, Instance<Caller> caller, RequestPins pins, BeanRules rules) {
        this.engine = engine;
        this.caller = caller;
        this.pins = pins;
        this.rules = rules;
    }

    @AroundInvoke
    @Nullable
    Object check(InvocationContext call) throws Exception {
        BeanRule rule =
                rules.rule(engine.catalog(), call.getMethod(), call.getTarget().getClass());
        rule.rule().require(engine, pins.current(), Callers.current(caller), name -> value(rule, call));
        return call.proceed();
    }

    private static @Nullable String value(BeanRule rule, InvocationContext call) {
        @Nullable Object argument = rule.parameter() < 0 ? null : call.getParameters()[rule.parameter()];
        return argument == null ? null : argument.toString();
    }
}
