package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.review.AccessInvariant;
import io.rbac.review.AccessInvariant.Counterexample;
import io.rbac.test.Choices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvariantsJsonTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("bill", "read", "write", "approve")
            .renamed("bill:sign", "bill:approve")
            .retired("bill:print")
            .build();
    private static final Path SEMANTICS = Path.of("..", "docs", "semantics.md");
    private static final int LISTS = 200;

    private static List<AccessInvariant> read(String document) {
        return InvariantsJson.read(document, CATALOG);
    }

    @Test
    void invariants_are_read_in_the_order_of_the_file() {
        assertThat(read("""
                { "invariants": [
                  { "permission": "bill:approve", "atLeast": 2 },
                  { "implies": "bill:read", "permission": "bill:write" },
                  { "permission": "bill:write", "excludes": "bill:approve" },
                  { "permission": "bill:write", "at": "team/a/b", "atLeast": 1 },
                  { "permission": "bill:write", "atLeast": 1, "at": "account" } ] }
                """))
                .containsExactly(
                        AccessInvariant.atLeast(2, "bill:approve", Target.account()),
                        AccessInvariant.implies("bill:write", "bill:read"),
                        AccessInvariant.excludes("bill:write", "bill:approve"),
                        AccessInvariant.atLeast(1, "bill:write", Target.team("a/b")),
                        AccessInvariant.atLeast(1, "bill:write", Target.account()));
        assertThat(read("{ \"invariants\": [] }")).isEmpty();
    }

    @Test
    void a_former_key_stands_for_the_new_one() {
        assertThat(read("{ \"invariants\": [ { \"permission\": \"bill:sign\", \"implies\": \"bill:read\" } ] }"))
                .containsExactly(AccessInvariant.implies("bill:approve", "bill:read"));
    }

    @Test
    void targets_are_those_of_the_scope_tree_of_the_catalog() {
        ScopeTree tree = ScopeTree.builder().scope("org").nestingScope("folder").build();
        PermissionCatalog catalog =
                PermissionCatalog.builder().scopes(tree).group("page", "read").build();
        String document = """
                { "invariants": [
                  { "permission": "page:read", "atLeast": 1, "at": "org" },
                  { "permission": "page:read", "atLeast": 1, "at": "folder/a" } ] }
                """;
        List<AccessInvariant> invariants = InvariantsJson.read(document, catalog);
        assertThat(invariants)
                .extracting(AccessInvariant::target)
                .containsExactly(Target.account(), Target.of(tree.scope("folder"), "a"));
        assertThat(InvariantsJson.read(InvariantsJson.write(invariants), catalog))
                .isEqualTo(invariants);
        assertThat(Documents.codesAndPaths(() -> read(document.replace("page:", "bill:"))))
                .containsExactly("MALFORMED /invariants/0/at", "MALFORMED /invariants/1/at");
    }

    @Test
    void what_is_written_is_one_line_each() {
        assertThat(InvariantsJson.write(List.of(
                        AccessInvariant.implies("bill:delete", "bill:read"),
                        AccessInvariant.excludes("bill:write", "\u2028\""),
                        AccessInvariant.atLeast(2, "bill:approve", Target.account()),
                        AccessInvariant.atLeast(1, "bill:write", Target.team("sales")))))
                .isEqualTo("""
                        {
                          "invariants": [
                            { "permission": "bill:delete", "implies": "bill:read" },
                            { "permission": "bill:write", "excludes": "\\u2028\\"" },
                            { "permission": "bill:approve", "atLeast": 2 },
                            { "permission": "bill:write", "atLeast": 1, "at": "team/sales" }
                          ]
                        }
                        """);
    }

    @Test
    void what_is_written_is_read_as_equal() {
        for (int seed = 0; seed < LISTS; seed++) {
            List<AccessInvariant> invariants = random(Choices.seeded(seed));
            String document = InvariantsJson.write(invariants);
            assertThat(read(document)).as("%s", document).isEqualTo(invariants);
        }
    }

    private static List<AccessInvariant> random(Choices choices) {
        Set<AccessInvariant> invariants = new LinkedHashSet<>();
        List<String> keys = List.copyOf(CATALOG.keys());
        int size = choices.below(6);
        for (int i = 0; i < size; i++) {
            String key = choices.oneOf(keys);
            String other = choices.oneOf(keys);
            Target target = choices.oneOf(List.of(Target.account(), Target.team("a/ü"), Target.chat("\"c\\ 😀")));
            invariants.add(
                    switch (choices.below(3)) {
                        case 0 -> AccessInvariant.implies(key, other);
                        case 1 -> AccessInvariant.excludes(key, other);
                        default -> AccessInvariant.atLeast(choices.between(1, 9), key, target);
                    });
        }
        return new ArrayList<>(invariants);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"implies\": \"bill:read\"                                       | MISSING_FIELD /invariants/1/permission",
                "\"permission\": \"bill:read\"                                    | MISSING_FIELD /invariants/1",
                "\"permission\": \"bill:read\", \"at\": \"account\"               | MISSING_FIELD /invariants/1",
                "\"permission\": \"bill:reed\", \"implies\": \"bill:read\"        | UNKNOWN_PERMISSION /invariants/1/permission",
                "\"permission\": \"bill:read\", \"implies\": \"bill:print\"       | UNKNOWN_PERMISSION /invariants/1/implies",
                "\"permission\": \"bill:read\", \"excludes\": \"\"                | UNKNOWN_PERMISSION /invariants/1/excludes",
                "\"permission\": 1, \"implies\": \"bill:read\"                    | WRONG_TYPE /invariants/1/permission",
                "\"permission\": null, \"implies\": \"bill:read\"                 | NULL_VALUE /invariants/1/permission",
                "\"permission\": \"bill:read\", \"excludes\": [\"bill:read\"]     | WRONG_TYPE /invariants/1/excludes",
                "\"permission\": \"bill:read\", \"atLeast\": 0                    | WRONG_TYPE /invariants/1/atLeast",
                "\"permission\": \"bill:read\", \"atLeast\": 2147483648           | WRONG_TYPE /invariants/1/atLeast",
                "\"permission\": \"bill:read\", \"atLeast\": 2.0                  | WRONG_TYPE /invariants/1/atLeast",
                "\"permission\": \"bill:read\", \"atLeast\": \"2\"                | WRONG_TYPE /invariants/1/atLeast",
                "\"permission\": \"bill:read\", \"atLeast\": 2, \"at\": \"team\"  | MALFORMED /invariants/1/at",
                "\"permission\": \"bill:read\", \"atLeast\": 2, \"at\": \"x/y\"   | MALFORMED /invariants/1/at",
                "\"permission\": \"bill:read\", \"atLeast\": 2, \"at\": null      | NULL_VALUE /invariants/1/at",
                "\"permission\": \"bill:read\", \"atLeast\": 2, \"atLeast\": 3    | DUPLICATE_KEY /invariants/1/atLeast",
                "\"permission\": \"bill:read\", \"atMost\": 2, \"atLeast\": 2     | UNKNOWN_FIELD /invariants/1/atMost",
                "\"permission\": \"bill:read\", \"atLeast\": 2, \"in\": \"account\" | UNKNOWN_FIELD /invariants/1/in",
                "\"permission\": \"bill:read\", \"implies\": \"bill:read\", \"at\": \"account\" | UNKNOWN_FIELD /invariants/1/at",
                "\"permission\": \"bill:read\", \"implies\": \"bill:read\", \"excludes\": \"bill:read\" | UNKNOWN_FIELD /invariants/1/excludes",
                "\"permission\": \"bill:read\", \"excludes\": \"bill:read\", \"atLeast\": 1 | UNKNOWN_FIELD /invariants/1/atLeast",
                "\"excludes\": \"bill:write\", \"permission\": \"bill:approve\"   | DUPLICATE_ID /invariants/1"
            })
    void a_bad_invariant_is_refused_with_its_location(String fields, String violation) {
        Documents.Reading reading = () -> read("""
                { "invariants": [ { "permission": "bill:sign", "excludes": "bill:write" },
                  { %s } ] }
                """.formatted(fields));
        assertThat(Documents.codesAndPaths(reading)).containsExactly(violation);
        assertThat(Documents.violations(reading))
                .allSatisfy(v -> assertThat(v.line()).isEqualTo(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ }                            | MISSING_FIELD /invariants",
                "{ \"invariants\": {} }         | WRONG_TYPE /invariants",
                "{ \"invariants\": null }       | NULL_VALUE /invariants",
                "{ \"invariants\": [[]] }       | WRONG_TYPE /invariants/0",
                "{ \"invariants\": [], \"invariants\": [] } | DUPLICATE_KEY /invariants",
                "[]                             | WRONG_TYPE",
                "''                             | MALFORMED",
                "{ \"invariants\": [ }          | MALFORMED /invariants",
                "{ \"invariants\": [] } {}      | TRAILING_CONTENT"
            })
    void a_bad_document_is_refused(String document, String violation) {
        assertThat(Documents.codesAndPaths(() -> read(document))).containsExactly(violation);
    }

    @Test
    void all_that_is_wrong_is_found_and_said() {
        assertThat(Documents.violations(() -> read("""
                { "invariants": [ { "permission": "bill:reed", "implies": "bill:fly" },
                  {}, { "permission": "bill:read", "excludes": "bill:read", "at": "team/a" } ] }
                """)))
                .extracting(Violation::toString)
                .containsExactly(
                        "UNKNOWN_PERMISSION at /invariants/0/permission: `bill:reed` is not a permission of the catalog;"
                                + " did you mean `bill:read`? (line 1, column 35)",
                        "UNKNOWN_PERMISSION at /invariants/0/implies: `bill:fly` is not a permission of the catalog"
                                + " (line 1, column 59)",
                        "MISSING_FIELD at /invariants/1/permission: the invariant has no `permission`: expected one"
                                + " (line 2, column 3)",
                        "MISSING_FIELD at /invariants/1: the invariant has none of [implies, excludes, atLeast]:"
                                + " expected one of them (line 2, column 3)",
                        "UNKNOWN_FIELD at /invariants/2/at: `at` is not a field of an invariant with `excludes`"
                                + " (line 2, column 7)");
    }

    @Test
    void a_file_that_is_not_there_is_a_failure_of_reading() {
        assertThatThrownBy(() -> InvariantsJson.read(Path.of("none.json"), CATALOG))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void the_invariants_of_the_example_hold() throws IOException {
        Policy policy = PolicyJson.selfContained().read(Documents.examples().resolve("documents.json"));
        Path file = Documents.examples().resolve("documents.invariants.json");
        List<AccessInvariant> invariants = InvariantsJson.read(file, policy.catalog());
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        assertThat(invariants)
                .hasSize(7)
                .allSatisfy(invariant -> assertThat(invariant.counterexamples(matrix))
                        .as("%s", invariant)
                        .isEmpty());
        assertThat(InvariantsJson.write(invariants)).isEqualTo(Files.readString(file));
    }

    /** The first JSON of the semantics is the policy of all examples; the one with invariants has a table after it. */
    @Test
    void the_invariants_of_the_semantics_have_the_counterexamples_that_are_said() throws IOException {
        String semantics = Files.readString(SEMANTICS);
        List<String> documents = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(semantics)
                .results()
                .map(match -> match.group(1))
                .toList();
        Policy policy = PolicyJson.selfContained().read(documents.get(0));
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        String document = documents.stream()
                .filter(each -> each.contains("\"invariants\""))
                .findFirst()
                .orElseThrow();
        List<AccessInvariant> invariants = InvariantsJson.read(document, policy.catalog());
        assertThat(invariants).hasSize(3);
        assertThat(invariants.get(1).holdsIn(matrix)).isTrue();
        for (AccessInvariant invariant : invariants) {
            List<Counterexample> examples = invariant.counterexamples(matrix);
            String result = examples.isEmpty() ? "holds" : examples.get(0).message();
            assertThat(examples).hasSizeLessThanOrEqualTo(1);
            assertThat(semantics).contains("| " + invariant + " | " + result + " |");
        }
    }
}
