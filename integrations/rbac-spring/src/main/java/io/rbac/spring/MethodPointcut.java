package io.rbac.spring;

import java.lang.reflect.Method;
import java.util.function.BooleanSupplier;
import org.reactivestreams.Publisher;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/** The methods that an annotation holds for. */
final class MethodPointcut extends StaticMethodMatcherPointcut {

    private final boolean forPublishers;
    private final BooleanSupplier isReactive;

    /**
     * @param forPublishers whether it is about the methods that are decided when what they return is subscribed to, or about the
     *     others
     * @param isReactive whether an application has methods of the first kind
     */
    private MethodPointcut(boolean forPublishers, BooleanSupplier isReactive) {
        this.forPublishers = forPublishers;
        this.isReactive = isReactive;
        setClassFilter(type -> AnnotationUtils.isCandidateClass(type, RequiresPermission.class));
    }

    /** Returns the methods that are decided when they are called: in a reactive application, those that return no publisher. */
    static MethodPointcut blocking(BooleanSupplier isReactive) {
        return new MethodPointcut(false, isReactive);
    }

    /** Returns the methods of a reactive application that are decided when what they return is subscribed to. */
    static MethodPointcut reactive() {
        return new MethodPointcut(true, () -> true);
    }

    @Override
    public boolean matches(Method method, Class<?> type) {
        return MethodRules.annotation(method, type) != null
                && forPublishers == (returnsPublisher(method) && isReactive.getAsBoolean());
    }

    /** Returns whether a method returns a {@code Mono}, a {@code Flux} or another publisher. */
    static boolean returnsPublisher(Method method) {
        return Reactor.PRESENT && Reactor.isPublisher(method.getReturnType());
    }

    /** Apart, so that nothing of Reactor is loaded where it is not. */
    private static final class Reactor {

        static final boolean PRESENT =
                ClassUtils.isPresent("org.reactivestreams.Publisher", MethodPointcut.class.getClassLoader());

        private Reactor() {}

        static boolean isPublisher(Class<?> type) {
            return Publisher.class.isAssignableFrom(type);
        }
    }
}
