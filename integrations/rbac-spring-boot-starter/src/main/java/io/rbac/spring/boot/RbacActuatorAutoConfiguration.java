package io.rbac.spring.boot;

import io.rbac.engine.PermissionEngine;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The endpoint {@code rbac} of the actuator, and the health of the same name, where the actuator is used; the health needs
 * Spring Boot 4.
 *
 * @since 0.1
 */
@AutoConfiguration(after = RbacAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
public final class RbacActuatorAutoConfiguration {

    /** Creates the configuration. */
    public RbacActuatorAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    RbacEndpoint rbacEndpoint(PermissionEngine engine) {
        return new RbacEndpoint(engine);
    }

    /** Apart, because Boot 3 has health in another package. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    @ConditionalOnProperty(name = "management.health.rbac.enabled", matchIfMissing = true)
    static final class Health {

        @Bean
        @ConditionalOnMissingBean(name = "rbacHealthIndicator")
        HealthIndicator rbacHealthIndicator(PermissionEngine engine, RbacProperties properties) {
            return new RbacHealth(engine, properties.maxStaleness());
        }
    }
}
