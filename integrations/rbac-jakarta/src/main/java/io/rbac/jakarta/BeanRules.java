package io.rbac.jakarta;

import io.rbac.model.PermissionCatalog;
import jakarta.inject.Singleton;
import jakarta.ws.rs.PathParam;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The rules of beans, with the parameters that have the values of their placeholders. */
@Singleton
final class BeanRules {

    /** Types whose text is an id. */
    private static final Set<Class<?>> IDS = Set.of(
            String.class, UUID.class, int.class, long.class, short.class, Integer.class, Long.class, Short.class);

    private static final boolean HAS_JAX_RS = findJaxRs();

    private final Map<Key, BeanRule> rules = new ConcurrentHashMap<>();

    private static boolean findJaxRs() {
        try {
            Class.forName("jakarta.ws.rs.PathParam", false, BeanRules.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Returns whether the application has JAX-RS. */
    static boolean hasJaxRs() {
        return HAS_JAX_RS;
    }

    private record Key(Method method, Class<?> type) {}

    /** @param parameter the position of the parameter that has the value of the placeholder, -1 if there is none */
    record BeanRule(Rule rule, int parameter) {}

    /**
     * Returns the rule of a method.
     *
     * @throws InvalidRulesException if it is wrong
     */
    BeanRule rule(PermissionCatalog catalog, Method method, Class<?> type) {
        Key key = new Key(method, type);
        BeanRule known = rules.get(key); // without a lock, unlike computeIfAbsent
        if (known == null) {
            known = create(catalog, method, type);
            rules.put(key, known);
        }
        return known;
    }

    private static BeanRule create(PermissionCatalog catalog, Method method, Class<?> type) {
        Rule rule = Rule.of(catalog, Rule.annotation(method, type).orElseThrow());
        int parameter = rule.requirement()
                .placeholder()
                .map(name -> parameter(method, name))
                .orElse(-1);
        return new BeanRule(rule, parameter);
    }

    private static int parameter(Method method, String name) {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (name(parameters[i]).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String name(Parameter parameter) {
        PathParam bound = HAS_JAX_RS ? parameter.getAnnotation(PathParam.class) : null;
        return bound == null ? parameter.getName() : bound.value();
    }

    /** Returns whether the text of a parameter is an id. */
    static boolean isId(Class<?> type) {
        return IDS.contains(type) || type.isEnum();
    }
}
