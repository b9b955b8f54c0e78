package io.rbac.jakarta;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStoreException;
import io.rbac.matrix.UserPermissions;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link RequiresPermission} work on the resources of JAX-RS, and answers what is denied, refused or fails with problems
 * (RFC 9457). To be registered with the application:
 *
 * <pre>{@code
 * resources.register(RbacFeature.of(engine, request -> Caller.of(tenant(request), user(request))));
 * }</pre>
 *
 * <p>An annotation that cannot be meant stops the application when it starts. The body of a problem is a {@code Map}, for
 * which the application has a provider of JSON.
 *
 * <p>In an application with CDI, {@link RbacExtension} makes a bean of this type, which asks the bean {@link Caller}.
 *
 * <p>All questions of a request are answered from one revision: that which was current when the request first asked.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class RbacFeature implements Feature {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\s*([\\w.-]+)\\s*(?::[^{}]*(?:\\{[^{}]*}[^{}]*)*)?}");

    private static final String PINNED = PinnedMatrices.class.getName();

    private final PermissionEngine engine;
    private final Function<ContainerRequestContext, Caller> callers;
    private final ProblemOptions options;
    private final @Nullable CurrentRequest current;

    private RbacFeature(
            PermissionEngine engine,
            Function<ContainerRequestContext, Caller> callers,
            ProblemOptions options,
            @Nullable CurrentRequest current) {
        this.engine = engine;
        this.callers = callers;
        this.options = options;
        this.current = current;
    }

    /**
     * Returns the feature.
     *
     * @param engine answers the questions
     * @param callers finds out who makes a request, in which account
     */
    public static RbacFeature of(PermissionEngine engine, Function<ContainerRequestContext, Caller> callers) {
        return new RbacFeature(
                requireNonNull(engine, "engine"), requireNonNull(callers, "callers"), ProblemOptions.STANDARD, null);
    }

    /** Returns the feature for an application whose users are those of the security context. */
    public static RbacFeature of(PermissionEngine engine, AccountResolver accounts) {
        requireNonNull(accounts, "accounts");
        return of(engine, (ContainerRequestContext request) -> {
            SecurityContext security = request.getSecurityContext();
            return Caller.of(accounts.account(request.getUriInfo(), request.getHeaders(), security), userOf(security));
        });
    }

    /** Returns the feature for an application with one account, whose users are those of the security context. */
    public static RbacFeature of(PermissionEngine engine, String account) {
        return of(engine, AccountResolver.fixed(account));
    }

    /**
     * Returns the same feature, which tells clients of a denial what these options say.
     *
     * @throws IllegalArgumentException if the catalog has no scope of a name that is said to be secret
     */
    public RbacFeature with(ProblemOptions problems) {
        for (String scope : problems.secretScopes()) {
            if (engine.catalog().scopes().find(scope).isEmpty()) {
                throw new IllegalArgumentException(Violation.quote(scope)
                        + " is not a scope of the catalog: expected some of "
                        + engine.catalog().scopes().scopes());
            }
        }
        return new RbacFeature(engine, callers, problems, current);
    }

    /** Returns the same feature, which tells beans of the current request. */
    RbacFeature with(CurrentRequest request) {
        return new RbacFeature(engine, callers, options, request);
    }

    /**
     * Returns what the caller of a request may do, at the revision that all questions of the request are answered from.
     *
     * @throws UnknownCallerException if it is not known who calls
     * @throws PolicyViolationException with {@code ACCOUNT_NOT_FOUND} if there is no such account
     * @throws PolicyStoreException if the store fails
     */
    public UserPermissions permissions(ContainerRequestContext request) {
        Caller caller = callers.apply(request);
        String account = caller.account().orElseThrow(UnknownCallerException::new);
        String user = caller.user().orElseThrow(UnknownCallerException::new);
        return pinned(request)
                .matrix(engine, account)
                .orElseGet(() -> engine.matrix(account))
                .user(user);
    }

    static @Nullable String userOf(SecurityContext security) {
        Principal principal = security.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }

    /** Returns the matrices that a request is answered from. */
    static PinnedMatrices pinned(ContainerRequestContext request) {
        if (request.getProperty(PINNED) instanceof PinnedMatrices known) {
            return known;
        }
        PinnedMatrices first = new PinnedMatrices();
        request.setProperty(PINNED, first);
        return first;
    }

    /** Registers the filters of annotated methods, and what answers with problems. */
    @Override
    public boolean configure(FeatureContext context) {
        context.register(new Filters());
        if (current != null) {
            context.register(current);
        }
        if (!options.equals(ProblemOptions.STANDARD)) {
            context.register(new DenialFilter(
                    options, callers, (request, account) -> pinned(request).matrix(engine, account)));
        }
        Problems.registerWith(context);
        return true;
    }

    /**
     * Fails if one of these resources has a method that needs no permission: for a test of an application. {@link
     * PublicEndpoint} says that it need not have one.
     *
     * @throws AssertionError that lists each such method
     */
    public static void assertAllProtected(Class<?>... resources) {
        List<String> open = new ArrayList<>();
        for (Class<?> resource : resources) {
            for (Method method : resource.getMethods()) {
                if (!method.isBridge()
                        && isEndpoint(method, resource)
                        && Rule.ofResource(method, resource).isEmpty()
                        && !method.isAnnotationPresent(PublicEndpoint.class)
                        && !resource.isAnnotationPresent(PublicEndpoint.class)) {
                    open.add(Rule.name(method, resource));
                }
            }
        }
        if (!open.isEmpty()) {
            throw new AssertionError(
                    "endpoints that need no permission: expected @RequiresPermission or @PublicEndpoint"
                            + open.stream().sorted().map(name -> "\n  " + name).collect(Collectors.joining()));
        }
    }

    private static boolean isEndpoint(Method method, Class<?> resource) {
        return Rule.declarations(method, resource)
                .flatMap(declared -> Arrays.stream(declared.getAnnotations()))
                .map(Annotation::annotationType)
                .anyMatch(type -> type.isAnnotationPresent(HttpMethod.class));
    }

    private final class Filters implements DynamicFeature {

        @Override
        public void configure(ResourceInfo info, FeatureContext context) {
            Method method = info.getResourceMethod();
            Class<?> type = info.getResourceClass();
            Optional<RequiresPermission> annotation = Rule.ofResource(method, type);
            if (annotation.isPresent()) {
                context.register(new PermissionFilter(checked(annotation.get(), method, type)));
            }
        }
    }

    /** The placeholder of a rule is a variable of the resource's path or of the method's, if these are all there is. */
    private Rule checked(RequiresPermission annotation, Method method, Class<?> type) {
        try {
            Rule rule = Rule.of(engine.catalog(), annotation);
            String placeholder = rule.requirement().placeholder().orElse(null);
            if (placeholder != null
                    && type.isAnnotationPresent(Path.class)
                    && variables(type, method).noneMatch(placeholder::equals)) {
                throw new InvalidRulesException(
                        List.of(Rule.noValue(placeholder, "a variable of this name in the path")));
            }
            return rule;
        } catch (InvalidRulesException e) {
            throw new InvalidRulesException(e.problems().stream()
                    .map(problem -> Rule.name(method, type) + ": " + problem)
                    .toList());
        }
    }

    private static Stream<String> variables(Class<?> type, Method method) {
        return Stream.<AnnotatedElement>concat(Stream.of(type), Rule.declarations(method, type))
                .flatMap(element -> Arrays.stream(element.getAnnotationsByType(Path.class)))
                .flatMap(path -> VARIABLE.matcher(path.value()).results())
                .map(result -> result.group(1));
    }

    @Priority(Priorities.AUTHORIZATION)
    private final class PermissionFilter implements ContainerRequestFilter {

        private final Rule rule;

        PermissionFilter(Rule rule) {
            this.rule = rule;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            rule.require(
                    engine,
                    pinned(request),
                    callers.apply(request),
                    name -> request.getUriInfo().getPathParameters().getFirst(name));
        }
    }
}
