package io.rbac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.observation.ObservationRegistry;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationSamplerTest {

    private static final ObservationRegistry REGISTRY = ObservationRegistry.create();

    @Test
    void exactly_the_decisions_that_chance_picks_are_observed() {
        Iterator<Double> chances = List.of(0.0, 0.2, 0.25, 0.24, 0.99).iterator();
        ObservationSampler quarter = new ObservationSampler(REGISTRY, 0.25, chances::next);
        assertThat(Stream.generate(() -> quarter.begin() != null).limit(5))
                .containsExactly(true, true, false, true, false);
        ObservationSampler none = new ObservationSampler(REGISTRY, 0, () -> 0);
        assertThat(none.begin()).isNull();
        ObservationSampler all = new ObservationSampler(REGISTRY, 1);
        assertThat(Stream.generate(all::begin).limit(100)).doesNotContainNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void a_share_lies_from_zero_to_one(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ObservationSampler(REGISTRY, share))
                .withMessageContaining("`" + share + "`");
    }
}
