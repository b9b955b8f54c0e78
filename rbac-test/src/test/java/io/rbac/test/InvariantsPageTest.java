package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/invariants.md} and the tags of all tests agree: each row lists exactly the test classes that carry its
 * code, and each tag names a row or a rule of {@code docs/semantics.md}. A failure says which lines to put.
 */
class InvariantsPageTest {
    private static final String PAGE = "docs/invariants.md";
    private static final String SEMANTICS = "docs/semantics.md";
    private static final String[] TEST_FOLDERS = {
        "*/src/test/java",
        "examples/*/src/test/java",
        "verification/*/src",
        "stores/*/src/test/java",
        "integrations/*/src/test/java"
    };

    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([PBS]\\d+)\"\\)");
    private static final Pattern CODE = Pattern.compile("P\\d{2,3}|B\\d{2,3}");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (S\\d+) ");

    /** Statuses of rows that have tests; all others are the reason why there is none. */
    private static final Set<String> TESTED = Set.of("covered", "partly");

    private static final int STATEMENT_WIDTH = 78;
    private static final int TESTS_WIDTH = 42;

    /** The simple names of the test classes that carry each code. */
    private static final Map<String, Set<String>> CLASSES_BY_TAG = classesByTag();

    private static Map<String, Set<String>> classesByTag() {
        Map<String, Set<String>> classes = new TreeMap<>();
        for (Path file : SourceTree.javaFiles(TEST_FOLDERS)) {
            String name = file.getFileName().toString().replace(".java", "");
            Matcher tag = TAG.matcher(SourceTree.read(file));
            while (tag.find()) {
                classes.computeIfAbsent(tag.group(1), code -> new TreeSet<>()).add(name);
            }
        }
        return classes;
    }

    /**
     * A row of a table of the page.
     *
     * @param statement what holds, or which bad input has which result
     * @param lines the lines of the row as they stand on the page; all but the first have an empty first cell
     */
    private record Row(String code, String statement, String status, List<String> lines) {

        Row continued(String line, String more) {
            List<String> all = new ArrayList<>(lines);
            all.add(line);
            return new Row(code, (statement + " " + more).strip(), status, all);
        }

        /** Returns the lines that the row should have. */
        List<String> expectedLines(Set<String> classes) {
            List<String> statements = wrapped(List.of(statement.split(" ", -1)), " ", STATEMENT_WIDTH);
            List<String> tests = wrapped(List.copyOf(classes), ", ", TESTS_WIDTH);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < Math.max(statements.size(), tests.size()); i++) {
                expected.add("| " + (i == 0 ? code : "") + " | " + cell(statements, i) + " | " + (i == 0 ? status : "")
                        + " | " + cell(tests, i) + " |");
            }
            return expected.stream().map(line -> line.replaceAll(" +", " ")).toList();
        }

        private static String cell(List<String> cells, int index) {
            return index < cells.size() ? cells.get(index) : "";
        }
    }

    private static List<String> wrapped(List<String> words, String separator, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            if (!line.isEmpty() && line.length() + separator.length() + word.length() > width) {
                lines.add(line.append(separator.strip()).toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : separator).append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        String last = "";
        for (String line : SourceTree.read(PAGE).lines().toList()) {
            String[] cells = line.split("\\|", -1);
            String code = cells.length == 6 ? cells[1].strip() : "-";
            if (CODE.matcher(code).matches()) {
                Row row = new Row(code, cells[2].strip(), cells[3].strip(), List.of(line));
                assertThat(rows.put(code, row))
                        .as("first row %s of %s", code, PAGE)
                        .isNull();
                last = code;
            } else if (code.isEmpty() && rows.containsKey(last)) {
                rows.computeIfPresent(last, (known, row) -> row.continued(line, cells[2].strip()));
            } else {
                last = "";
            }
        }
        return rows;
    }

    @Test
    void each_row_lists_exactly_the_tests_that_carry_its_code() {
        List<String> wrong = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (Row row : rows().values()) {
            List<String> lines = row.expectedLines(CLASSES_BY_TAG.getOrDefault(row.code(), Set.of()));
            if (!lines.equals(row.lines())) {
                wrong.addAll(row.lines());
                expected.addAll(lines);
            }
        }
        assertThat(wrong)
                .as("lines of %s that do not fit the tags; put these lines:%n%s%n", PAGE, String.join("\n", expected))
                .isEmpty();
    }

    @Test
    void a_row_is_covered_exactly_if_a_test_carries_its_code() {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Row row : rows().values()) {
            if (TESTED.contains(row.status()) != CLASSES_BY_TAG.containsKey(row.code())) {
                wrong.put(row.code(), row.status());
            }
        }
        assertThat(wrong)
                .as(
                        "rows of %s with a wrong status: expected one of %s if a test carries the code, else a reason",
                        PAGE, TESTED)
                .isEmpty();
    }

    @Test
    void each_tag_has_a_row_or_is_a_rule_of_the_semantics() {
        Set<String> known = HEADING.matcher(SourceTree.read(SEMANTICS))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).as("rules of %s", SEMANTICS).hasSize(17).contains("S1", "S17");
        known.addAll(rows().keySet());
        Map<String, Set<String>> unknown = new TreeMap<>(CLASSES_BY_TAG);
        unknown.keySet().removeAll(known);
        assertThat(unknown)
                .as("tags that are neither a row of %s nor a rule of %s, with their classes", PAGE, SEMANTICS)
                .isEmpty();
    }
}
