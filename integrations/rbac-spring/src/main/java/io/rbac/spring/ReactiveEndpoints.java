package io.rbac.spring;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationContext;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authorization.AuthorizationWebFilter;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.server.WebFilter;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The handler methods of a reactive application, and the rules about URLs that cover them. */
final class ReactiveEndpoints {

    /** How long a rule may take to answer; it only stops a hang. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private ReactiveEndpoints() {}

    static List<Endpoint> all(ApplicationContext context) {
        return context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .flatMap(mapped -> Endpoint.of(
                        mapped.getValue(),
                        mapped.getKey().getMethodsCondition().getMethods(),
                        patterns(mapped.getKey())))
                .toList();
    }

    private static List<String> patterns(RequestMappingInfo info) {
        return info.getPatternsCondition().getPatterns().stream()
                .map(PathPattern::getPatternString)
                .toList();
    }

    /** Returns whether a rule about URLs needs a variable of its pattern. */
    static boolean havePlaceholders(ApplicationContext context) {
        return context.getBean(ReactiveRbac.class).hasPlaceholders();
    }

    /** Returns what is wrong with the rules about URLs that an endpoint meets. */
    static Set<String> misplacedRules(ApplicationContext context) {
        return Endpoint.misplacedRules(all(context), (endpoint, probe) -> isOpen(context, endpoint, probe));
    }

    /** Returns whether the rules about URLs let in anybody who is authenticated. */
    static boolean isOpen(ApplicationContext context, Endpoint endpoint, EndpointProbe probe) {
        ProbeExchange exchange = new ProbeExchange(context, endpoint.method(), endpoint.samplePath());
        List<SecurityWebFilterChain> chains = context.getBeanProvider(SecurityWebFilterChain.class)
                .orderedStream()
                .toList();
        Mono<Boolean> open = Flux.fromIterable(chains)
                .filterWhen(chain -> chain.matches(exchange))
                .next()
                .flatMap(chain -> chain.getWebFilters()
                        .filter(AuthorizationWebFilter.class::isInstance)
                        .concatMap(filter -> letsIn(filter, exchange))
                        .all(in -> in))
                .defaultIfEmpty(true)
                .contextWrite(ReactiveSecurityContextHolder.withAuthentication(probe));
        return Boolean.TRUE.equals(open.block(PATIENCE));
    }

    private static Mono<Boolean> letsIn(WebFilter filter, ProbeExchange exchange) {
        return filter.filter(exchange, passed -> Mono.empty())
                .thenReturn(true)
                .onErrorResume(AccessDeniedException.class, denied -> Mono.just(false));
    }
}
