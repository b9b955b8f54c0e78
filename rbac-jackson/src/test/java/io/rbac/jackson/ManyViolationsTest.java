package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Violation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents with more than one violation: positions are those of the document, and nothing is reported twice. */
class ManyViolationsTest {

    private static final String BOB = "{ \"user\": \"bob\", \"role\": \"lead\", \"at\": \"team/support\" }";

    private final PolicyJson json = PolicyJson.selfContained();

    @Test
    void positions_count_what_could_not_be_read() {
        String document = Documents.acme(
                        "{ \"team\": \"support\" },", "7, { \"team\": \"support\" }, null, §{ \"team\": \"a \" },")
                .replace("{ \"chat\": \"c-1\" },", "{}, { \"chat\": \"c-1\" }, 5, §{ \"chat\": \"c-1\" },")
                .replace(BOB, "[], " + BOB + ", {}, " + BOB + ", §{ \"user\": \"bob\", \"role\": \"none\" }")
                .replace("{ \"id\": \"lead\"", "7, { \"id\": \"lead\"")
                .replace("\"Writer\"", "§\"\"");
        List<Violation> violations = Documents.violations(() -> json.read(document.replace("§", "")));
        assertThat(violations.stream().map(v -> v.code() + " " + v.path()))
                .containsExactly(
                        "WRONG_TYPE /roles/0",
                        "WRONG_TYPE /targets/0",
                        "NULL_VALUE /targets/2",
                        "MISSING_FIELD /targets/4",
                        "WRONG_TYPE /targets/6",
                        "WRONG_TYPE /assignments/1",
                        "MISSING_FIELD /assignments/3/user",
                        "MISSING_FIELD /assignments/3/role",
                        "NAME_BLANK /roles/3/name",
                        "ID_INVALID /targets/3",
                        "DUPLICATE_ID /targets/7",
                        "DUPLICATE_ID /assignments/4");
        assertThat(violations.get(10).message()).isEqualTo("chat `c-1` is given twice: first at `/targets/5`");
        assertThat(violations.get(11).message())
                .isEqualTo("user `bob` holds role `lead` at `team/support` twice: first at `/assignments/2`");
        List<String> marks = Documents.marks(document);
        assertThat(Documents.locations(List.of(violations.get(8), violations.get(9), violations.get(10))))
                .containsExactly(marks.get(0), marks.get(1), marks.get(2));
    }

    @Test
    void what_only_follows_from_a_violation_is_not_reported() {
        String noRole = Documents.acme("\"id\": \"member\",", "");
        assertThat(Documents.codesAndPaths(() -> json.read(noRole))).containsExactly("MISSING_FIELD /roles/1/id");
        String noName = Documents.acme("\"name\": \"Team lead\",", "");
        assertThat(Documents.codesAndPaths(() -> json.read(noName))).containsExactly("NAME_MISSING /roles/0/name");
        String noFlag = Documents.acme("\"default\": true", "\"default\": 1");
        assertThat(Documents.codesAndPaths(() -> json.read(noFlag))).containsExactly("WRONG_TYPE /roles/1/default");
        String noId = Documents.acme("{ \"team\": \"support\" }", "{ \"team\": 1 }");
        assertThat(Documents.codesAndPaths(() -> json.read(noId))).containsExactly("WRONG_TYPE /targets/0/team");
        String noTarget = Documents.acme("{ \"team\": \"support\" }", "1");
        assertThat(Documents.codesAndPaths(() -> json.read(noTarget))).containsExactly("WRONG_TYPE /targets/0");
        String noScope = Documents.acme("{ \"chat\": \"c-42\", ", "{ ");
        assertThat(Documents.codesAndPaths(() -> json.read(noScope))).containsExactly("MISSING_FIELD /targets/2");
        String otherScope = Documents.acme("{ \"chat\": \"c-42\", ", "{ \"chatt\": \"c-42\", ");
        assertThat(Documents.codesAndPaths(() -> json.read(otherScope)))
                .containsExactly("SCOPE_INVALID /targets/2/chatt");
        String twoScopes = Documents.acme("{ \"chat\": \"c-42\", ", "{ \"chat\": \"c-42\", \"team\": \"x\", ");
        assertThat(Documents.codesAndPaths(() -> json.read(twoScopes)))
                .containsExactly("UNKNOWN_FIELD /targets/2/team");
        String noTargets = Documents.acme("\"targets\": [", "\"targets\": 1, \"x\": [");
        assertThat(Documents.codesAndPaths(() -> json.read(noTargets)))
                .containsExactly("WRONG_TYPE /targets", "UNKNOWN_FIELD /x");
        String badParent = Documents.acme("\"in\": \"team/support\"", "\"in\": \"team\"");
        assertThat(Documents.codesAndPaths(() -> json.read(badParent))).containsExactly("MALFORMED /targets/2/in");
    }

    @Test
    void what_does_not_follow_from_a_violation_is_reported() {
        String noName =
                Documents.acme("\"name\": \"Team lead\",", "").replace("\"role\": \"writer\"", "\"role\": \"wrriter\"");
        assertThat(Documents.codesAndPaths(() -> json.read(noName)))
                .containsExactly("NAME_MISSING /roles/0/name", "ROLE_NOT_FOUND /assignments/2/role");
        String noTeam = Documents.acme("{ \"team\": \"support\" }", "{ \"team\": 1 }")
                .replace("\"at\": \"chat/c-42\"", "\"at\": \"chat/c-43\"");
        assertThat(Documents.codesAndPaths(() -> json.read(noTeam)))
                .containsExactly("WRONG_TYPE /targets/0/team", "TARGET_NOT_FOUND /assignments/2/at");
        String noChat = Documents.acme("{ \"chat\": \"c-1\" }", "{ \"chat\": [] }")
                .replace("\"lead\", \"at\": \"team/support\"", "\"lead\", \"at\": \"team/x\"");
        assertThat(Documents.codesAndPaths(() -> json.read(noChat)))
                .containsExactly("WRONG_TYPE /targets/1/chat", "TARGET_NOT_FOUND /assignments/1/at");
        String badDescription = Documents.acme("\"Everybody\"", "5").replace("\"default\": true, ", "");
        assertThat(Documents.codesAndPaths(() -> json.read(badDescription)))
                .containsExactly("WRONG_TYPE /roles/1/description", "LAST_DEFAULT_ROLE /roles");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"id\": \" x\", \"scope\": \"team\" }             | NAME_MISSING /roles/0/name  | ID_INVALID /roles/0/id",
                "{ \"name\": \"\", \"scope\": \"team\" }             | MISSING_FIELD /roles/0/id   | NAME_BLANK /roles/0/name",
                "{ \"id\": \"x\", \"name\": \"\" }                   | MISSING_FIELD /roles/0/scope | NAME_BLANK /roles/0/name",
                "{ \"id\": \"x\", \"name\": 1, \"scope\": \"chat\" } | WRONG_TYPE /roles/0/name    | SCOPE_INVALID /roles/0/scope"
            })
    void what_was_read_of_a_role_is_checked(String role, String first, String second) {
        String document =
                "{ \"format\": 2, \"account\": \"a\", \"catalog\": [], \"rules\": { \"scopes\": [\"account\", \"team\"] },"
                        + " \"roles\": [" + role + "] }";
        List<Violation> violations = Documents.violations(() -> json.read(document));
        assertThat(violations.stream().map(v -> v.code() + " " + v.path())).containsExactly(first, second);
        assertThat(violations.get(1).column()).isGreaterThan(100);
    }

    @Test
    void a_bad_account_and_a_bad_revision_hide_nothing() {
        String document = Documents.acme("\"acme\"", "\" \"")
                .replace("\"revision\": 7", "\"revision\": -7")
                .replace("\"user\": \"ada\"", "\"user\": \"\"");
        assertThat(Documents.codesAndPaths(() -> json.read(document)))
                .containsExactlyInAnyOrder(
                        "ID_INVALID /account", "LIMIT_EXCEEDED /revision", "ID_INVALID /assignments/0/user");
    }

    @Test
    void a_missing_name_is_not_reported_as_too_short() {
        String document = Documents.acme("\"max\": 60", "\"min\": 8").replace(" \"name\": \"Team lead\",", "");
        assertThat(Documents.codesAndPaths(() -> json.read(document)))
                .containsExactly("NAME_MISSING /roles/0/name", "NAME_INVALID /roles/2/name");
    }

    @Test
    void what_was_read_of_a_role_is_checked_without_rules_if_they_cannot_be_read() {
        String document = Documents.acme("\"max\": 60", "\"max\": \"60\"")
                .replace("\"name\": \"Team lead\",", "\"description\": \"\\u0000\",");
        assertThat(Documents.codesAndPaths(() -> json.read(document)))
                .containsExactly(
                        "WRONG_TYPE /rules/name/max", "NAME_MISSING /roles/0/name", "MALFORMED /roles/0/description");
    }

    @Test
    void the_rights_of_a_role_without_an_id_are_checked() {
        String document =
                Documents.acme("\"id\": \"lead\", ", "").replace("\"update\": true", "\"delete\": true, \"x\": true");
        assertThat(Documents.codesAndPaths(() -> json.read(document)))
                .containsExactly("MISSING_FIELD /roles/0/id", "ACTION_NOT_ALLOWED /roles/0/rights/user/x");
        String outside = Documents.acme("\"id\": \"lead\", ", "")
                .replace("\"user\": { \"read\": true, \"update\": true }", "\"agents\": { \"own\": true }");
        assertThat(Documents.violations(() -> json.read(outside)).get(1).message())
                .isEqualTo("a role of the scope `team` names `agents:own`: only roles of [account] may hold it");
    }

    @Test
    void a_catalog_that_uses_the_name_of_a_placeholder_is_checked_all_the_same() {
        String document = Documents.acme("\"edit\"", "7, \"unreadable-0\", \"edit\", \"edit\"");
        assertThat(Documents.codesAndPaths(() -> json.read(document)))
                .containsExactly("WRONG_TYPE /catalog/1/actions/1", "DUPLICATE_ID /catalog/1/actions/4");
    }

    @Test
    void everything_that_is_wrong_is_found_at_once() {
        String document = """
                {
                  "assignments": [
                    { "user": "u", "role": "r", "at": "team/t" },
                    { "user": "u", "role": "r" }
                  ],
                  "targets": [{ "chat": "c", "in": "team/x" }],
                  "roles": [
                    { "rights": { "g": { "b": true, "a": 1 } }, "scope": "account", "id": "r", "name": "R" },
                    { "rights": { "g": { "a": false } }, "scope": "team", "id": "s", "name": " " }
                  ],
                  "catalog": [{ "actions": ["a"], "group": "g", "scopes": ["account"] }],
                  "revision": -1.5,
                  "format": 2,
                  "account": "acme"
                }
                """;
        assertThat(Documents.codesAndPaths(() -> json.read(document)))
                .containsExactly(
                        "WRONG_TYPE /roles/0/rights/g/a",
                        "ACTION_NOT_ALLOWED /roles/0/rights/g/b",
                        "PERMISSION_NOT_IN_SCOPE /roles/1/rights/g/a",
                        "WRONG_TYPE /revision",
                        "NAME_BLANK /roles/1/name",
                        "LAST_DEFAULT_ROLE /roles",
                        "TARGET_NOT_FOUND /targets/0/in",
                        "TARGET_NOT_FOUND /assignments/0/at",
                        "SCOPE_MISMATCH /assignments/0/role");
    }

    @Test
    void a_document_with_content_after_it_is_checked_all_the_same() {
        assertThat(Documents.codesAndPaths(
                        () -> json.read(Documents.acme("\"revision\": 7", "\"revision\": null") + "x")))
                .containsExactly("NULL_VALUE /revision", "TRAILING_CONTENT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\": 2,               | \"format\": 2, \"roless\": 1,   | `roless` is not a field here; did you mean `roles`?",
                "\"format\": 2,               | \"format\": 3,                  | `3` is not a supported format: expected `1` or `2`",
                "\"format\": 2,               | \"format\": \"1\",              | the string `1` is not a supported format: expected `1` or `2`",
                "\"revision\": 7              | \"revision\": 7.5               | the value is `7.5`: expected an integer from -9223372036854775808 to 9223372036854775807, without fraction and exponent",
                "\"account\": \"acme\"        | \"account\": null               | the value is `null`: expected the id of the account",
                "\"account\": \"acme\"        | \"account\": []                 | the value is an array: expected the id of the account",
                "\"type\": \"system\"         | \"type\": \"sytem\"             | `sytem` is not a type of role: expected one of [system, custom]; did you mean `system`?",
                "\"default\": true            | \"default\": \"true\"           | the value is the string `true`: expected `true` or `false`",
                "\"view\": true               | \"viev\": true                  | `viev` is not an action of the rights group `agents`; did you mean `view`?",
                "\"agents\": { \"view\": true } | \"agent\": { \"view\": true } | `agent` is not a rights group of the catalog; did you mean `agents`?",
                "\"format\": 2,               | \"format\": 2, \"format\": 2,   | the field `format` is given twice in one object",
                "\"format\": 2,               | format: 1,                      | not JSON: unexpected character ('f' (code 102)): was expecting double-quote to start field name"
            })
    void a_message_names_what_is_wrong_and_what_was_expected(String text, String replacement, String message) {
        Violation violation = Documents.violations(() -> json.read(Documents.acme(text, replacement)))
                .get(0);
        assertThat(violation.message()).isEqualTo(message);
    }

    @Test
    void a_violation_carries_the_rejected_value() {
        assertThat(value("\"revision\": 7", "\"revision\": 7.50")).contains("7.50");
        assertThat(value("\"scope\": \"chat\"", "\"scope\": \"Chat\"")).contains("Chat");
        assertThat(value("\"format\": 2,", "\"format\": 2, \"a b\": 1,")).contains("a b");
        assertThat(value("\"format\": 2", "\"format\": \"7\"")).contains("7");
        assertThat(value("\"type\": \"system\"", "\"type\": {}")).isEmpty();
        assertThat(value("\"view\": true", "\"vieuw\": true")).contains("vieuw");
    }

    private Optional<String> value(String text, String replacement) {
        return Documents.violations(() -> json.read(Documents.acme(text, replacement)))
                .get(0)
                .value();
    }
}
