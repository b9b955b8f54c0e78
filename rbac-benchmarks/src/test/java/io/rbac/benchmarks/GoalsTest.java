package io.rbac.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.benchmarks.Figures.Figure;
import io.rbac.benchmarks.Goals.Goal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalsTest {

    private final Figures figures = new Figures();

    private void measure(String depth, double score) {
        figures.all()
                .add(new Figure(
                        "DepthBenchmark.check",
                        Map.of("contender", "rbac-keys", "depth", depth),
                        score,
                        0,
                        score,
                        "ns/op",
                        0));
    }

    @Test
    void long_paths_are_held_against_the_standard_scopes_of_the_same_run() {
        measure("standard", 40);
        measure("3", 30);
        measure("8", 100);
        measure("16", 180);

        assertThat(Goals.of(figures))
                .filteredOn(goal -> goal.number().equals("T18"))
                .containsExactly(
                        new Goal("T18", "rbac-keys, paths of 8 targets, of the standard scopes", 2.5, 2.5),
                        new Goal("T18", "rbac-keys, paths of 16 targets, of the standard scopes", 4.5, 4))
                .extracting(Goal::holds)
                .containsExactly(true, false);
    }

    @Test
    void without_the_standard_scopes_there_is_nothing_to_hold_them_against() {
        measure("8", 100);

        assertThat(Goals.of(figures)).noneMatch(goal -> goal.number().equals("T18"));
    }
}
