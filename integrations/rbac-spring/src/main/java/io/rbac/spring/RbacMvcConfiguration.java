package io.rbac.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of {@link EnableRbac} where Spring MVC is used. */
@Configuration(proxyBeanMethods = false)
final class RbacMvcConfiguration {

    @Bean
    RbacExceptionHandler rbacExceptionHandler(Rbac rbac, ObjectProvider<ProblemOptions> options) {
        return new RbacExceptionHandler(rbac, new Problems(options.getIfAvailable(() -> ProblemOptions.STANDARD)));
    }
}
