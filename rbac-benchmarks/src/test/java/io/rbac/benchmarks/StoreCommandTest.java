package io.rbac.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreCommandTest {

    private static final int ASSIGNMENTS = 1_400;
    private static final int ACCOUNTS = 12;

    @TempDir
    Path folder;

    private StoreDatabases databases() throws IOException {
        return StoreDatabases.make(List.of(StoreDatabases.SQLITE), folder, ASSIGNMENTS, ACCOUNTS);
    }

    @Test
    void a_commit_on_one_engine_reaches_another_one() throws IOException {
        try (StoreDatabases databases = databases()) {
            String address = databases.addresses().get(StoreDatabases.SQLITE);

            assertThat(StorePropagation.measure(address, 3))
                    .containsOnlyKeys(
                            "from the call of the commit, median ms",
                            "from the call of the commit, p99 ms",
                            "from its return, median ms",
                            "from its return, p99 ms")
                    .allSatisfy((name, millis) -> assertThat(millis).isPositive());
        }
    }

    @Test
    void the_large_account_has_as_many_assignments_as_were_asked_for_and_its_size_is_known() throws IOException {
        try (StoreDatabases databases = databases();
                StoreAccess access = StoreAccess.open(databases.addresses().get(StoreDatabases.SQLITE))) {
            assertThat(access.store()
                            .load(StoreDatabases.LARGE)
                            .orElseThrow()
                            .policy()
                            .users())
                    .hasSize(ASSIGNMENTS / 14);
            assertThat(access.store().accounts(null, 100)).hasSize(ACCOUNTS + 1);
            assertThat(databases.sizes().get(StoreDatabases.SQLITE).values())
                    .allSatisfy(bytes -> assertThat(bytes).isBetween(20.0, 20_000.0));
        }
    }

    @Test
    void nothing_is_left_of_the_databases() throws IOException {
        databases().close();

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_database_that_is_not_made_has_no_address() {
        assertThatIllegalStateException()
                .isThrownBy(() -> StoreDatabases.address("oracle"))
                .withMessage("the database `oracle` is not made: expected `rbac-bench store`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--turns 0", "--databases oracle", "--accounts 7", "--folder does-not-exist"})
    void what_cannot_be_measured_is_refused(String options) {
        String[] arguments = Stream.concat(Stream.of("store"), Stream.of(options.split(" ", -1)))
                .toArray(String[]::new);

        assertThat(Main.execute(arguments)).isEqualTo(2);
    }

    @Test
    void a_simulation_writes_its_figures() throws IOException {
        int exit = Main.execute(
                "simulate",
                "--processes=3",
                "--accounts=100",
                "--cached=10",
                "--questions=20",
                "--commits=5",
                "--seconds=2",
                "--no-hints",
                "--out=" + folder);

        assertThat(exit).isZero();
        assertThat(Files.readString(folder.resolve("simulate.md")))
                .contains("hints=false")
                .contains("| hit rate | ")
                .contains("| hints/s | 0.00 |");
    }

    @Test
    void a_simulation_that_cannot_be_is_refused() {
        assertThat(Main.execute("simulate", "--processes=0")).isEqualTo(2);
    }

    @Test
    void goals_are_ratios_of_what_was_measured_on_the_same_database() {
        Figures figures = new Figures();
        for (String database : List.of("sqlite", "postgresql")) {
            double factor = database.equals("sqlite") ? 1 : 10;
            add(figures, "StoreCommitBenchmark.update", Map.of("database", database, "threads", "1"), 100 * factor);
            add(
                    figures,
                    "StoreCommitBenchmark.commit",
                    Map.of("database", database, "account", "small", "threads", "1"),
                    150 * factor);
            add(figures, "StoreReadBenchmark.rows", Map.of("database", database), 1_000 * factor);
            add(figures, "StoreReadBenchmark.load", Map.of("database", database), 2_500 * factor);
        }
        figures.add("Right answer on another engine, sqlite", Map.of("from the call of the commit, median ms", 60.0));

        assertThat(Goals.of(figures))
                .containsExactly(
                        new Goals.Goal("store", "a commit, of a single-row `UPDATE`, sqlite, small account", 1.5, 2),
                        new Goals.Goal("store", "load of the large account, of reading its rows, sqlite", 2.5, 2),
                        new Goals.Goal(
                                "store",
                                "Right answer on another engine, sqlite: from the call of the commit, median ms",
                                60,
                                50),
                        new Goals.Goal(
                                "store", "a commit, of a single-row `UPDATE`, postgresql, small account", 1.5, 2),
                        new Goals.Goal("store", "load of the large account, of reading its rows, postgresql", 2.5, 2));
    }

    private static void add(Figures figures, String benchmark, Map<String, String> params, double score) {
        figures.all().add(new Figures.Figure(benchmark, params, score, 0, score, "us/op", -1));
    }
}
