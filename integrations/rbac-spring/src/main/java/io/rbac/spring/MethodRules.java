package io.rbac.spring;

import io.rbac.matrix.PermissionRequirement;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodClassKey;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.security.core.annotation.SecurityAnnotationScanner;
import org.springframework.security.core.annotation.SecurityAnnotationScanners;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The rules of annotated methods. */
final class MethodRules {

    private static final SecurityAnnotationScanner<RequiresPermission> SCANNER =
            SecurityAnnotationScanners.requireUnique(RequiresPermission.class);
    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    private final Map<MethodClassKey, Optional<MethodRule>> rules = new ConcurrentHashMap<>();

    /** Returns the annotation that holds for a method of a type, null if there is none. */
    static @Nullable RequiresPermission annotation(Method method, Class<?> type) {
        return method.getDeclaringClass() == Object.class ? null : SCANNER.scan(method, type);
    }

    /** Returns the rule for a call, null if there is none. */
    @Nullable
    MethodRule find(Rbac rbac, MethodInvocation call) {
        Method method = call.getMethod();
        Object bean = call.getThis();
        return find(rbac, method, bean == null ? method.getDeclaringClass() : bean.getClass());
    }

    /**
     * Returns the rule for a method of a type, null if there is none.
     *
     * @throws InvalidRulesException if the annotation is wrong
     */
    @Nullable
    MethodRule find(Rbac rbac, Method method, Class<?> type) {
        MethodClassKey key = new MethodClassKey(method, type);
        Optional<MethodRule> known = rules.get(key); // without a lock, unlike computeIfAbsent
        if (known == null) {
            known = Optional.ofNullable(create(rbac, method, type));
            rules.put(key, known);
        }
        return known.orElse(null);
    }

    private static @Nullable MethodRule create(Rbac rbac, Method method, Class<?> type) {
        RequiresPermission annotation = annotation(method, type);
        if (annotation == null) {
            return null;
        }
        PermissionRequirement requirement =
                Requirements.of(rbac.catalog(), List.of(annotation.value()), annotation.match(), annotation.at());
        int parameter = requirement
                .placeholder()
                .map(name -> parameter(method, type, name))
                .orElse(-1);
        return new MethodRule(requirement, parameter);
    }

    /** Returns the position of the parameter that a placeholder names, -1 if there is none. */
    private static int parameter(Method method, Class<?> type, String name) {
        List<String> names = names(method, type);
        return names.indexOf(name);
    }

    private static List<String> names(Method method, Class<?> type) {
        Method specific = specific(method, type);
        @Nullable String @Nullable [] own = NAMES.getParameterNames(specific);
        Parameter[] parameters = specific.getParameters();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            MergedAnnotations annotations = MergedAnnotations.from(parameters[i]);
            String bound = bound(annotations, PathVariable.class);
            bound = bound.isEmpty() ? bound(annotations, RequestParam.class) : bound;
            names.add(!bound.isEmpty() ? bound : own == null || own[i] == null ? "" : own[i]);
        }
        return names;
    }

    private static <A extends Annotation> String bound(MergedAnnotations annotations, Class<A> type) {
        MergedAnnotation<A> annotation = annotations.get(type);
        return annotation.isPresent() ? annotation.getString("name") : "";
    }

    /** Returns the method that is called in the end. */
    static Method specific(Method method, Class<?> type) {
        return BridgeMethodResolver.findBridgedMethod(AopUtils.getMostSpecificMethod(method, type));
    }

    /**
     * The rule for a method.
     *
     * @param parameter the position of the parameter that is the value of the placeholder, -1 for a variable of the path
     */
    record MethodRule(PermissionRequirement requirement, int parameter) {}
}
