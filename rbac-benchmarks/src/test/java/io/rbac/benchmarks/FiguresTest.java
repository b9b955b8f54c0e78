package io.rbac.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.benchmarks.Figures.Figure;
import java.util.HashMap;
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

    @Test
    void turns_are_kept_in_their_order() {
        measure("S", 30, 7);
        measure("S", 10, 1);
        measure("S", 16, 2);

        figures.mergeTurns();

        assertThat(figures.turns(figures.all().get(0)))
                .extracting(Figure::score)
                .containsExactly(30.0, 10.0, 16.0);
    }

    @Test
    void what_was_measured_on_another_jdk_is_told_apart() {
        Map<String, String> params = Map.of(
                "contender",
                "rbac-keys",
                "world",
                "S",
                "questionBits",
                "18",
                "threads",
                "1",
                "answers",
                "MIXED",
                "users",
                "uniform");
        Map<String, String> other = new HashMap<>(params);
        other.put(Figures.JDK, "25");
        figures.all().add(new Figure(Figures.CHECK, other, 20, 0, 20, "ns/op", 0));
        figures.all().add(new Figure(Figures.CHECK, params, 30, 0, 30, "ns/op", 0));

        figures.mergeTurns();

        assertThat(figures.otherJdks()).containsExactly("25");
        assertThat(figures.check("rbac-keys", "S", "18"))
                .hasValueSatisfying(f -> assertThat(f.score()).isEqualTo(30));
        assertThat(figures.check("rbac-keys", "S", "18", "25"))
                .hasValueSatisfying(f -> assertThat(f.score()).isEqualTo(20));
        assertThat(figures.find(Figures.CHECK, "contender", "rbac-keys"))
                .hasValueSatisfying(f -> assertThat(f.score()).isEqualTo(30));
    }

    private void measure(String world, double score, double error) {
        figures.all().add(figure(world, score, error));
    }

    private static Figure figure(String world, double score, double error) {
        return new Figure("CheckBenchmark.check", Map.of("world", world), score, error, score, "ns/op", 0);
    }
}
