package io.rbac.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.rbac.engine.PermissionEngine;
import io.rbac.spring.ObservationSampler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.authorization.AuthorizationDeniedException;

class ObservationsTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(RbacAutoConfiguration.class, RbacObservationAutoConfiguration.class))
            .withPropertyValues("rbac.catalog=classpath:catalog.json", "rbac.account.fixed=acme");

    private static ObservationRegistry recording(List<String> ended) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                ended.add(context.getName() + " " + context.getLowCardinalityKeyValues());
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        return registry;
    }

    @Test
    void a_share_of_the_decisions_is_observed_with_their_outcome() {
        List<String> ended = new ArrayList<>();
        runner.withBean(ObservationRegistry.class, () -> recording(ended))
                .withPropertyValues("rbac.observations.sampling=1")
                .withUserConfiguration(RbacAutoConfigurationTest.WithService.class)
                .run(context -> {
                    PermissionEngine engine = context.getBean(PermissionEngine.class);
                    engine.create(RbacAutoConfigurationTest.policy(engine.catalog()));
                    RbacAutoConfigurationTest.Service service =
                            context.getBean(RbacAutoConfigurationTest.Service.class);
                    RbacAutoConfigurationTest.as("bob", () -> service.write("c-1"));
                    RbacAutoConfigurationTest.as(
                            "eve",
                            () -> assertThatThrownBy(() -> service.write("c-1"))
                                    .isInstanceOf(AuthorizationDeniedException.class));
                    engine.close();
                    RbacAutoConfigurationTest.as(
                            "bob", () -> assertThatIllegalStateException().isThrownBy(() -> service.write("c-1")));
                });
        assertThat(ended)
                .containsExactly(
                        "rbac.check [keyValue(outcome=allowed)]",
                        "rbac.check [keyValue(outcome=denied)]",
                        "rbac.check [keyValue(outcome=failed)]");
    }

    @Test
    void the_share_is_one_in_a_hundred_and_lies_from_zero_to_one() {
        ApplicationContextRunner observed = runner.withBean(ObservationRegistry.class, ObservationRegistry::create);
        observed.run(context -> {
            assertThat(context).hasSingleBean(ObservationSampler.class);
            assertThat(context.getBean(RbacProperties.class).observations().sampling())
                    .isEqualTo(0.01);
        });
        for (String share : List.of("-0.1", "1.1", "NaN")) {
            observed.withPropertyValues("rbac.observations.sampling=" + share)
                    .run(context -> assertThat(new MissingRbacSettingAnalyzer()
                                    .analyze(context.getStartupFailure())
                                    .getDescription())
                            .isEqualTo("rbac: `rbac.observations.sampling` is " + share + "."));
        }
        runner.run(context -> assertThat(context).doesNotHaveBean(ObservationSampler.class));
    }
}
