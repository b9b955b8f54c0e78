package io.rbac.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.benchmarks.Figures.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private final Figures figures = new Figures();

    @TempDir
    Path folder;

    private void measure(String contender, String world, String jdk, double score) {
        Map<String, String> params = new HashMap<>(Map.of(
                "contender",
                contender,
                "world",
                world,
                "questionBits",
                Figures.MANY,
                "threads",
                "1",
                "answers",
                "MIXED",
                "users",
                "uniform"));
        if (!jdk.isEmpty()) {
            params.put(Figures.JDK, jdk);
        }
        figures.all().add(new Figure(Figures.CHECK, params, score, 0, score, "ns/op", -1));
    }

    private String report() throws IOException {
        Path file = folder.resolve("report.md");
        Report.write(figures, "./rbac-bench full", file);
        return Files.readString(file);
    }

    @Test
    void another_jdk_has_a_column_beside_that_of_the_same_size() throws IOException {
        measure("casbin", "S", "", 900);
        measure("rbac-keys", "S", "", 50);
        measure("rbac-keys", "M", "", 70);
        measure("rbac-keys", "S", "25", 40);
        measure("rbac-keys", "M", "25", 60);

        assertThat(report())
                .contains("| contender | S | S, JDK 25 | M | M, JDK 25 |\n")
                .contains("| casbin | 900 (± 0.00) |  |  |  |\n")
                .contains("| rbac-keys | 50.0 (± 0.00) | 40.0 (± 0.00) | 70.0 (± 0.00) | 60.0 (± 0.00) |\n")
                .doesNotContain("All other figures");
    }

    @Test
    void without_another_jdk_there_is_a_column_for_each_size() throws IOException {
        measure("rbac-keys", "S", "", 50);

        assertThat(report()).contains("| contender | S |\n");
    }
}
