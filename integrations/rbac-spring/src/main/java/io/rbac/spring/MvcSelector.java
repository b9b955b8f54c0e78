package io.rbac.spring;

import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/** Adds what there is for Spring MVC where that is used. */
final class MvcSelector implements ImportSelector {

    private static final String MVC = "org.springframework.web.servlet.HandlerExceptionResolver";

    @Override
    public String[] selectImports(AnnotationMetadata metadata) {
        return ClassUtils.isPresent(MVC, getClass().getClassLoader())
                ? new String[] {"io.rbac.spring.RbacMvcConfiguration"}
                : new String[0];
    }
}
