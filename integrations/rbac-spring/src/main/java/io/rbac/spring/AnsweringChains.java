package io.rbac.spring;

import io.rbac.engine.PolicyStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authorization.AuthorizationWebFilter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Has what the rules about URLs deny, and what fails while they are asked, answered like everything else: by the exception
 * handlers of Spring WebFlux. It adds a filter to each chain, on either side of the rules.
 */
final class AnsweringChains implements BeanPostProcessor, ApplicationContextAware {

    private @Nullable ApplicationContext context;

    @Override
    public void setApplicationContext(ApplicationContext newContext) {
        context = newContext;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        ApplicationContext found = context;
        return found != null && bean instanceof SecurityWebFilterChain chain
                ? new AnsweringChain(chain, new AnswerFilter(found))
                : bean;
    }

    private record AnsweringChain(SecurityWebFilterChain chain, WebFilter answers) implements SecurityWebFilterChain {

        @Override
        public Mono<Boolean> matches(ServerWebExchange exchange) {
            return chain.matches(exchange);
        }

        @Override
        public Flux<WebFilter> getWebFilters() {
            return chain.getWebFilters()
                    .concatMap(filter -> filter instanceof AuthorizationWebFilter
                            ? Flux.just(answers, filter, new LetInFilter())
                            : Flux.just(filter));
        }
    }

    /** Forgets what one rule denied where another let the exchange in. */
    private static final class LetInFilter implements WebFilter {

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            return Mono.defer(() -> {
                exchange.getAttributes().remove(ReactivePermissionRule.DENIED);
                return chain.filter(exchange);
            });
        }
    }

    /** Stands next to the rules, so that nothing is taken over of what other filters throw. */
    private static final class AnswerFilter implements WebFilter {

        private final ApplicationContext context;

        AnswerFilter(ApplicationContext context) {
            this.context = context;
        }

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            return chain.filter(exchange)
                    .onErrorResume(PolicyStoreException.class, failure -> answer(exchange, failure))
                    .onErrorResume(AccessDeniedException.class, denial -> answer(exchange, ours(exchange, denial)));
        }

        /** Returns a denial with our decision where a rule of ours made it. */
        private static AccessDeniedException ours(ServerWebExchange exchange, AccessDeniedException denial) {
            return exchange.getAttributes().get(ReactivePermissionRule.DENIED) instanceof PermissionDecision decision
                    ? new AuthorizationDeniedException("Access Denied", decision)
                    : denial;
        }

        /** What the handlers leave alone goes on: whoever is not authenticated is then asked to be. */
        private Mono<Void> answer(ServerWebExchange exchange, RuntimeException thrown) {
            boolean isOthers = thrown instanceof AccessDeniedException
                    && !(thrown instanceof AuthorizationDeniedException denied
                            && denied.getAuthorizationResult() instanceof PermissionDecision);
            // looked up here, because filters are made before handlers
            RequestMappingHandlerAdapter handlers =
                    context.getBeanProvider(RequestMappingHandlerAdapter.class).getIfAvailable();
            if (isOthers || handlers == null || exchange.getResponse().isCommitted()) {
                return Mono.error(thrown);
            }
            return handlers.handleError(exchange, thrown).flatMap(result -> write(exchange, result));
        }

        private Mono<Void> write(ServerWebExchange exchange, HandlerResult result) {
            return context.getBeanProvider(HandlerResultHandler.class)
                    .orderedStream()
                    .filter(handler -> handler.supports(result))
                    .findFirst()
                    .map(handler -> handler.handleResult(exchange, result))
                    .orElseGet(Mono::empty);
        }
    }
}
