package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {

    private static final String TWO_FAULTS = Acme.POLICY
            .replace("\"role\": \"lead\", \"team\": \"support\"", "\"role\": \"leed\", \"team\": \"support\"")
            .replace("\"update\": true", "\"updat\": true");

    @TempDir
    private Path folder;

    @Test
    void a_valid_policy_is_counted() {
        assertThat(Rbac.run("validate", Acme.file(folder)))
                .isEqualTo(new Rbac(
                        0,
                        "valid: account `acme`, revision 7: 4 roles, 2 teams, 2 chats, 3 users, 5 assignments\n",
                        ""));
    }

    @Test
    void one_of_a_kind_is_counted_as_one() {
        String small = """
                { "format": 1, "account": "a", "revision": 1, "catalog": [ { "group": "user", "actions": ["read"] } ],
                  "roles": [ { "id": "m", "name": "M", "scope": "account", "default": true, "rights": {} } ],
                  "teams": ["t"], "chats": [ { "id": "c" } ], "assignments": [ { "user": "u", "role": "m" } ] }
                """;
        assertThat(Rbac.runReading(small, "validate", "-").out())
                .isEqualTo("valid: account `a`, revision 1: 1 role, 1 team, 1 chat, 1 user, 1 assignment\n");
    }

    @Test
    void targets_of_scopes_of_ones_own_are_counted_by_scope() {
        assertThat(Rbac.run("validate", Inkwell.file(folder)).out())
                .isEqualTo("valid: account `inkwell`, revision 3: 3 roles, 18 targets (16 folder, 2 page), 2 users,"
                        + " 3 assignments\n");
    }

    @Test
    void an_account_without_other_scopes_has_no_targets() {
        String alone = """
                { "format": 2, "account": "a", "revision": 1, "scopes": [ { "scope": "workspace" } ],
                  "catalog": [ { "group": "user", "actions": ["read"] } ],
                  "roles": [ { "id": "m", "name": "M", "scope": "workspace", "default": true, "rights": {} } ],
                  "targets": [], "assignments": [ { "user": "u", "role": "m" } ] }
                """;
        assertThat(Rbac.runReading(alone, "validate", "-").out())
                .isEqualTo("valid: account `a`, revision 1: 1 role, 0 targets, 1 user, 1 assignment\n");
    }

    @Test
    void what_is_wrong_with_scopes_and_parents_has_a_line() {
        String file = Acme.file(
                folder,
                "broken.json",
                Inkwell.POLICY
                        .replace("\"p-1\", \"in\": \"folder/f-3\"", "\"p-1\", \"in\": \"page/p-2\"")
                        .replace("\"scope\": \"page\", \"rights\"", "\"scope\": \"pages\", \"rights\""));
        Rbac run = Rbac.run("validate", file);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains(": SCOPE_INVALID at /roles/0/scope: ", ": PARENT_INVALID at /targets/16/in: ")
                .endsWith("not valid: 2 violations\n");
    }

    @Test
    void every_violation_has_a_line_with_its_location() {
        String file = Acme.file(folder, "broken.json", TWO_FAULTS);
        Rbac run = Rbac.run("validate", file);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEmpty();
        assertThat(run.out().replaceAll("(:\\d+):\\d+: ", "$1:COLUMN: ")).isEqualTo("""
                        FILE:10:COLUMN: ACTION_NOT_ALLOWED at /roles/0/rights/user/updat: `updat` is not an action of the rights group `user`; did you mean `update`?
                        FILE:20:COLUMN: ROLE_NOT_FOUND at /assignments/2/role: there is no role `leed`; did you mean `lead`?
                        not valid: 2 violations
                        """.replace("FILE", file));
    }

    @Test
    void json_has_every_violation() {
        String file = Acme.file(folder, "broken.json", TWO_FAULTS);
        Rbac run = Rbac.run("validate", file, "--json");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEmpty();
        JsonNode result = run.json();
        assertThat(result.get("file").textValue()).isEqualTo(file);
        assertThat(result.get("valid").booleanValue()).isFalse();
        assertThat(result.get("total").intValue()).isEqualTo(2);
        assertThat(result.get("violations")).hasSize(2);
        JsonNode first = result.get("violations").get(0);
        assertThat(first.get("code").textValue()).isEqualTo("ACTION_NOT_ALLOWED");
        assertThat(first.get("path").textValue()).isEqualTo("/roles/0/rights/user/updat");
        assertThat(Rbac.run("validate", file).out())
                .startsWith(file + ":" + first.get("line").intValue() + ":"
                        + first.get("column").intValue() + ": ");
        assertThat(first.get("message").textValue()).startsWith("`updat` is not an action");
    }

    @Test
    void json_of_a_valid_policy_says_so() {
        String file = Acme.file(folder);
        assertThat(Rbac.run("validate", file, "--json").json())
                .isEqualTo(
                        Rbac.parse("{\"file\":\"" + file + "\",\"valid\":true,\"account\":\"acme\",\"revision\":7}"));
    }

    @Test
    void many_files_are_all_validated_and_one_that_is_not_valid_decides() {
        String good = Acme.file(folder);
        String bad = Acme.file(folder, "broken.json", Acme.POLICY.replace("\"format\": 1", "\"format\": 3"));
        String other = Acme.file(folder, "other.json", Acme.POLICY.replace("\"acme\"", "\"other\""));
        String valid = ", revision 7: 4 roles, 2 teams, 2 chats, 3 users, 5 assignments\n";

        Rbac all = Rbac.run("validate", bad, good, "missing.json", other);
        assertThat(all.exitCode()).isEqualTo(2);
        assertThat(all.out())
                .matches("(?s)" + Pattern.quote(bad) + ":2:\\d+: UNSUPPORTED_FORMAT at /format: .*")
                .contains(
                        bad + ": not valid: 1 violation\n",
                        good + ": valid: account `acme`" + valid,
                        other + ": valid: account `other`" + valid);
        assertThat(all.err())
                .isEqualTo("rbac: `missing.json` does not exist, expected a file or `-` for standard input\n");

        assertThat(Rbac.run("validate", good, other))
                .isEqualTo(new Rbac(
                        0, good + ": valid: account `acme`" + valid + other + ": valid: account `other`" + valid, ""));
    }

    @Test
    void json_of_many_files_is_a_line_for_each() {
        String good = Acme.file(folder);
        String bad = Acme.file(folder, "broken.json", Acme.POLICY.replace("\"format\": 1", "\"format\": 3"));
        Rbac run = Rbac.run("validate", "--json", good, bad, "missing.json");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out().lines().map(line -> Rbac.parse(line).get("file").textValue()))
                .containsExactly(good, bad);
        assertThat(run.out().lines().map(line -> Rbac.parse(line).get("valid").booleanValue()))
                .containsExactly(true, false);
        assertThat(Rbac.parse(run.err()).get("error").textValue()).startsWith("`missing.json` does not exist");
    }

    @Test
    void standard_input_is_read_once() {
        assertThat(Rbac.runReading(Acme.POLICY, "validate", "-", Acme.file(folder))
                        .out())
                .startsWith("<standard input>: valid: account `acme`");
        assertThat(Rbac.runReading(Acme.POLICY, "validate", "-", "-"))
                .isEqualTo(new Rbac(2, "", "rbac: `-` is given twice, but standard input can be read only once\n"));
    }

    @Test
    void a_file_that_is_not_json_is_a_violation() {
        Rbac run = Rbac.runReading("{ \"format\": 1,\n  oops }", "validate", "-");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).startsWith("<standard input>:2:").contains(": MALFORMED");
        assertThat(Rbac.runReading("", "validate", "-").out()).startsWith("<standard input>:1:1: MALFORMED: ");
    }

    @Test
    void a_thousand_violations_are_listed_and_all_are_counted() {
        String many = IntStream.range(0, 1_234)
                .mapToObj(i -> "{ \"user\": \"u" + i + "\", \"role\": \"none\" }")
                .collect(Collectors.joining(",\n"));
        String text = Acme.POLICY.replace("\"assignments\": [", "\"assignments\": [\n" + many + ",");
        Rbac run = Rbac.runReading(text, "validate", "-");
        assertThat(run.out().lines())
                .hasSize(1_001)
                .last()
                .isEqualTo("not valid: 1234 violations, the first 1000 are listed");
        JsonNode json = Rbac.runReading(text, "validate", "-", "--json").json();
        assertThat(json.get("total").intValue()).isEqualTo(1_234);
        assertThat(json.get("violations")).hasSize(1_000);
    }

    @Test
    void what_a_terminal_would_interpret_is_escaped() {
        String text = Acme.POLICY.replace("\"revision\": 7", "\"revision\": 7, \"x\\u001b[31m\\u202e\": 1");
        assertThat(Rbac.runReading(text, "validate", "-").out())
                .contains("/x\\u{1B}[31m\\u{202E}")
                .doesNotContain("\u001B", "\u202E");
    }

    @Test
    void a_missing_file_is_an_error() {
        assertThat(Rbac.run("validate", "missing.json"))
                .isEqualTo(new Rbac(
                        2, "", "rbac: `missing.json` does not exist, expected a file or `-` for standard input\n"));
    }
}
