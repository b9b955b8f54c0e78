package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestCommandTest {

    private static final Path EXAMPLES = Path.of("..", "examples", "policies");

    @TempDir
    private Path folder;

    private String policy = "";

    @BeforeEach
    void write_the_policy() {
        policy = Acme.file(folder);
    }

    private String tests(String... tests) {
        return Acme.file(folder, "tests.json", "{ \"tests\": [\n" + String.join(",\n", tests) + "\n] }\n");
    }

    private static String expecting(String user, String permission, String target, boolean allowed) {
        return "{ \"user\": \"%s\", \"permission\": \"%s\", \"target\": \"%s\", \"allowed\": %s }"
                .formatted(user, permission, target, allowed);
    }

    @ParameterizedTest
    @CsvSource({"pulse, 72, 8", "freya, 25, 4", "trillet, 23, 3", "documents, 56, 5"})
    void the_examples_answer_as_expected(String example, int expectations, int notes) {
        Rbac run = Rbac.run(
                "test",
                EXAMPLES.resolve(example + ".json").toString(),
                EXAMPLES.resolve(example + ".tests.json").toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(expectations + " expectations: " + expectations + " as expected\n");
        assertThat(run.err().lines()).hasSize(notes).allMatch(line -> line.startsWith("rbac: note: "));
    }

    @Test
    void unknown_users_and_targets_are_noted() {
        String tests = tests(
                expecting("bobb", "user:update", "team/suport", false),
                expecting("bob", "user:update", "account", false),
                "{ \"user\": \"bob\", \"permission\": \"user:update\", \"target\": \"chat/c-42\","
                        + " \"in\": \"team/suport\", \"allowed\": false }");
        assertThat(Rbac.run("test", policy, tests))
                .isEqualTo(new Rbac(0, "3 expectations: 3 as expected\n", """
                        rbac: note: FILE:2: `bobb` is not a user of account `acme`; did you mean `bob`?
                        rbac: note: FILE:2: `suport` is not a team of account `acme`; did you mean `support`?
                        rbac: note: FILE:4: chat `c-42` lies in `team/support`, not in `team/suport`
                        """.replace("FILE", tests)));
    }

    @Test
    void strict_makes_unknown_users_and_targets_failures() {
        String tests = tests(
                expecting("bobb", "user:update", "team/suport", false),
                expecting("bob", "user:update", "account", false),
                expecting("nobody", "user:update", "account", true));
        assertThat(Rbac.run("test", "--strict", policy, tests)).isEqualTo(new Rbac(1, """
                        FILE:2: `bobb` is not a user of account `acme`; did you mean `bob`?
                        FILE:2: `suport` is not a team of account `acme`; did you mean `support`?
                        FILE:4: expected allowed, but denied: `nobody` may not `user:update` at `account`
                        FILE:4: `nobody` is not a user of account `acme`
                        3 expectations: 1 as expected, 2 not
                        """.replace("FILE", tests), ""));
        assertThat(Rbac.run("test", "--strict", policy, tests(expecting("bob", "user:update", "account", false))))
                .isEqualTo(new Rbac(0, "1 expectation: 1 as expected\n", ""));
    }

    @Test
    void json_has_what_is_noted_or_with_strict_not_as_expected() {
        String tests = tests(expecting("bobb", "user:read", "account", false));
        String bobb = """
                [ { "line": 2, "user": "bobb", "permission": "user:read", "target": "account",
                    "expected": false, "actual": false, "reason": { "roles": [],
                    "notes": ["`bobb` is not a user of account `acme`; did you mean `bob`?"] } } ]""";
        Rbac lenient = Rbac.run("test", policy, tests, "--json");
        assertThat(lenient.exitCode()).isZero();
        assertThat(lenient.err()).isEmpty();
        assertThat(lenient.json())
                .isEqualTo(Rbac.parse(
                        "{ \"expectations\": 1, \"asExpected\": 1, \"failed\": [], \"noted\": " + bobb + " }"));
        Rbac strict = Rbac.run("test", policy, tests, "--json", "--strict");
        assertThat(strict.exitCode()).isEqualTo(1);
        assertThat(strict.json())
                .isEqualTo(Rbac.parse(
                        "{ \"expectations\": 1, \"asExpected\": 0, \"failed\": " + bobb + ", \"noted\": [] }"));
    }

    @Test
    void a_name_that_is_unknown_many_times_has_the_same_note_each_time() {
        String[] many = new String[40];
        Arrays.fill(many, 0, 20, expecting("bobb", "user:read", "account", false));
        for (int i = 20; i < many.length; i++) {
            many[i] = expecting("bob" + i, "user:read", "account", false);
        }
        Rbac run = Rbac.run("test", policy, tests(many));
        assertThat(run.err().lines()).hasSize(40);
        assertThat(run.err()
                        .lines()
                        .filter(line -> line.endsWith("`bobb` is not a user of account `acme`; did you mean `bob`?")))
                .hasSize(20);
        assertThat(run.err().lines().filter(line -> line.contains("did you mean")))
                .hasSizeLessThan(31);
    }

    @Test
    void each_answer_that_is_not_as_expected_is_reported_with_its_line_and_the_reason() {
        String tests = tests(
                expecting("bob", "user:update", "chat/c-42", true),
                expecting("bob", "user:update", "chat/c-42", false),
                expecting("bob", "user:delete", "team/support", true),
                expecting("eve", "user:read", "account", true),
                expecting("mallory", "user:read", "team/nowhere", true),
                "{ \"user\": \"bob\", \"permission\": \"user:update\", \"target\": \"chat/c-42\","
                        + " \"in\": \"team/sales\", \"allowed\": true }");
        Rbac run = Rbac.run("test", policy, tests);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                        FILE:3: expected denied, but allowed: `bob` may `user:update` at `chat/c-42` by role `lead` at `team/support`
                        FILE:4: expected allowed, but denied: `bob` may not `user:delete` at `team/support`: not granted by role `member` at `account`, `lead` at `team/support`, `old` at `team/support` (discarded)
                        FILE:5: expected allowed, but denied: `eve` may not `user:read` at `account`: holds no role there
                        FILE:6: expected allowed, but denied: `mallory` may not `user:read` at `team/nowhere`
                        FILE:6: `mallory` is not a user of account `acme`
                        FILE:6: `nowhere` is not a team of account `acme`
                        FILE:7: expected allowed, but denied: `bob` may not `user:update` at `chat/c-42` in `team/sales`
                        FILE:7: chat `c-42` lies in `team/support`, not in `team/sales`
                        6 expectations: 1 as expected, 5 not
                        """.replace("FILE", tests));
    }

    @Test
    void json_has_what_is_not_as_expected() {
        String tests = tests(
                expecting("bob", "user:update", "team/support", true),
                "{ \"user\": \"bob\", \"permission\": \"user:update\", \"target\": \"chat/c-42\","
                        + " \"in\": \"team/support\", \"allowed\": false }");
        Rbac run = Rbac.run("test", policy, tests, "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json()).isEqualTo(Rbac.parse("""
                                { "expectations": 2, "asExpected": 1, "failed": [
                                  { "line": 3, "user": "bob", "permission": "user:update", "target": "chat/c-42",
                                    "in": "team/support", "expected": false, "actual": true, "reason": { "roles": [
                                    { "role": "member", "target": "account", "active": true, "grants": false },
                                    { "role": "lead", "target": "team/support", "active": true, "grants": true },
                                    { "role": "old", "target": "team/support", "active": false, "grants": false } ],
                                    "notes": [] } } ], "noted": [] }
                                """));
    }

    @Test
    void json_of_a_full_success_lists_nothing() {
        Rbac run = Rbac.run("test", policy, tests(expecting("ada", "user:update", "account", false)), "--json");
        assertThat(run)
                .isEqualTo(new Rbac(0, "{\"expectations\":1,\"asExpected\":1,\"failed\":[],\"noted\":[]}\n", ""));
    }

    @Test
    void permissions_that_the_catalog_lacks_are_counted_once_each() {
        String[] many = new String[71];
        for (int i = 0; i < many.length; i++) {
            many[i] = expecting("bob", "export:p" + i % 25, "account", false);
        }
        Rbac run = Rbac.run("test", policy, tests(many));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .hasSize(72)
                .last()
                .isEqualTo("rbac: `" + folder.resolve("tests.json") + "` names 25 permissions that the catalog lacks");
    }

    @Test
    void a_permission_that_the_catalog_lacks_is_an_error_whatever_is_expected() {
        String tests = tests(
                expecting("bob", "user:updat", "account", false),
                expecting("bob", "user:update", "account", true),
                expecting("bob", "export_all", "account", false));
        assertThat(Rbac.run("test", policy, tests)).isEqualTo(new Rbac(2, "", """
                        FILE:2: UNKNOWN_PERMISSION: `user:updat` is not a permission of the catalog; did you mean `user:update`?
                        FILE:4: UNKNOWN_PERMISSION: `export_all` is not a permission of the catalog
                        rbac: `FILE` names 2 permissions that the catalog lacks
                        """.replace("FILE", tests)));
    }

    @Test
    void no_expectation_is_an_error() {
        Rbac run = Rbac.run("test", policy, tests());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("rbac: `" + folder.resolve("tests.json") + "` ");
    }

    @Test
    void expected_answers_that_are_not_valid_are_an_error() {
        String tests = tests(
                expecting("bob", "user:update", "team", true),
                "{ \"user\": \"bob\", \"permission\": \"user:update\", \"target\": \"account\", \"alowed\": true }");
        Rbac run = Rbac.run("test", policy, tests);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(tests + ":2:", ": MALFORMED at /tests/0/target: `team` is not a target")
                .contains(tests + ":3:", ": UNKNOWN_FIELD at /tests/1/alowed: ", ": MISSING_FIELD at /tests/1")
                .endsWith("rbac: `" + tests + "` is not valid: 3 violations\n");
    }

    @Test
    void targets_and_parents_are_named_by_the_scopes_of_the_policy() {
        String tests = tests(
                expecting("bob", "page:read", "page/p-1", true),
                expecting("ada", "member:invite", "org", false),
                "{ \"user\": \"bob\", \"permission\": \"page:read\", \"target\": \"page/new\","
                        + " \"in\": \"folder/f-15\", \"allowed\": true }");
        assertThat(Rbac.run("test", Inkwell.trustingFile(folder), tests))
                .isEqualTo(new Rbac(1, """
                        FILE:4: expected allowed, but denied: `bob` may not `page:read` at `page/new` in `folder/f-15`
                        FILE:4: `page/new` cannot lie in `folder/f-15`, by its scope or by the length of its path
                        3 expectations: 2 as expected, 1 not
                        """.replace("FILE", tests), ""));
    }

    @Test
    void a_target_of_other_scopes_is_an_error_in_the_tests() {
        String tests = tests(
                expecting("bob", "page:read", "team/support", false),
                "{ \"user\": \"bob\", \"permission\": \"page:read\", \"target\": \"folder/f-2\","
                        + " \"in\": \"page/p-1\", \"allowed\": false }");
        Rbac run = Rbac.run("test", Inkwell.file(folder), tests);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(
                        ": MALFORMED at /tests/0/target: `team/support` is not a target: expected `org`, `folder/ID` or"
                                + " `page/ID`",
                        ": PARENT_INVALID at /tests/1/in: ")
                .endsWith("rbac: `" + tests + "` is not valid: 2 violations\n");
    }

    @Test
    void a_broken_policy_is_an_error() {
        String broken = Acme.file(folder, "broken.json", Acme.POLICY.replace("\"format\": 1", "\"format\": 3"));
        Rbac run = Rbac.run("test", broken, tests(expecting("bob", "user:read", "account", true)));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith(broken + ":2:")
                .contains(": UNSUPPORTED_FORMAT at /format: ")
                .endsWith("rbac: `" + broken + "` is not valid: 1 violation\n");
    }

    @Test
    void a_missing_file_is_an_error() {
        assertThat(Rbac.run("test", policy, "missing.json"))
                .isEqualTo(new Rbac(
                        2, "", "rbac: `missing.json` does not exist, expected a file or `-` for standard input\n"));
    }

    @Test
    void one_of_the_two_is_read_from_standard_input() {
        String tests = tests(expecting("bob", "user:read", "account", true));
        assertThat(Rbac.runReading(Acme.POLICY, "test", "-", tests).out()).isEqualTo("1 expectation: 1 as expected\n");
        assertThat(Rbac.runReading(
                                "{\"tests\":[" + expecting("bob", "user:read", "account", false) + "]}",
                                "test",
                                policy,
                                "-")
                        .out())
                .startsWith("<standard input>:1: expected denied, but allowed: ");
        assertThat(Rbac.run("test", "-", "-"))
                .isEqualTo(new Rbac(2, "", "rbac: `-` is given twice, but standard input can be read only once\n"));
    }
}
