package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedAnswersTest {

    private static final String START = "{ \"tests\": [\n  { \"user\": \"u\", \"permission\": \"p\", ";

    private static List<ExpectedAnswer> read(String document) throws IOException {
        return ExpectedAnswers.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void answers_are_read_in_the_order_of_the_file() throws IOException {
        assertThat(read("""
                { "tests": [
                  { "user": "bob", "permission": "user:update", "target": "chat/c-42", "allowed": true },
                  { "allowed": false, "target": "chat/c/77", "in": "team/a/b", "permission": "p", "user": "\\u0000" },

                  { "user": "u", "permission": "p", "in": "account", "target": "chat/c", "allowed": false },
                  { "user": "u", "permission": "p", "target": "account", "allowed": true },
                  { "user": "u", "permission": "p", "target": "team/t", "in": "account", "allowed": true } ] }
                """))
                .containsExactly(
                        new ExpectedAnswer("bob", "user:update", Target.chat("c-42"), true, 2),
                        new ExpectedAnswer("\0", "p", Target.chat("c/77").inTeam("a/b"), false, 3),
                        new ExpectedAnswer("u", "p", Target.chat("c").inAccount(), false, 5),
                        new ExpectedAnswer("u", "p", Target.account(), true, 6),
                        new ExpectedAnswer("u", "p", Target.team("t").inAccount(), true, 7));
    }

    @Test
    void answers_are_about_targets_of_a_given_tree() throws IOException {
        ScopeTree tree = ScopeTree.builder()
                .scope("org")
                .nestingScope("folder")
                .scope("page")
                .build();
        Scope folder = tree.scope("folder");
        String document = START + """
                "target": "folder/a", "in": "folder/b", "allowed": true },
                  { "user": "u", "permission": "p", "target": "page/x/y", "in": "org", "allowed": false },
                  { "user": "u", "permission": "p", "target": "org", "allowed": true } ] }
                """;
        assertThat(ExpectedAnswers.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), tree))
                .extracting(ExpectedAnswer::target)
                .containsExactly(
                        Target.of(folder, "a").in(Target.of(folder, "b")),
                        Target.of(tree.scope("page"), "x/y").inAccount(),
                        Target.account());
        assertThat(Documents.codesAndPaths(() -> read(document)))
                .containsExactly(
                        "MALFORMED /tests/0/target",
                        "MALFORMED /tests/0/in",
                        "MALFORMED /tests/1/target",
                        "MALFORMED /tests/1/in",
                        "MALFORMED /tests/2/target");
    }

    @ParameterizedTest
    @CsvSource({"pulse, 72", "freya, 25", "trillet, 23", "documents, 56"})
    void the_examples_give_the_answers_that_are_expected(String name, int count) throws IOException {
        Policy policy = PolicyJson.selfContained().read(Documents.examples().resolve(name + ".json"));
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        List<ExpectedAnswer> answers = ExpectedAnswers.read(
                Documents.examples().resolve(name + ".tests.json"),
                policy.catalog().scopes());
        assertThat(answers)
                .hasSize(count)
                .allSatisfy(
                        answer -> assertThat(matrix.hasPermission(answer.user(), answer.permission(), answer.target()))
                                .isEqualTo(answer.allowed()))
                .allSatisfy(answer ->
                        assertThat(policy.catalog().find(answer.permission())).isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"target\": \"account\"                                | MISSING_FIELD /tests/0/allowed",
                "\"allowed\": true                                      | MISSING_FIELD /tests/0/target",
                "\"target\": \"account\", \"allowed\": 1                | WRONG_TYPE /tests/0/allowed",
                "\"target\": \"account\", \"allowed\": null             | NULL_VALUE /tests/0/allowed",
                "\"target\": \"chat\", \"allowed\": true                | MALFORMED /tests/0/target",
                "\"target\": \"chat/\", \"allowed\": true               | MALFORMED /tests/0/target",
                "\"target\": \"ACCOUNT\", \"allowed\": true             | MALFORMED /tests/0/target",
                "\"target\": 1, \"allowed\": true                       | WRONG_TYPE /tests/0/target",
                "\"target\": \"folder/f\", \"allowed\": true            | MALFORMED /tests/0/target",
                "\"target\": \"chat/c\", \"in\": \"chat/d\", \"allowed\": true  | PARENT_INVALID /tests/0/in",
                "\"target\": \"team/t\", \"in\": \"chat/c\", \"allowed\": true  | PARENT_INVALID /tests/0/in",
                "\"target\": \"chat/c\", \"in\": \"team\", \"allowed\": true    | MALFORMED /tests/0/in",
                "\"target\": \"account\", \"in\": \"team/t\", \"allowed\": true | PARENT_INVALID /tests/0/in",
                "\"target\": \"account\", \"allowed\": true, \"allowed\": false | DUPLICATE_KEY /tests/0/allowed",
                "\"target\": \"account\", \"allowed\": true, \"alowed\": false  | UNKNOWN_FIELD /tests/0/alowed"
            })
    void a_bad_test_is_refused_with_its_location(String rest, String violation) {
        Documents.Reading reading = () -> read(START + rest + " } ] }");
        assertThat(Documents.codesAndPaths(reading)).containsExactly(violation);
        assertThat(Documents.violations(reading))
                .allSatisfy(v -> assertThat(v.line()).isEqualTo(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ }                       | MISSING_FIELD /tests",
                "{ \"tests\": [] }         | MISSING_FIELD /tests",
                "{ \"tests\": {} }         | WRONG_TYPE /tests",
                "{ \"tests\": [[]] }       | WRONG_TYPE /tests/0",
                "[]                        | WRONG_TYPE",
                "{ \"tests\": [ }          | MALFORMED /tests"
            })
    void a_bad_document_is_refused(String document, String violation) {
        assertThat(Documents.codesAndPaths(() -> read(document))).containsExactly(violation);
    }

    @Test
    void all_that_is_wrong_is_found() {
        assertThat(Documents.codesAndPaths(() -> read("{ \"tests\": [ {}, { \"user\": 1 } ], \"x\": 1 } y")))
                .containsExactly(
                        "MISSING_FIELD /tests/0/user",
                        "MISSING_FIELD /tests/0/permission",
                        "MISSING_FIELD /tests/0/target",
                        "MISSING_FIELD /tests/0/allowed",
                        "WRONG_TYPE /tests/1/user",
                        "MISSING_FIELD /tests/1/permission",
                        "MISSING_FIELD /tests/1/target",
                        "MISSING_FIELD /tests/1/allowed",
                        "UNKNOWN_FIELD /x",
                        "TRAILING_CONTENT");
    }

    @Test
    void a_file_that_is_not_there_is_a_failure_of_reading() {
        assertThatThrownBy(() -> ExpectedAnswers.read(Path.of("none.json"))).isInstanceOf(NoSuchFileException.class);
    }
}
