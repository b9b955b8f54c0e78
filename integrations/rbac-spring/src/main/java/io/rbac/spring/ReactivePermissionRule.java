package io.rbac.spring;

import io.rbac.matrix.PermissionRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import reactor.core.publisher.Mono;

/**
 * A rule about URLs of a reactive application: {@code
 * pathMatchers("/chats/{chatId}/**").access(rbac.permission("message:read").at("chat/{chatId}"))}. The variables of the pattern
 * are the values of the placeholder.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ReactivePermissionRule extends ReactivePermissionManager<AuthorizationContext> {

    /** Where an exchange keeps what a rule denied: Spring Security does not tell why it denies an exchange. */
    static final String DENIED = PermissionDecision.class.getName();

    private final ReactiveRbac rbac;
    private final PermissionRequirement requirement;

    ReactivePermissionRule(ReactiveRbac rbac, PermissionRequirement requirement) {
        this.rbac = rbac;
        this.requirement = requirement;
    }

    @Override
    Mono<PermissionDecision> decide(Mono<Authentication> authentication, AuthorizationContext context) {
        return ReactiveRbac.orNobody(authentication)
                .flatMap(found -> decide(found.orElse(null), context))
                .doOnNext(decision -> {
                    if (!decision.isGranted()) {
                        context.getExchange().getAttributes().put(DENIED, decision);
                    }
                });
    }

    private Mono<PermissionDecision> decide(@Nullable Authentication authentication, AuthorizationContext context) {
        String problem = Requirements.problem(requirement, context.getVariables());
        if (authentication instanceof EndpointProbe probe) {
            probe.add(problem);
            return Mono.just(PermissionDecision.denied(null, null, requirement, null));
        }
        if (problem != null) {
            return Mono.error(new IllegalStateException(problem));
        }
        ExchangeValues values = ExchangeValues.of(context.getExchange(), context.getVariables());
        return rbac.decide(
                authentication,
                values,
                requirement,
                name -> context.getVariables().get(name) instanceof String text ? text : null);
    }

    /** Returns permissions and place, human-readable. */
    @Override
    public String toString() {
        return requirement.toString();
    }
}
