package io.rbac.spring;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** The handler methods of an application, and the rules about URLs that cover them. */
final class Endpoints {

    /** As Spring Security names it. */
    private static final String FILTER = "springSecurityFilterChain";

    private Endpoints() {}

    static List<Endpoint> all(ApplicationContext context) {
        return context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .flatMap(mapped -> Endpoint.of(
                        mapped.getValue(),
                        mapped.getKey().getMethodsCondition().getMethods(),
                        mapped.getKey().getPatternValues()))
                .toList();
    }

    /** Returns what is wrong with the rules about URLs that an endpoint meets. */
    static Set<String> misplacedRules(ApplicationContext context) {
        return Endpoint.misplacedRules(all(context), (endpoint, probe) -> isOpen(context, endpoint, probe));
    }

    /** Returns whether the rules about URLs let in anybody who is authenticated. */
    static boolean isOpen(ApplicationContext context, Endpoint endpoint, EndpointProbe probe) {
        ProbeRequest request = new ProbeRequest(endpoint.method(), endpoint.samplePath(), servletContext(context));
        for (SecurityFilterChain chain : chains(context)) {
            if (chain.matches(request)) {
                return isOpen(chain, request, probe);
            }
        }
        return true;
    }

    /** Returns the chains in their order. What an application has ignored is an empty one, and no bean. */
    private static List<SecurityFilterChain> chains(ApplicationContext context) {
        if (context.containsBean(FILTER) && context.getBean(FILTER) instanceof FilterChainProxy filter) {
            return filter.getFilterChains();
        }
        return context.getBeanProvider(SecurityFilterChain.class)
                .orderedStream()
                .toList();
    }

    private static boolean isOpen(SecurityFilterChain chain, ProbeRequest request, EndpointProbe probe) {
        return chain.getFilters().stream()
                .filter(AuthorizationFilter.class::isInstance)
                .map(filter -> ((AuthorizationFilter) filter).getAuthorizationManager())
                .allMatch(manager -> isOpen(manager, request, probe));
    }

    private static boolean isOpen(
            AuthorizationManager<HttpServletRequest> manager, ProbeRequest request, EndpointProbe probe) {
        AuthorizationResult result = manager.authorize(() -> probe, request);
        return result == null || result.isGranted();
    }

    private static @Nullable ServletContext servletContext(ApplicationContext context) {
        return context instanceof WebApplicationContext web ? web.getServletContext() : null;
    }
}
