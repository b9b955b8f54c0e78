package io.rbac.spring;

import io.rbac.model.Violation;
import io.rbac.spring.MethodRules.MethodRule;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.util.ClassUtils;

/** Checks every rule once all beans are there, and stops the context with everything that is wrong. */
final class RuleCheck implements SmartInitializingSingleton, ApplicationContextAware {

    /** Whose beans have no rules of ours: most beans of an application are of this kind. */
    private static final String FRAMEWORK = "org.springframework.";

    private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

    private final Rbac rbac;
    private final MethodRules rules;
    private @Nullable ApplicationContext context;

    RuleCheck(Rbac rbac, MethodRules rules) {
        this.rbac = rbac;
        this.rules = rules;
    }

    @Override
    public void setApplicationContext(ApplicationContext newContext) {
        context = newContext;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Set<String> problems = new LinkedHashSet<>();
        if (context instanceof ConfigurableApplicationContext configurable) {
            ConfigurableListableBeanFactory beans = configurable.getBeanFactory();
            boolean hasHandlers = Endpoints.arePossible();
            Map<Method, Set<String>> variables = hasHandlers ? Endpoints.variablesByMethod(configurable) : Map.of();
            for (String bean : beans.getBeanDefinitionNames()) {
                Class<?> type = AutoProxyUtils.determineTargetClass(beans, bean);
                if (type != null && !type.getName().startsWith(FRAMEWORK)) {
                    checkBean(beans, bean, ClassUtils.getUserClass(type), variables, problems);
                }
            }
            if (hasHandlers && rbac.hasPlaceholders()) {
                problems.addAll(Endpoints.misplacedRules(configurable));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(List.copyOf(problems));
        }
    }

    private void checkBean(
            ConfigurableListableBeanFactory beans,
            String bean,
            Class<?> type,
            Map<Method, Set<String>> variables,
            Set<String> problems) {
        if (AnnotationUtils.isCandidateClass(type, PreAuthorize.class)) {
            checkExpressions(type, problems);
        }
        if (!AnnotationUtils.isCandidateClass(type, RequiresPermission.class)) {
            return;
        }
        Map<Method, RequiresPermission> annotated =
                MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<RequiresPermission>)
                        method -> MethodRules.annotation(method, type));
        List<Method> methods = annotated.keySet().stream()
                .filter(method -> isCallable(method, type, problems))
                .toList();
        for (Method method : methods) {
            try {
                MethodRule rule = rules.find(rbac, method, type);
                if (rule != null) {
                    checkPlaceholder(method, type, rule, variables, problems);
                }
            } catch (InvalidRulesException e) {
                e.problems().forEach(problem -> problems.add(name(method, type) + ": " + problem));
            }
        }
        if (!methods.isEmpty() && beans.containsSingleton(bean) && !isIntercepted(beans.getSingleton(bean))) {
            problems.add(
                    type.getName() + ": calls of the bean " + Violation.quote(bean)
                            + " are not intercepted, so its annotations do nothing: it is made before beans are proxied, or is final");
        }
    }

    /** Returns whether a call can be intercepted; one that is annotated by itself and cannot be is a problem. */
    private static boolean isCallable(Method method, Class<?> type, Set<String> problems) {
        int modifiers = method.getModifiers();
        if (!Modifier.isPrivate(modifiers) && !Modifier.isStatic(modifiers) && !Modifier.isFinal(modifiers)) {
            return true;
        }
        if (AnnotationUtils.findAnnotation(method, RequiresPermission.class) != null
                || !Modifier.isPrivate(modifiers)) {
            problems.add(name(method, type)
                    + ": the call cannot be intercepted: expected a method that is not private, static or final");
        }
        return false;
    }

    private void checkPlaceholder(
            Method method, Class<?> type, MethodRule rule, Map<Method, Set<String>> variables, Set<String> problems) {
        String placeholder = rule.requirement().placeholder().orElse(null);
        if (placeholder == null) {
            return;
        }
        if (rule.parameter() >= 0) {
            Method specific = MethodRules.specific(method, type);
            TypeDescriptor given = new TypeDescriptor(MethodParameter.forExecutable(specific, rule.parameter()));
            if (!rbac.conversions().canConvert(given, STRING)) {
                problems.add(name(method, type) + ": the parameter " + Violation.quote(placeholder) + " is a "
                        + given.getType().getName() + ": expected a string, or what converts to one");
            }
        } else if (!variables
                .getOrDefault(MethodRules.specific(method, type), Set.of())
                .contains(placeholder)) {
            problems.add(name(method, type) + ": nothing has a value for " + Violation.quote("{" + placeholder + "}")
                    + ": expected a parameter of this name, or a variable in each path of a handler");
        }
    }

    private static boolean isIntercepted(@Nullable Object bean) {
        if (!(bean instanceof Advised advised)) {
            return false;
        }
        for (Advisor advisor : advised.getAdvisors()) {
            if (advisor.getAdvice() instanceof AuthorizationManagerBeforeMethodInterceptor interceptor
                    && interceptor.getPointcut() instanceof MethodPointcut) {
                return true;
            }
        }
        return false;
    }

    private void checkExpressions(Class<?> type, Set<String> problems) {
        Map<Method, PreAuthorize> annotated =
                MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<PreAuthorize>) method -> {
                    PreAuthorize own = AnnotationUtils.findAnnotation(method, PreAuthorize.class);
                    return own != null ? own : AnnotationUtils.findAnnotation(type, PreAuthorize.class);
                });
        annotated.forEach((method, annotation) -> new ExpressionRules(rbac.catalog())
                .problems(annotation.value())
                .forEach(problem -> problems.add(name(method, type) + ": " + problem)));
    }

    private static String name(Method method, Class<?> type) {
        return type.getName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
