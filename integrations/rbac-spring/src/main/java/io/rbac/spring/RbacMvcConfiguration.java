package io.rbac.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of {@link EnableRbac} where Spring MVC is used. */
@Configuration(proxyBeanMethods = false)
class RbacMvcConfiguration {

    @Bean
    RbacExceptionHandler rbacExceptionHandler(Rbac rbac, ObjectProvider<ProblemOptions> options) {
        return new RbacExceptionHandler(new Problems(rbac, options.getIfAvailable(() -> ProblemOptions.STANDARD)));
    }
}
