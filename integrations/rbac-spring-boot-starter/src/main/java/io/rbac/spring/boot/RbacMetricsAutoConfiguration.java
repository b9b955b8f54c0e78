package io.rbac.spring.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.rbac.engine.PermissionEngine;
import io.rbac.spring.Rbac;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Measures with Micrometer, where that is used: decisions by outcome, commits, refusals by code, denials, and what the cache
 * holds.
 *
 * @since 0.1
 */
@AutoConfiguration(
        after = RbacAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class RbacMetricsAutoConfiguration {

    /** Creates the configuration. */
    public RbacMetricsAutoConfiguration() {}

    @Bean
    RbacCounters rbacCounters(MeterRegistry registry) {
        return new RbacCounters(registry);
    }

    @Bean
    RbacGauges rbacGauges(PermissionEngine engine, Rbac rbac) {
        return new RbacGauges(engine, rbac);
    }
}
