package io.rbac.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rbac.benchmarks.Figures.Figure;
import io.rbac.benchmarks.Goals.Goal;
import java.util.List;
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

    private void measure(String benchmark, Map<String, String> params, double score) {
        figures.all().add(new Figure(benchmark, params, score, 0, score, "ns/op", 0));
    }

    private void measureCheck(String contender, double score) {
        measure(
                "CheckBenchmark.check",
                Map.of(
                        "contender",
                        contender,
                        "world",
                        "S",
                        "questionBits",
                        Figures.MANY,
                        "threads",
                        "1",
                        "answers",
                        "MIXED",
                        "users",
                        "uniform"),
                score);
    }

    private List<Goal> goals(String number) {
        return Goals.of(figures).stream()
                .filter(goal -> goal.number().equals(number))
                .toList();
    }

    @Test
    void the_best_by_hand_counts_and_the_turn_in_which_it_was_closest() {
        for (double[] turn : new double[][] {{50, 100, 70}, {60, 66, 90}, {40, 80, 81}}) {
            measureCheck("rbac-keys", turn[0]);
            measureCheck("hand-enumset", turn[1]);
            measureCheck("hand-bitset", turn[2]);
        }
        figures.mergeTurns();

        assertThat(goals("T14"))
                .containsExactly(
                        new Goal("T14", "three texts, of the best by hand in the same turn, S", 60.0 / 66, 0.8));
    }

    @Test
    void a_literal_key_is_held_against_look_ups_with_the_same_literal() {
        measureCheck("rbac-literals", 50);
        measureCheck("get-3-literals", 40);
        measureCheck("get-3", 10);

        assertThat(goals("T14"))
                .containsExactly(
                        new Goal("T14", "three texts, the key a literal, of three `HashMap.get`, S", 50.0 / 40, 1.3));
    }

    @Test
    void one_user_is_held_against_what_was_asked_the_same_questions() {
        for (String bits : List.of(Figures.MANY, Figures.FEW)) {
            double factor = bits.equals(Figures.MANY) ? 2 : 1;
            Map.of("user-permission", 30.0, "get-2", 20 * factor, "cache-objects", 60.0)
                    .forEach((contender, score) -> measure(
                            "UserBenchmark.check",
                            Map.of("contender", contender, "world", "M", "questionBits", bits),
                            score));
        }

        assertThat(goals("T15"))
                .extracting(Goal::measured, Goal::holds)
                .containsExactly(tuple(0.75, true), tuple(0.5, true), tuple(1.5, false), tuple(0.5, true));
    }

    @Test
    void filters_have_bounds_of_their_own_at_each_size_and_several_permissions_that_of_one() {
        List.of("S", "M", "L").forEach(world -> measure("FilterBenchmark.filter", Map.of("world", world), 100));
        measure("SeveralBenchmark.one", Map.of("world", "M"), 50);
        measure("SeveralBenchmark.any", Map.of("world", "M"), 60);
        measure("SeveralBenchmark.all", Map.of("world", "M"), 80);

        assertThat(goals("T16")).extracting(Goal::holds).containsExactly(false, false, true);
        assertThat(goals("T17")).extracting(Goal::measured).containsExactly(1.2, 1.6);
        assertThat(goals("T5")).extracting(Goal::holds).containsExactly(true);
    }

    @Test
    void without_the_standard_scopes_there_is_nothing_to_hold_them_against() {
        measure("8", 100);

        assertThat(Goals.of(figures)).noneMatch(goal -> goal.number().equals("T18"));
    }

    @Test
    void a_fingerprint_is_held_against_reading_the_document_of_the_same_run() {
        measure("ReviewBenchmark.fingerprint", Map.of("world", "L"), 9_000_000);
        measure("BuildBenchmark.document", Map.of("world", "L"), 6_000);
        measure("ReviewBenchmark.whoCan", Map.of("world", "S"), 0.1);
        measure("ReviewBenchmark.whoCanByHand", Map.of("world", "S"), 0.4);

        assertThat(Goals.of(figures))
                .filteredOn(goal -> goal.number().equals("review"))
                .containsExactly(
                        new Goal("review", "one user of those who can, us, S", 0.1, 0.2),
                        new Goal("review", "one user of those who can, of a loop over all users, S", 0.25, 1),
                        new Goal("review", "fingerprint, of reading the document, L", 1.5, 1));
    }
}
