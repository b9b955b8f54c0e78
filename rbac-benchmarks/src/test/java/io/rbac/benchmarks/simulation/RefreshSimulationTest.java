package io.rbac.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RefreshSimulationTest {

    private static final int PROCESSES = 10;
    private static final int ACCOUNTS = 5_000;
    private static final int SECONDS = 20;
    private static final long PERIOD = 1_000;
    private static final double HINT = 5;

    /** Everything is in memory. */
    private static Cluster all(boolean hints, double lost) {
        return new Cluster(PROCESSES, ACCOUNTS, ACCOUNTS, 100, 50, PERIOD, hints, HINT, lost, 1, SECONDS, 7);
    }

    private static Cluster some(int cached, int groups) {
        return new Cluster(PROCESSES, ACCOUNTS, cached, 500, 20, PERIOD, true, HINT, 0, groups, SECONDS, 7);
    }

    @Test
    void the_same_seed_gives_the_same_figures_and_another_one_others() {
        Cluster cluster = some(500, 1);
        Cluster other = new Cluster(PROCESSES, ACCOUNTS, 500, 500, 20, PERIOD, true, HINT, 0, 1, SECONDS, 8);

        assertThat(RefreshSimulation.run(cluster).figures())
                .isEqualTo(RefreshSimulation.run(cluster).figures())
                .isNotEqualTo(RefreshSimulation.run(other).figures());
    }

    @Test
    void without_hints_a_commit_is_unknown_for_half_a_period_and_never_longer_than_one() {
        Traffic traffic = RefreshSimulation.run(all(false, 0));

        assertThat(traffic.stalenessMillis(50)).isCloseTo(PERIOD / 2.0, within(100.0));
        assertThat(traffic.stalenessMillis(100)).isBetween(PERIOD * 0.9, PERIOD * 1.01);
        assertThat(traffic.hintsPerSecond()).isZero();
    }

    @Test
    void with_hints_a_commit_is_unknown_for_as_long_as_a_hint_takes() {
        Traffic traffic = RefreshSimulation.run(all(true, 0));

        assertThat(traffic.stalenessMillis(50)).isCloseTo(HINT, within(0.1));
        assertThat(traffic.stalenessMillis(100)).isCloseTo(HINT, within(0.1));
        assertThat(traffic.hintsPerSecond()).isCloseTo(50.0 * PROCESSES, within(50.0));
    }

    @Test
    void what_a_lost_hint_leaves_is_found_by_the_next_comparison() {
        Traffic traffic = RefreshSimulation.run(all(true, 0.1));

        assertThat(traffic.stalenessMillis(50)).isCloseTo(HINT, within(0.1));
        assertThat(traffic.stalenessMillis(99)).isGreaterThan(PERIOD / 2.0);
        assertThat(traffic.stalenessMillis(100)).isLessThan(PERIOD * 1.01);
    }

    @Test
    void each_process_compares_all_that_it_has_in_memory_once_a_period() {
        Traffic traffic = RefreshSimulation.run(all(false, 0));

        double compared = (double) PROCESSES * ACCOUNTS * 1_000 / PERIOD;
        // Beside these, a process whose commit is refused looks at one account.
        assertThat(traffic.versionsPerSecond()).isBetween(compared, compared * 1.001);
        assertThat(traffic.calls(Call.VERSIONS))
                .isBetween(5L * PROCESSES * SECONDS, 5L * PROCESSES * SECONDS + traffic.calls(Call.COMMIT) / 2);
        assertThat(traffic.calls(Call.LOAD)).isZero();
        assertThat(traffic.hitRate()).isOne();
    }

    @Test
    void every_other_process_learns_of_every_commit() {
        Traffic traffic = RefreshSimulation.run(all(true, 0));

        double commits = traffic.figures().get("rows/s, commits") / (PROCESSES - 1);
        assertThat(commits).isCloseTo(50.0, within(5.0));
        // Two may meet: then the later one is made twice.
        assertThat(traffic.calls(Call.COMMIT) / (double) SECONDS).isCloseTo(50.0, within(5.0));
    }

    @Test
    void a_larger_cache_and_groups_of_processes_load_less() {
        long loads = RefreshSimulation.run(some(250, 1)).calls(Call.LOAD);

        assertThat(RefreshSimulation.run(some(1_000, 1)).calls(Call.LOAD)).isLessThan(loads * 2 / 3);
        assertThat(RefreshSimulation.run(some(250, 5)).calls(Call.LOAD)).isLessThan(loads * 2 / 3);
    }

    @Test
    void groups_are_asked_as_much_in_all_as_one() {
        double one = RefreshSimulation.run(some(500, 1)).figures().get("questions/s");
        double five = RefreshSimulation.run(some(500, 5)).figures().get("questions/s");

        assertThat(one).isCloseTo(500.0 * PROCESSES, within(50.0));
        assertThat(five).isCloseTo(500.0 * PROCESSES, within(50.0));
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> some(500, PROCESSES + 1))
                .withMessage("such processes cannot be simulated: expected a group for each process at most");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all(true, 1.1))
                .withMessage("such processes cannot be simulated: expected a share of lost hints from 0 to 1");
    }
}
