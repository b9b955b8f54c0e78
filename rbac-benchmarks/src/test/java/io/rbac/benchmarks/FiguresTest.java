package io.rbac.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.benchmarks.Figures.Figure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private final Figures figures = new Figures();

    @Test
    void of_turns_the_middle_one_counts_with_half_the_distance_of_the_outer_ones() {
        measure("S", 30, 7);
        measure("S", 10, 1);
        measure("S", 16, 2);

        figures.mergeTurns();

        assertThat(figures.all()).containsExactly(figure("S", 16, 10));
    }

    @Test
    void what_was_measured_once_keeps_its_error() {
        measure("S", 10, 1);
        measure("M", 20, 3);

        figures.mergeTurns();

        assertThat(figures.all()).containsExactly(figure("S", 10, 1), figure("M", 20, 3));
    }

    private void measure(String world, double score, double error) {
        figures.all().add(figure(world, score, error));
    }

    private static Figure figure(String world, double score, double error) {
        return new Figure("CheckBenchmark.check", Map.of("world", world), score, error, score, "ns/op", 0);
    }
}
