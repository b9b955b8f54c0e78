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
import java.util.stream.Stream;

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
        report.checks(
                "One check, nanoseconds (error, bytes allocated)",
                (column, contender) -> figures.check(contender, column.world, Figures.MANY, column.jdk)
                        .or(() -> figures.check(contender, column.world, Figures.SOME, column.jdk)));
        report.checks(
                "One check, nanoseconds; a thousand questions over and over",
                (column, contender) -> figures.check(contender, column.world, Figures.FEW, column.jdk));
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

    /** A column of a table of checks: a world, on the JDK of the command or on another one. */
    private record Column(String world, String jdk) {

        String title() {
            String title = Worlds.isFile(world) ? "your policy" : world;
            return jdk.isEmpty() ? title : title + ", JDK " + jdk;
        }
    }

    /** Adds a table with a row for each contender and a column for each world and JDK. */
    private void checks(String title, BiFunction<Column, String, Optional<Figure>> find) {
        Set<String> contenders = new LinkedHashSet<>();
        Set<String> worlds = new LinkedHashSet<>();
        figures.checks().forEach(figure -> {
            contenders.add(figure.param("contender"));
            worlds.add(figure.param("world"));
        });
        List<Column> columns = worlds.stream()
                .flatMap(world -> jdks().map(jdk -> new Column(world, jdk)))
                .filter(column -> contenders.stream()
                        .anyMatch(contender -> find.apply(column, contender).isPresent()))
                .toList();
        contenders.removeIf(contender -> columns.stream()
                .noneMatch(column -> find.apply(column, contender).isPresent()));
        if (columns.isEmpty()) {
            return;
        }
        heading(title);
        List<String> head = new ArrayList<>(List.of("contender"));
        columns.forEach(column -> head.add(column.title()));
        row(head);
        row(head.stream().map(column -> "---").toList());
        for (String contender : contenders) {
            List<String> cells = new ArrayList<>(List.of(contender));
            columns.forEach(column ->
                    cells.add(find.apply(column, contender).map(Report::cell).orElse("")));
            row(cells);
        }
    }

    /** Returns the JDK of the command, then the others. */
    private Stream<String> jdks() {
        return Stream.concat(Stream.of(""), figures.otherJdks().stream());
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
        jdks().forEach(jdk -> rest.removeAll(figures.checks(jdk)));
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
