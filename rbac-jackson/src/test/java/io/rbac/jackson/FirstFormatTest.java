package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.jackson.BadDocument.Rows;
import io.rbac.jackson.Documents.Entry;
import io.rbac.model.PolicyRules.UnknownTargets;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents of the first format, which are read and no longer written. */
class FirstFormatTest {

    private static final String BOB = "{ \"user\": \"bob\", \"role\": \"lead\", \"team\": \"support\" }";

    private final PolicyJson json = PolicyJson.selfContained();

    @ParameterizedTest
    @EnumSource(Entry.class)
    void a_document_means_what_it_did(Entry entry) throws IOException {
        Policy policy = json.read(Documents.ACME);
        assertThat(entry.read(json, Documents.ACME_1)).isEqualTo(policy);
        assertThat(entry.read(new PolicyJson(policy.catalog(), policy.rules()), Documents.ACME_1))
                .isEqualTo(policy);
        assertThat(json.write(json.read(Documents.ACME_1))).isEqualTo(Documents.ACME);
    }

    @Test
    void placed_chats_are_unknown_targets() {
        for (String word : List.of("trusted", "refused")) {
            String document = Documents.replace(
                    Documents.ACME_1, "\"deletion\": \"refuse\"", "\"placedChats\": \"" + word + "\"");
            assertThat(json.read(document).rules().unknownTargets())
                    .isEqualTo(word.equals("trusted") ? UnknownTargets.TRUSTED : UnknownTargets.REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\": 1,           | \"format\": 1, \"scopes\": [],  | /scopes  | none, because the scopes are account, team and chat",
                "\"format\": 1,           | \"format\": 1, \"targets\": 7,  | /targets | `teams` and `chats`",
                "\"deletion\": \"refuse\" | \"unknownTargets\": \"trusted\" | /rules/unknownTargets | `placedChats`",
                "\"user\": \"ada\"        | \"user\": \"ada\", \"at\": \"account\" | /assignments/0/at | `team` or `chat`"
            })
    void a_field_of_the_second_format_is_refused(String text, String replacement, String path, String expected) {
        String field = path.substring(path.lastIndexOf('/') + 1);
        String document = Documents.replace(Documents.ACME_1, text, replacement);
        String formatLast = Documents.replace(document, "\"format\": 1,", "")
                .stripTrailing()
                .replaceAll("}$", ", \"format\": 1 }");
        for (String spelt : List.of(document, formatLast)) {
            Violation violation = Documents.onlyViolation(() -> json.read(spelt));
            assertThat(violation.code() + " " + violation.path()).isEqualTo("UNKNOWN_FIELD " + path);
            assertThat(violation.value()).contains(field);
            assertThat(violation.message())
                    .isEqualTo("`" + field + "` is a field of format 2, and this document has format 1: expected "
                            + expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\": 2,           | \"format\": 2, \"teams\": [],       | /teams | `targets`",
                "\"format\": 2,           | \"format\": 2, \"chats\": {},       | /chats | `targets`",
                "\"deletion\": \"refuse\" | \"placedChats\": \"trusted\"        | /rules/placedChats | `unknownTargets`",
                "\"user\": \"ada\"        | \"user\": \"ada\", \"team\": \"x\"  | /assignments/0/team | `at`, such as `team/ID`",
                "\"user\": \"ada\"        | \"user\": \"ada\", \"chat\": \"x\"  | /assignments/0/chat | `at`, such as `chat/ID`"
            })
    void a_field_of_the_first_format_is_refused_in_the_second(
            String text, String replacement, String path, String expected) {
        String field = path.substring(path.lastIndexOf('/') + 1);
        String document = Documents.acme(text, replacement);
        String formatLast = Documents.replace(document, "\"format\": 2,", "")
                .stripTrailing()
                .replaceAll("}$", ", \"format\": 2 }");
        for (String spelt : List.of(document, formatLast)) {
            Violation violation = Documents.onlyViolation(() -> json.read(spelt));
            assertThat(violation.code() + " " + violation.path()).isEqualTo("UNKNOWN_FIELD " + path);
            assertThat(violation.value()).contains(field);
            assertThat(violation.message())
                    .isEqualTo("`" + field + "` is a field of format 1, and this document has format 2: expected "
                            + expected);
        }
    }

    @TestFactory
    Stream<DynamicTest> what_is_wrong_has_the_paths_of_the_first_format() {
        Rows rows = new Rows(Documents.ACME_1);
        rows.edit("team twice", "\"support\"\n  ]", "\"support\",\n    §\"support\"\n  ]", "DUPLICATE_ID /teams/1");
        rows.edit(
                "chat twice",
                "{ \"id\": \"c-42\"",
                "§{ \"id\": \"c-1\"",
                "DUPLICATE_ID /chats/1/id",
                "TARGET_NOT_FOUND /assignments/2/chat");
        rows.edit(
                "field of a chat",
                "{ \"id\": \"c-1\" }",
                "{ \"id\": \"c-1\", §\"name\": null }",
                "UNKNOWN_FIELD /chats/0/name");
        rows.edit("team null", "\"support\"\n", "§null\n", "NULL_VALUE /teams/0");
        rows.edit("chat null", "{ \"id\": \"c-1\" }", "§null", "NULL_VALUE /chats/0");
        rows.edit("id of a chat", "\"id\": \"c-1\"", "\"id\": §null", "NULL_VALUE /chats/0/id");
        rows.edit(
                "team of a chat",
                "\"c-42\", \"team\": \"support\"",
                "\"c-42\", \"team\": §null",
                "NULL_VALUE /chats/1/team");
        rows.edit("no chat id", "{ \"id\": \"c-1\" }", "§{ }", "MISSING_FIELD /chats/0/id");
        rows.edit("team as an object", "\"support\"\n", "§{ \"id\": \"support\" }\n", "WRONG_TYPE /teams/0");
        rows.edit("teams as a text", "[\n    \"support\"\n  ]", "§\"support\"", "WRONG_TYPE /teams");
        rows.edit("chat as a text", "{ \"id\": \"c-1\" }", "§\"c-1\"", "WRONG_TYPE /chats/0");
        rows.edit(
                "chats as an object",
                "\"chats\": [",
                "\"chats\": §{}, \"x\": [",
                "WRONG_TYPE /chats",
                "UNKNOWN_FIELD /x");
        rows.edit("id of a team", "\"support\"\n", "\"support\", §\" x\"\n", "ID_INVALID /teams/1");
        rows.edit("bad id of a chat", "{ \"id\": \"c-1\" }", "§{ \"id\": \" x\" }", "ID_INVALID /chats/0/id");
        rows.edit(
                "two targets",
                BOB,
                "§{ \"user\": \"bob\", \"role\": \"lead\", \"team\": \"support\", \"chat\": \"c-1\" }",
                "UNKNOWN_FIELD /assignments/1/chat");
        rows.edit(
                "unknown team",
                BOB,
                "§{ \"user\": \"bob\", \"role\": \"lead\", \"team\": \"Support\" }",
                "TARGET_NOT_FOUND /assignments/1/team");
        rows.edit(
                "team for a chat",
                "{ \"user\": \"eve\", \"role\": \"writer\", \"chat\": \"c-42\" }",
                "§{ \"user\": \"eve\", \"role\": \"writer\", \"chat\": \"support\" }",
                "TARGET_NOT_FOUND /assignments/2/chat");
        rows.edit(
                "unknown team of a chat",
                "{ \"id\": \"c-1\" }",
                "§{ \"id\": \"c-1\", \"team\": \"c-42\" }",
                "TARGET_NOT_FOUND /chats/0/team");
        rows.edit("another scope", "\"scope\": \"chat\"", "\"scope\": §\"folder\"", "SCOPE_INVALID /roles/2/scope");
        rows.edit("trailing comma", "\"support\"\n", "\"support\",\n", "MALFORMED /teams/1");
        rows.edit(
                "several",
                "\"support\"\n  ],\n  \"chats\": [",
                "7, \"support\", \"support\" ],\n  \"chats\": [ {}, 7, { \"id\": \"c-1\", \"team\": \"x\" },",
                "WRONG_TYPE /teams/0",
                "MISSING_FIELD /chats/0/id",
                "WRONG_TYPE /chats/1",
                "DUPLICATE_ID /teams/2",
                "DUPLICATE_ID /chats/3/id");
        return rows.all().stream()
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    List<Violation> violations = Documents.violations(() -> json.read(bad.text()));
                    assertThat(violations.stream().map(v -> v.code() + " " + v.path()))
                            .isEqualTo(bad.violations());
                    List<String> marks = Documents.marks(bad.document());
                    assertThat(Documents.locations(violations).subList(0, marks.size()))
                            .isEqualTo(marks);
                }));
    }

    @Test
    void chats_may_come_before_teams() {
        String document = Documents.ACME_1
                .replace("\"teams\"", "\"x\"")
                .replace("\"chats\"", "\"y\"")
                .replace(
                        "\"x\": [\n    \"support\"",
                        "\"chats\": [ { \"id\": \"c-1\" }, 7, { \"id\": \"c-42\", \"team\": \"no\" }, { \"id\": \"c-1\" }")
                .replace(
                        "\"y\": [\n    { \"id\": \"c-1\" },\n    { \"id\": \"c-42\", \"team\": \"support\" }",
                        "\"teams\": [ null, \"support\", \"a  b\", \"support\"");
        List<Violation> violations = Documents.violations(() -> json.read(document));
        assertThat(violations.stream().map(v -> v.code() + " " + v.path()))
                .containsExactly(
                        "WRONG_TYPE /chats/1",
                        "NULL_VALUE /teams/0",
                        "DUPLICATE_ID /chats/3/id",
                        "ID_INVALID /teams/2",
                        "DUPLICATE_ID /teams/3");
        assertThat(violations.get(2).message()).endsWith("first at `/chats/0/id`");
        assertThat(violations.get(4).message()).endsWith("first at `/teams/1`");
    }
}
