package io.rbac.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/** An endpoint: one method of HTTP at one pattern. */
record Endpoint(HandlerMethod handler, String method, String pattern) {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?([^:{}]+)(?::(?:[^{}]|\\{[^{}]*})*)?}");

    /** Matches what a variable is for, a number or a name. */
    private static final String SAMPLE = "1";

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /**
     * Returns the endpoints of an application, of whichever kind it has. What knows the one kind is loaded only where there are
     * its classes.
     */
    static List<Endpoint> all(ApplicationContext context) {
        List<Endpoint> endpoints = new ArrayList<>();
        if (areOnServlets()) {
            endpoints.addAll(Endpoints.all(context));
        }
        if (areOnWebFlux()) {
            endpoints.addAll(ReactiveEndpoints.all(context));
        }
        return endpoints;
    }

    /** Returns whether there can be handler methods of Spring MVC. */
    static boolean areOnServlets() {
        return isPresent("org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping")
                && isPresent("jakarta.servlet.http.HttpServletRequest");
    }

    /** Returns whether there can be handler methods of Spring WebFlux. */
    static boolean areOnWebFlux() {
        return isPresent("org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping")
                && isPresent("reactor.core.publisher.Mono");
    }

    private static boolean isPresent(String name) {
        return ClassUtils.isPresent(name, Endpoint.class.getClassLoader());
    }

    /** Returns the endpoints of a handler that is mapped to these methods, all of them if none is named, at these patterns. */
    static Stream<Endpoint> of(HandlerMethod handler, Set<RequestMethod> methods, Collection<String> patterns) {
        List<String> names =
                methods.isEmpty() ? METHODS : methods.stream().map(Enum::name).toList();
        return patterns.stream()
                .flatMap(pattern -> names.stream().map(method -> new Endpoint(handler, method, pattern)));
    }

    /**
     * Returns what is wrong with the rules about URLs that endpoints meet.
     *
     * @param question asks the rules about an endpoint
     */
    static Set<String> misplacedRules(Collection<Endpoint> endpoints, BiConsumer<Endpoint, EndpointProbe> question) {
        Set<String> problems = new LinkedHashSet<>();
        for (Endpoint endpoint : endpoints) {
            EndpointProbe probe = new EndpointProbe();
            try {
                question.accept(endpoint, probe);
            } catch (RuntimeException e) {
                // a rule of somebody else's that cannot be asked without a real request: it is not what is checked here
            }
            probe.problems()
                    .forEach(problem -> problems.add(endpoint.method() + " " + endpoint.pattern() + ": " + problem));
        }
        return problems;
    }

    /** Returns the variables that every pattern of a handler has. */
    static Map<Method, Set<String>> variablesByMethod(Collection<Endpoint> endpoints) {
        Map<Method, Set<String>> variables = new HashMap<>();
        for (Endpoint endpoint : endpoints) {
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

    /** Returns a path that the pattern matches. */
    String samplePath() {
        String path = VARIABLE.matcher(pattern)
                .replaceAll(SAMPLE)
                .replace("**", SAMPLE)
                .replace("*", SAMPLE);
        return path.startsWith("/") ? path : "/" + path;
    }

    /** Returns the type of the handler. */
    Class<?> type() {
        return ClassUtils.getUserClass(handler.getBeanType());
    }

    @Override
    public String toString() {
        return method + " " + pattern + " (" + handler.getShortLogMessage() + ")";
    }
}
