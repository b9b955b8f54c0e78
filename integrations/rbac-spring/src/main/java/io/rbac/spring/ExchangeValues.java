package io.rbac.spring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.ContextView;

/** The values of a reactive exchange: variables of the rule's pattern come before those of the handler's. */
final class ExchangeValues implements CurrentRequest {

    /** As Spring WebFlux names it; the constant would need its module. */
    private static final String HANDLER_VARIABLES =
            "org.springframework.web.reactive.HandlerMapping.uriTemplateVariables";

    private final ServerWebExchange exchange;
    private final Map<String, Object> variables;

    private ExchangeValues(ServerWebExchange exchange, Map<String, Object> variables) {
        this.exchange = exchange;
        this.variables = variables;
    }

    static ExchangeValues of(ServerWebExchange exchange, Map<String, Object> variables) {
        return new ExchangeValues(exchange, variables);
    }

    /** Returns the exchange that a subscriber handles, {@link #NONE} if it handles none. */
    static CurrentRequest of(ContextView context) {
        return context.<CurrentRequest>getOrEmpty(ExchangeValues.class).orElse(NONE);
    }

    /** Goes through all headers: the method that finds one has another signature in Spring 6. */
    @Override
    public List<String> headers(String name) {
        return exchange.getRequest().getHeaders().headerSet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    @Override
    public @Nullable String pathVariable(String name) {
        Object value = variables.get(name);
        if (value == null && exchange.getAttributes().get(HANDLER_VARIABLES) instanceof Map<?, ?> handlers) {
            value = handlers.get(name);
        }
        return value instanceof String text ? text : null;
    }

    @Override
    public PinnedMatrices pinned() {
        return (PinnedMatrices)
                exchange.getAttributes().computeIfAbsent(PinnedMatrices.ATTRIBUTE, name -> PinnedMatrices.ofRequest());
    }
}
