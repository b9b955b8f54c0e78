package io.rbac.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a servlet request: variables of the rule's pattern come before those of the handler's. */
final class ServletRequestValues implements CurrentRequest {

    /** As Spring MVC names it; the constant would need its module. */
    static final String HANDLER_VARIABLES = "org.springframework.web.servlet.HandlerMapping.uriTemplateVariables";

    private final HttpServletRequest request;
    private final Map<String, String> variables;

    private ServletRequestValues(HttpServletRequest request, Map<String, String> variables) {
        this.request = request;
        this.variables = variables;
    }

    static ServletRequestValues of(HttpServletRequest request, Map<String, String> variables) {
        return new ServletRequestValues(request, variables);
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> values = request.getHeaders(name);
        return values == null ? List.of() : Collections.list(values);
    }

    @Override
    public @Nullable String pathVariable(String name) {
        String value = variables.get(name);
        if (value == null && request.getAttribute(HANDLER_VARIABLES) instanceof Map<?, ?> handlers) {
            value = handlers.get(name) instanceof String text ? text : null;
        }
        return value;
    }

    @Override
    public PinnedMatrices pinned() {
        if (request.getAttribute(PinnedMatrices.ATTRIBUTE) instanceof PinnedMatrices pinned) {
            return pinned;
        }
        PinnedMatrices pinned = PinnedMatrices.ofRequest();
        request.setAttribute(PinnedMatrices.ATTRIBUTE, pinned);
        return pinned;
    }
}
