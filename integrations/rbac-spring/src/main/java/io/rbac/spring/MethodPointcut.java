package io.rbac.spring;

import java.lang.reflect.Method;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.annotation.AnnotationUtils;

/** The methods that an annotation holds for. */
final class MethodPointcut extends StaticMethodMatcherPointcut {

    MethodPointcut() {
        setClassFilter(type -> AnnotationUtils.isCandidateClass(type, RequiresPermission.class));
    }

    @Override
    public boolean matches(Method method, Class<?> type) {
        return MethodRules.annotation(method, type) != null;
    }
}
