package io.rbac.spring.boot;

import io.rbac.spring.EnableReactiveRbac;
import io.rbac.spring.ReactiveRbac;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;

/**
 * Configures rbac in an application on Spring WebFlux: everything that {@link EnableReactiveRbac} does.
 *
 * @since 0.1
 */
@AutoConfiguration(after = RbacAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(name = "org.springframework.web.reactive.DispatcherHandler")
@ConditionalOnMissingBean(ReactiveRbac.class)
@EnableReactiveRbac
public final class RbacReactiveAutoConfiguration {

    /** Creates the configuration. */
    public RbacReactiveAutoConfiguration() {}
}
