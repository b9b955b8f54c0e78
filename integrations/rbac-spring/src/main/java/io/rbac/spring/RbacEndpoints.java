package io.rbac.spring;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.server.PathContainer;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * For a test of an application: that no endpoint was forgotten.
 *
 * <pre>{@code
 * @Test
 * void every_endpoint_is_protected() {
 *     RbacEndpoints.assertAllProtected(context);
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class RbacEndpoints {

    /** What answers errors; an application has no say in it. */
    private static final String ERRORS = "BasicErrorController";

    /** Expressions that ask for nothing but authentication. */
    private static final Set<String> AUTHENTICATED =
            Set.of("isAuthenticated()", "authenticated", "isFullyAuthenticated()", "fullyAuthenticated", "true");

    private RbacEndpoints() {}

    /**
     * Fails if there is a handler method that somebody may call who is authenticated and has no permission at all. It is
     * protected if it or its type has {@link RequiresPermission} or a {@link PreAuthorize} other than {@code permitAll} and
     * {@code isAuthenticated()}, or if a rule about its URLs asks for more than authentication; one about GET alone leaves HEAD
     * open, which the same method answers. {@link PublicEndpoint} says that it need not be. Endpoints of Spring MVC and of
     * Spring WebFlux are looked at, and among them those of Spring Boot's actuator; functional routes are not. That expressions
     * are asked at all, by {@code @EnableMethodSecurity}, is not looked at.
     *
     * @param publicPaths patterns of endpoints that need no permission and cannot be annotated, such as {@code
     *     /actuator/health/**}
     * @throws AssertionError that lists each endpoint that is open
     */
    public static void assertAllProtected(ApplicationContext context, String... publicPaths) {
        List<PathPattern> exempt = Arrays.stream(publicPaths)
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
        boolean isReactive = RbacConfiguration.isReactive(context);
        List<Endpoint> open = Endpoint.all(context).stream()
                .filter(endpoint -> !isExempt(endpoint, exempt) && !isAnnotated(endpoint.handler()))
                .flatMap(endpoint -> waysIn(endpoint)
                        .filter(way -> isReactive
                                ? ReactiveEndpoints.isOpen(context, way, new EndpointProbe())
                                : Endpoints.isOpen(context, way, new EndpointProbe()))
                        .limit(1))
                .distinct()
                .toList();
        if (!open.isEmpty()) {
            throw new AssertionError(
                    "endpoints that need no permission: expected @RequiresPermission, a rule about the URL,"
                            + " or @PublicEndpoint"
                            + open.stream()
                                    .map(endpoint -> "\n  " + endpoint)
                                    .sorted()
                                    .collect(Collectors.joining()));
        }
    }

    /** Whatever answers GET answers HEAD as well, for which there may be another rule. */
    private static Stream<Endpoint> waysIn(Endpoint endpoint) {
        return endpoint.method().equals("GET")
                ? Stream.of(endpoint, new Endpoint(endpoint.handler(), "HEAD", endpoint.pattern()))
                : Stream.of(endpoint);
    }

    private static boolean isExempt(Endpoint endpoint, List<PathPattern> exempt) {
        PathContainer path = PathContainer.parsePath(endpoint.pattern());
        return has(endpoint.handler(), PublicEndpoint.class)
                || type(endpoint.handler()).getSimpleName().equals(ERRORS)
                || exempt.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private static boolean isAnnotated(HandlerMethod handler) {
        if (MethodRules.annotation(handler.getMethod(), type(handler)) != null) {
            return true;
        }
        PreAuthorize expression = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), PreAuthorize.class);
        if (expression == null) {
            expression = AnnotatedElementUtils.findMergedAnnotation(type(handler), PreAuthorize.class);
        }
        return expression != null
                && !expression.value().contains("permitAll")
                && !AUTHENTICATED.contains(expression.value().strip());
    }

    private static boolean has(HandlerMethod handler, Class<? extends Annotation> annotation) {
        return AnnotatedElementUtils.hasAnnotation(handler.getMethod(), annotation)
                || AnnotatedElementUtils.hasAnnotation(type(handler), annotation);
    }

    private static Class<?> type(HandlerMethod handler) {
        return ClassUtils.getUserClass(handler.getBeanType());
    }
}
