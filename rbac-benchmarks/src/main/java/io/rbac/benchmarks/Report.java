package io.rbac.benchmarks;

import io.rbac.benchmarks.Figures.Figure;
import io.rbac.benchmarks.Goals.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Writes what was measured as Markdown. */
final class Report {

    private final Figures figures;
    private final StringBuilder text = new StringBuilder();

    private Report(Figures figures) {
        this.figures = figures;
    }

    static void write(Figures figures, String command, Path file) throws IOException {
        Report report = new Report(figures);
        report.machine(command);
        report.checks("One check, nanoseconds (error, bytes allocated)", figures::check);
        report.checks(
                "One check, nanoseconds; a thousand questions over and over",
                (contender, world) -> figures.check(contender, world, Figures.FEW));
        report.goals();
        report.others();
        report.everything();
        Files.writeString(file, report.text);
    }

    private void machine(String command) {
        text.append("Command: `")
                .append(command)
                .append("`\n\n")
                .append("JDK: ")
                .append(System.getProperty("java.vm.name"))
                .append(' ')
                .append(System.getProperty("java.runtime.version"))
                .append(", ")
                .append(System.getProperty("os.name"))
                .append(' ')
                .append(System.getProperty("os.arch"))
                .append(", ")
                .append(Runtime.getRuntime().availableProcessors())
                .append(" processors, ")
                .append(processor())
                .append("\n\n");
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("processor unknown");
        } catch (IOException e) {
            return "processor unknown";
        }
    }

    /** Adds a table with a row for each contender and a column for each world. */
    private void checks(String title, BiFunction<String, String, Optional<Figure>> find) {
        Set<String> worlds = new LinkedHashSet<>();
        Set<String> contenders = new LinkedHashSet<>();
        for (Figure figure : figures.checks()) {
            if (find.apply(figure.param("contender"), figure.param("world")).isPresent()) {
                worlds.add(figure.param("world"));
                contenders.add(figure.param("contender"));
            }
        }
        if (worlds.isEmpty()) {
            return;
        }
        heading(title);
        List<String> head = new ArrayList<>(List.of("contender"));
        worlds.forEach(world -> head.add(Worlds.isFile(world) ? "your policy" : world));
        row(head);
        row(head.stream().map(column -> "---").toList());
        for (String contender : contenders) {
            List<String> cells = new ArrayList<>(List.of(contender));
            worlds.forEach(world ->
                    cells.add(find.apply(contender, world).map(Report::cell).orElse("")));
            row(cells);
        }
    }

    private static String cell(Figure figure) {
        String bytes = figure.bytes() < 0 ? "" : ", " + number(Math.floor(figure.bytes())) + " B";
        return number(figure.score()) + " (± " + number(figure.error()) + bytes + ")";
    }

    private void goals() {
        List<Goal> goals = Goals.of(figures);
        if (goals.isEmpty()) {
            return;
        }
        heading("Goals");
        row(List.of("goal", "what", "measured", "at most", "holds"));
        row(List.of("---", "---", "--:", "--:", "---"));
        for (Goal goal : goals) {
            row(List.of(
                    goal.number(),
                    goal.text(),
                    number(goal.measured()),
                    number(goal.bound()),
                    goal.holds() ? "yes" : "**no**"));
        }
    }

    private void others() {
        for (Map.Entry<String, Map<String, Double>> other : figures.others().entrySet()) {
            heading(other.getKey());
            row(List.of("figure", "value"));
            row(List.of("---", "--:"));
            other.getValue().forEach((name, value) -> row(List.of(name, number(value))));
        }
    }

    private void everything() {
        List<Figure> rest = new ArrayList<>(figures.all());
        rest.removeAll(figures.checks());
        if (rest.isEmpty()) {
            return;
        }
        heading("All other figures");
        row(List.of("benchmark", "parameters", "mean", "error", "median", "unit"));
        row(List.of("---", "---", "--:", "--:", "--:", "---"));
        for (Figure figure : rest) {
            row(List.of(
                    figure.benchmark(),
                    figure.params().toString(),
                    number(figure.score()),
                    number(figure.error()),
                    number(figure.median()),
                    figure.unit()));
        }
    }

    private void heading(String title) {
        text.append("\n### ").append(title).append("\n\n");
    }

    private void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String pattern = size < 0.1 && value != 0 ? "%.4f" : size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
