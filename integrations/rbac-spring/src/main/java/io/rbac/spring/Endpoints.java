package io.rbac.spring;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** The handler methods of an application, and the rules about URLs that cover them. */
final class Endpoints {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?([^:{}]+)(?::(?:[^{}]|\\{[^{}]*})*)?}");

    /** Matches what a variable is for, a number or a name. */
    private static final String SAMPLE = "1";

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private Endpoints() {}

    /** An endpoint: one method of HTTP at one pattern. */
    record Endpoint(HandlerMethod handler, String method, String pattern) {

        @Override
        public String toString() {
            return method + " " + pattern + " (" + handler.getShortLogMessage() + ")";
        }
    }

    /** Returns whether there can be handler methods: whether Spring MVC and the filters of Spring Security are there. */
    static boolean arePossible() {
        ClassLoader loader = Endpoints.class.getClassLoader();
        return ClassUtils.isPresent(
                        "org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping", loader)
                && ClassUtils.isPresent("jakarta.servlet.http.HttpServletRequest", loader);
    }

    static List<Endpoint> all(ApplicationContext context) {
        List<Endpoint> endpoints = new ArrayList<>();
        context.getBeansOfType(RequestMappingInfoHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods()
                        .forEach((info, handler) -> info.getPatternValues()
                                .forEach(pattern -> methods(info)
                                        .forEach(method -> endpoints.add(new Endpoint(handler, method, pattern))))));
        return endpoints;
    }

    private static List<String> methods(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return methods.isEmpty() ? METHODS : methods.stream().map(Enum::name).toList();
    }

    /** Returns the variables that every pattern of a handler has. */
    static Map<Method, Set<String>> variablesByMethod(ApplicationContext context) {
        Map<Method, Set<String>> variables = new HashMap<>();
        for (Endpoint endpoint : all(context)) {
            Set<String> own = new TreeSet<>();
            Matcher matcher = VARIABLE.matcher(endpoint.pattern());
            while (matcher.find()) {
                own.add(matcher.group(1));
            }
            Method method = MethodRules.specific(
                    endpoint.handler().getMethod(),
                    ClassUtils.getUserClass(endpoint.handler().getBeanType()));
            variables.merge(method, own, (a, b) -> {
                Set<String> both = new TreeSet<>(a);
                both.retainAll(b);
                return both;
            });
        }
        return variables;
    }

    /** Returns what is wrong with the rules about URLs that an endpoint meets. */
    static Set<String> misplacedRules(ApplicationContext context) {
        Set<String> problems = new LinkedHashSet<>();
        for (Endpoint endpoint : all(context)) {
            EndpointProbe probe = new EndpointProbe();
            try {
                isOpen(context, endpoint, probe);
            } catch (RuntimeException e) {
                // a rule of somebody else's that cannot be asked without a real request: it is not what is checked here
            }
            probe.problems()
                    .forEach(problem -> problems.add(endpoint.method() + " " + endpoint.pattern() + ": " + problem));
        }
        return problems;
    }

    /** Returns whether the rules about URLs let in anybody who is authenticated. */
    static boolean isOpen(ApplicationContext context, Endpoint endpoint, EndpointProbe probe) {
        String path = VARIABLE.matcher(endpoint.pattern())
                .replaceAll(SAMPLE)
                .replace("**", SAMPLE)
                .replace("*", SAMPLE);
        ProbeRequest request =
                new ProbeRequest(endpoint.method(), path.startsWith("/") ? path : "/" + path, servletContext(context));
        List<SecurityFilterChain> chains = context.getBeanProvider(SecurityFilterChain.class)
                .orderedStream()
                .toList();
        for (SecurityFilterChain chain : chains) {
            if (chain.matches(request)) {
                return isOpen(chain, request, probe);
            }
        }
        return true;
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
