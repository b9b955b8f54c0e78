package io.rbac.jakarta;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.guard.AdminGuard;
import io.rbac.jakarta.BeanRules.BeanRule;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.review.AccessInvariant;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link RequiresPermission} work on the beans of CDI, checks every annotation when the application starts, and makes the
 * {@link PermissionEngine} where the application has a {@link PermissionCatalog} as a bean and no engine. That engine has the
 * beans {@link PolicyRules}, {@link PolicyStore}, {@link AdminGuard} and {@link AccessInvariant}, of which there may be several,
 * where there are any, and is closed with the container.
 *
 * <p>The container finds it by itself. It needs a bean of the type {@link Caller} as soon as a bean is annotated. Where the
 * application has JAX-RS, a bean of the type {@link AccountResolver} is enough: who calls is then the user of the security
 * context of the current request, and nobody outside of any. There it also makes the bean {@link RbacFeature}, which is to be
 * registered with one application of JAX-RS; without that, nobody calls. It has the bean {@link ProblemOptions}, if there is
 * one.
 *
 * @since 0.1
 */
public final class RbacExtension implements Extension {

    private final List<AnnotatedType<?>> annotated = new ArrayList<>();
    private boolean hasEngine;
    private boolean hasCatalog;
    private boolean hasCaller;

    /** {@code null} without JAX-RS. */
    private final @Nullable ResourceBeans resources = BeanRules.hasJaxRs() ? new ResourceBeans() : null;

    /** Creates the extension; the container does. */
    public RbacExtension() {}

    void addInterceptor(@Observes BeforeBeanDiscovery event) {
        event.addAnnotatedType(PermissionInterceptor.class, PermissionInterceptor.class.getName());
        event.addAnnotatedType(BeanRules.class, BeanRules.class.getName());
        event.addAnnotatedType(RequestPins.class, RequestPins.class.getName());
        event.addAnnotatedType(RequestPins.Holder.class, RequestPins.Holder.class.getName());
    }

    void collect(@Observes ProcessManagedBean<?> event) {
        AnnotatedType<?> type = event.getAnnotatedBeanClass();
        boolean isAnnotated = type.isAnnotationPresent(RequiresPermission.class)
                || type.getMethods().stream().anyMatch(method -> method.isAnnotationPresent(RequiresPermission.class));
        if (isAnnotated && type.getJavaClass() != PermissionInterceptor.class) {
            annotated.add(type);
        }
    }

    void note(@Observes ProcessBean<?> event) {
        Set<Type> types = event.getBean().getTypes();
        hasEngine |= types.contains(PermissionEngine.class);
        hasCatalog |= types.contains(PermissionCatalog.class);
        hasCaller |= types.contains(Caller.class);
        if (resources != null) {
            resources.note(types);
        }
    }

    void addBeans(@Observes AfterBeanDiscovery event) {
        if (hasCatalog && !hasEngine) {
            event.<PermissionEngine>addBean()
                    .addType(PermissionEngine.class)
                    .scope(Singleton.class)
                    .produceWith(RbacExtension::engine)
                    .disposeWith((engine, beans) -> engine.close());
        }
        if (resources != null) {
            resources.addTo(event, hasCaller);
        }
    }

    private static PermissionEngine engine(Instance<Object> beans) {
        PermissionEngine.Builder builder = PermissionEngine.builder()
                .catalog(beans.select(PermissionCatalog.class).get());
        beans.select(PolicyRules.class).stream().forEach(builder::rules);
        beans.select(PolicyStore.class).stream().forEach(builder::store);
        beans.select(AdminGuard.class).stream().forEach(builder::guard);
        builder.invariants(beans.select(AccessInvariant.class).stream().toList());
        return builder.build();
    }

    void check(@Observes AfterDeploymentValidation event, BeanManager beans) {
        if (annotated.isEmpty()) {
            return;
        }
        Instance<Object> instances = beans.createInstance();
        if (instances.select(Caller.class).isUnsatisfied()) {
            String other = resources == null ? "" : ", or a bean of the type " + ResourceBeans.ACCOUNTS;
            event.addDeploymentProblem(new InvalidRulesException(List.of(
                    "there is no bean of the type " + Caller.class.getName() + ": expected who calls" + other)));
            return;
        }
        PermissionCatalog catalog =
                instances.select(PermissionEngine.class).get().catalog();
        Set<String> problems = new LinkedHashSet<>();
        BeanRules rules = instances.select(BeanRules.class).get();
        annotated.forEach(type -> check(type, catalog, rules, problems));
        if (!problems.isEmpty()) {
            event.addDeploymentProblem(new InvalidRulesException(List.copyOf(problems)));
        }
    }

    private static void check(AnnotatedType<?> type, PermissionCatalog catalog, BeanRules rules, Set<String> problems) {
        for (AnnotatedMethod<?> annotatedMethod : type.getMethods()) {
            Method method = annotatedMethod.getJavaMember();
            boolean isHidden = Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers());
            if (isHidden && method.isAnnotationPresent(RequiresPermission.class)) {
                problems.add(Rule.name(method, type.getJavaClass())
                        + ": the call cannot be intercepted: expected a method that is not private or static");
            }
            if (method.getDeclaringClass() == Object.class
                    || isHidden
                    || Rule.annotation(method, type.getJavaClass()).isEmpty()) {
                continue;
            }
            try {
                BeanRule rule = rules.rule(catalog, method, type.getJavaClass());
                rule.rule()
                        .requirement()
                        .placeholder()
                        .ifPresent(name -> checkParameter(method, type.getJavaClass(), rule, name, problems));
            } catch (InvalidRulesException e) {
                e.problems().forEach(problem -> problems.add(Rule.name(method, type.getJavaClass()) + ": " + problem));
            }
        }
    }

    private static void checkParameter(
            Method method, Class<?> type, BeanRule rule, String placeholder, Set<String> problems) {
        if (rule.parameter() < 0) {
            problems.add(Rule.name(method, type) + ": " + Rule.noValue(placeholder, "a parameter of this name"));
        } else if (!BeanRules.isId(method.getParameterTypes()[rule.parameter()])) {
            problems.add(Rule.name(method, type) + ": the parameter `" + placeholder + "` is a "
                    + method.getParameterTypes()[rule.parameter()].getName()
                    + ": expected a string, a UUID, an integer or an enum");
        }
    }
}
