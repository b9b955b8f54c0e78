package io.rbac.spring;

import io.rbac.spring.MethodRules.MethodRule;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.security.core.Authentication;
import reactor.core.publisher.Mono;

/** Decides on calls of annotated methods that return a publisher, once it is subscribed to. */
final class ReactiveMethodManager extends ReactivePermissionManager<MethodInvocation> {

    private final Supplier<ReactiveRbac> rbac;
    private final MethodRules rules;

    ReactiveMethodManager(Supplier<ReactiveRbac> rbac, MethodRules rules) {
        this.rbac = rbac;
        this.rules = rules;
    }

    @Override
    Mono<PermissionDecision> decide(Mono<Authentication> authentication, MethodInvocation call) {
        ReactiveRbac asked = rbac.get();
        MethodRule rule = rules.find(asked.rbac(), call);
        if (rule == null) {
            return Mono.empty();
        }
        return Mono.deferContextual(context -> {
            CurrentRequest request = ExchangeValues.of(context);
            return ReactiveRbac.orNobody(authentication)
                    .flatMap(found -> asked.decide(
                            found.orElse(null),
                            request,
                            rule.requirement(),
                            name -> MethodManager.value(asked.rbac(), rule, call, request, name)));
        });
    }
}
