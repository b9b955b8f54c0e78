package io.rbac.jakarta;

import io.rbac.engine.PermissionEngine;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.PermissionRequirement;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is required of whoever calls a method. */
record Rule(PermissionRequirement requirement) {

    /** Returns the annotation that holds for a method of a type, empty if there is none. */
    static Optional<RequiresPermission> annotation(Method method, Class<?> type) {
        RequiresPermission own = method.getAnnotation(RequiresPermission.class);
        return Optional.ofNullable(own != null ? own : type.getAnnotation(RequiresPermission.class));
    }

    /**
     * Returns the annotation that holds for a method of a resource, empty if there is none. Like those of JAX-RS, it may stand
     * on what the method overrides or implements.
     */
    static Optional<RequiresPermission> ofResource(Method method, Class<?> type) {
        return annotation(method, type)
                .or(() -> first(declarations(method, type)))
                .or(() -> first(hierarchy(type).stream()));
    }

    private static Optional<RequiresPermission> first(Stream<? extends AnnotatedElement> elements) {
        return elements.flatMap(element -> Arrays.stream(element.getAnnotationsByType(RequiresPermission.class)))
                .findFirst();
    }

    /** Returns a method of a type, and what it overrides or implements, the nearest first. */
    static Stream<Method> declarations(Method method, Class<?> type) {
        return Stream.concat(
                Stream.of(method),
                hierarchy(type).stream()
                        .filter(declaring -> declaring != method.getDeclaringClass())
                        .flatMap(declaring -> Arrays.stream(declaring.getDeclaredMethods()))
                        .filter(other -> isOverriddenBy(other, method)));
    }

    /** Parameters may be more general where a type variable stands for them. */
    private static boolean isOverriddenBy(Method other, Method method) {
        Class<?>[] general = other.getParameterTypes();
        Class<?>[] own = method.getParameterTypes();
        return other.getName().equals(method.getName())
                && general.length == own.length
                && !Modifier.isStatic(other.getModifiers())
                && !Modifier.isPrivate(other.getModifiers())
                && IntStream.range(0, own.length).allMatch(i -> general[i].isAssignableFrom(own[i]));
    }

    /** Returns a type, the classes that it extends, and then the interfaces of all of them. */
    private static Set<Class<?>> hierarchy(Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            types.add(next);
        }
        List.copyOf(types).forEach(known -> addInterfaces(known, types));
        return types;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
        for (Class<?> implemented : type.getInterfaces()) {
            types.add(implemented);
            addInterfaces(implemented, types);
        }
    }

    /**
     * Returns the rule of an annotation.
     *
     * @throws InvalidRulesException with everything that is wrong with it
     */
    static Rule of(PermissionCatalog catalog, RequiresPermission annotation) {
        List<String> permissions = List.of(annotation.value());
        try {
            return new Rule(
                    annotation.match() == RequiresPermission.Match.ALL
                            ? PermissionRequirement.allOf(catalog, permissions, annotation.at())
                            : PermissionRequirement.anyOf(catalog, permissions, annotation.at()));
        } catch (PolicyViolationException e) {
            throw new InvalidRulesException(
                    e.violations().stream().map(Violation::message).toList());
        }
    }

    /**
     * Does nothing if the caller has what is required.
     *
     * @throws UnknownCallerException if it is not known who calls
     * @throws PermissionDeniedException if they do not have it
     */
    void require(
            PermissionEngine engine, PinnedMatrices pinned, Caller caller, Function<String, @Nullable String> values) {
        String account = caller.account().orElseThrow(UnknownCallerException::new);
        String user = caller.user().orElseThrow(UnknownCallerException::new);
        Target target = requirement.target(values).orElse(null);
        Optional<PermissionMatrix> matrix = pinned.matrix(engine, account);
        if (target == null || matrix.isEmpty() || !requirement.isMet(matrix.get(), user, target)) {
            Target asked = target == null ? requirement.target(name -> "").orElseThrow() : target;
            String lacking = matrix.flatMap(known -> requirement.firstLacking(known, user, asked))
                    .orElse(requirement.permissions().get(0));
            PermissionDeniedException denial = PermissionDeniedException.of(account, user, lacking, asked);
            engine.reportDenial(denial);
            throw denial;
        }
    }

    /** Returns the problem that nothing has a value for the placeholder of this rule. */
    static String noValue(String placeholder, String expected) {
        return "nothing has a value for `{" + placeholder + "}`: expected " + expected;
    }

    static String name(Method method, Class<?> type) {
        return type.getName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
