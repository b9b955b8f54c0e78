package io.rbac.spring.boot;

import io.micrometer.observation.ObservationRegistry;
import io.rbac.spring.DecisionSampler;
import io.rbac.spring.ObservationSampler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Observes a share of the decisions with Micrometer, where there is a registry of observations: for timers and traces.
 *
 * @since 0.1
 */
@AutoConfiguration(
        after = RbacAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
public final class RbacObservationAutoConfiguration {

    /** Creates the configuration. */
    public RbacObservationAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    DecisionSampler rbacDecisionSampler(ObservationRegistry registry, RbacProperties properties) {
        double share = properties.observations().sampling();
        try {
            return new ObservationSampler(registry, share);
        } catch (IllegalArgumentException e) {
            throw new MissingRbacSettingException(
                    "`rbac.observations.sampling` is " + share, "Set it to a share from 0 for none to 1 for all.");
        }
    }
}
