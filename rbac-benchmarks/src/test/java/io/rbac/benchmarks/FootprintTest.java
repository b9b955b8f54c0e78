package io.rbac.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FootprintTest {

    @Test
    @Tag("P76")
    void the_estimate_of_retained_bytes_is_within_ten_percent_of_the_heap() {
        assertEstimate("S");
    }

    @Test
    @Tag("P76")
    @Tag("deep")
    void the_estimate_of_retained_bytes_is_within_ten_percent_of_a_larger_heap() {
        assertEstimate("M");
    }

    private static void assertEstimate(String world) {
        assertThat(ChildProcess.run(Footprint.class, "1g", world).get("estimate of retainedBytes over the heap"))
                .isBetween(0.9, 1.1);
    }
}
