package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.jackson.PolicyJson;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {

    @TempDir
    private Path folder;

    private String policy = "";

    @BeforeEach
    void write_the_policy() {
        policy = Acme.file(folder);
    }

    private Rbac check(String... question) {
        return checkIn(policy, question);
    }

    private static Rbac checkIn(String file, String... question) {
        List<String> args = new ArrayList<>(List.of("check", file));
        args.addAll(List.of(question));
        return Rbac.run(args.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ada | user:read   | account      | `member` at `account`
                    ada | user:read   | team/support | `member` at `account`
                    ada | user:read   | chat/c-1     | `member` at `account`
                    bob | user:update | team/support | `lead` at `team/support`
                    bob | user:update | chat/c-42    | `lead` at `team/support`
                    bob | user:read   | chat/c-42    | `member` at `account`, `lead` at `team/support`
                    eve | agent_view  | chat/c-42    | `writer` at `chat/c-42`
                    """)
    void what_is_allowed_names_the_roles_that_grant_it(String user, String permission, String target, String roles) {
        assertThat(check(user, permission, target))
                .isEqualTo(new Rbac(
                        0,
                        "allowed: `%s` may `%s` at `%s` by role %s\n".formatted(user, permission, target, roles),
                        ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ada | user:update | account      | not granted by role `member` at `account`
                    bob | user:update | team/sales   | not granted by role `member` at `account`
                    bob | user:update | chat/c-1     | not granted by role `member` at `account`
                    eve | agent_view  | chat/c-1     | holds no role there
                    eve | agent_view  | team/support | holds no role there
                    bob | user:delete | team/support | not granted by role `member` at `account`, `lead` at `team/support`, `old` at `team/support` (discarded)
                    """)
    void what_is_denied_names_the_roles_that_do_not_grant_it(
            String user, String permission, String target, String why) {
        assertThat(check(user, permission, target))
                .isEqualTo(new Rbac(
                        1, "denied: `%s` may not `%s` at `%s`: %s\n".formatted(user, permission, target, why), ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bobb  | user:read | account      | `bobb` is not a user of account `acme`; did you mean `bob`?
                    zacharias | user:read | account  | `zacharias` is not a user of account `acme`
                    bob   | user:read | team/suport  | `suport` is not a team of account `acme`; did you mean `support`?
                    bob   | user:read | chat/c-43    | `c-43` is not a chat of account `acme`; did you mean `c-42`?
                    bob   | user:read | chat/support | `support` is not a chat of account `acme`
                    Bob   | user:read | account      | `Bob` is not a user of account `acme`; did you mean `bob`?
                    """)
    void an_unknown_user_or_target_is_denied_with_a_note(String user, String permission, String target, String note) {
        assertThat(check(user, permission, target))
                .isEqualTo(new Rbac(
                        1,
                        "denied: `%s` may not `%s` at `%s`\n".formatted(user, permission, target),
                        "rbac: note: " + note + "\n"));
    }

    @Test
    void each_unknown_part_has_its_own_note() {
        assertThat(check("nobody", "user:read", "team/nowhere").err()).isEqualTo("""
                        rbac: note: `nobody` is not a user of account `acme`
                        rbac: note: `nowhere` is not a team of account `acme`
                        """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    user:updat | `user:updat` is not a permission of the catalog; did you mean `user:update`?
                    agents:view | `agents:view` is not a permission of the catalog; did you mean `agent_view`?
                    USER:READ | `USER:READ` is not a permission of the catalog
                    * | `*` is not a permission of the catalog
                    """)
    void a_permission_that_the_catalog_lacks_is_an_error(String permission, String message) {
        assertThat(check("bob", permission, "account")).isEqualTo(new Rbac(2, "", "rbac: " + message + "\n"));
    }

    @ParameterizedTest
    @CsvSource({"foo", "Account", "team", "team/", "chat/", "/support", "user/bob", "' account'", "''"})
    void a_malformed_target_is_an_error(String target) {
        Rbac run = check("bob", "user:read", target);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("`" + target + "` is not a target: expected `account`, `team/ID` or `chat/ID`")
                .contains("Usage: rbac check")
                .doesNotContain("Exception");
    }

    @Test
    void everything_after_the_first_slash_is_the_id() {
        assertThat(check("bob", "user:read", "team/support/x").err())
                .isEqualTo("rbac: note: `support/x` is not a team of account `acme`; did you mean `support`?\n");
    }

    @Test
    void a_chat_is_allowed_if_the_given_parent_is_its_own() {
        assertThat(check("bob", "user:update", "chat/c-42", "--in", "team/support"))
                .isEqualTo(new Rbac(
                        0,
                        "allowed: `bob` may `user:update` at `chat/c-42` in `team/support`"
                                + " by role `lead` at `team/support`\n",
                        ""));
        assertThat(check("ada", "user:read", "chat/c-1", "--in=account").exitCode())
                .isZero();
    }

    @Test
    void a_chat_is_denied_if_another_parent_is_given() {
        assertThat(check("bob", "user:read", "chat/c-42", "--in", "team/sales"))
                .isEqualTo(new Rbac(
                        1,
                        "denied: `bob` may not `user:read` at `chat/c-42` in `team/sales`\n",
                        "rbac: note: chat `c-42` lies in `team/support`, not in `team/sales`\n"));
        assertThat(check("bob", "user:read", "chat/c-1", "--in", "team/sales").err())
                .isEqualTo("rbac: note: chat `c-1` lies in `account`, not in `team/sales`\n");
    }

    @Test
    void a_given_parent_counts_for_an_unknown_chat_only_if_the_rules_trust_it() {
        assertThat(check("bob", "user:update", "chat/new", "--in", "team/support"))
                .isEqualTo(new Rbac(
                        1,
                        "denied: `bob` may not `user:update` at `chat/new` in `team/support`\n",
                        "rbac: note: `new` is not a chat of account `acme`\n"));

        String trusting = Acme.file(folder, "trusting.json", Acme.TRUSTING);
        assertThat(checkIn(trusting, "bob", "user:update", "chat/new", "--in", "team/support"))
                .isEqualTo(new Rbac(
                        0,
                        "allowed: `bob` may `user:update` at `chat/new` in `team/support`"
                                + " by role `lead` at `team/support`\n",
                        ""));
        assertThat(checkIn(trusting, "bob", "user:read", "chat/new", "--in", "team/suport"))
                .isEqualTo(new Rbac(
                        1,
                        "denied: `bob` may not `user:read` at `chat/new` in `team/suport`\n",
                        "rbac: note: `suport` is not a team of account `acme`; did you mean `support`?\n"));
        assertThat(checkIn(trusting, "bob", "user:delete", "chat/new", "--in", "account")
                        .out())
                .isEqualTo("denied: `bob` may not `user:delete` at `chat/new` in `account`:"
                        + " not granted by role `member` at `account`\n");
    }

    @Test
    void only_a_chat_takes_a_parent() {
        assertThat(check("bob", "user:read", "team/support", "--in", "account"))
                .isEqualTo(new Rbac(
                        2,
                        "",
                        "rbac: `--in` gives the parent of a chat, but `team/support` is not a chat:"
                                + " expected `chat/ID`\n"));
    }

    @Test
    void a_chat_does_not_lie_in_a_chat() {
        assertThat(check("bob", "user:read", "chat/c-42", "--in", "chat/c-1"))
                .isEqualTo(new Rbac(
                        2,
                        "",
                        "rbac: a chat does not lie in `chat/c-1`: expected `account` or `team/ID` after `--in`\n"));
    }

    @Test
    void json_has_the_question_the_answer_and_the_reason() {
        assertThat(check("bob", "user:update", "team/support", "--json")).isEqualTo(new Rbac(0, """
                        {"user":"bob","permission":"user:update","target":"team/support","allowed":true,"reason":\
                        {"roles":[\
                        {"role":"member","target":"account","active":true,"grants":false},\
                        {"role":"lead","target":"team/support","active":true,"grants":true},\
                        {"role":"old","target":"team/support","active":false,"grants":false}],"notes":[]}}
                        """, ""));
        Rbac denied = check("bob", "user:delete", "team/support", "--json");
        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.json().get("reason").get("roles").findValuesAsText("grants"))
                .containsExactly("false", "false", "false");
    }

    @Test
    void json_has_the_notes_in_the_reason_and_not_on_standard_error() {
        assertThat(check("bobb", "user:read", "chat/c-42", "--in", "team/sales", "--json"))
                .isEqualTo(new Rbac(1, """
                        {"user":"bobb","permission":"user:read","target":"chat/c-42","in":"team/sales","allowed":false,\
                        "reason":{"roles":[],"notes":["`bobb` is not a user of account `acme`; did you mean `bob`?",\
                        "chat `c-42` lies in `team/support`, not in `team/sales`"]}}
                        """, ""));
    }

    @Test
    void json_without_the_reason_is_an_expected_answer() {
        ObjectNode answer = (ObjectNode) check("bob", "user:update", "chat/c-42", "--in", "team/support", "--json")
                .json();
        answer.remove("reason");
        String tests = Acme.file(folder, "tests.json", "{ \"tests\": [ " + answer + " ] }");
        assertThat(Rbac.run("test", policy, tests).out()).isEqualTo("1 expectation: 1 as expected\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pulse", "freya", "trillet"})
    void the_reason_agrees_with_the_answer(String example) throws IOException {
        Policy policy = PolicyJson.selfContained().read(Path.of("..", "examples", "policies", example + ".json"));
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        List<Target> targets = new ArrayList<>(List.of(Target.account(), Target.team("none")));
        policy.teams().forEach(team -> targets.add(Target.team(team)));
        for (String chat : policy.chats()) {
            targets.add(Target.chat(chat));
            targets.add(Target.chat(chat).inAccount());
            targets.add(Target.chat(chat).inTeam("support"));
        }
        UnknownNames unknownNames = new UnknownNames(policy);
        int allowed = 0;
        for (String user : policy.users()) {
            for (Target target : targets) {
                for (Permission permission : policy.catalog().permissions()) {
                    Question question = new Question(user, permission.key(), target);
                    boolean grants = new Explanation(policy, permission, question, unknownNames)
                                    .text(true)
                                    .length()
                            > " by role ".length();
                    assertThat(grants)
                            .as(question.toString())
                            .isEqualTo(matrix.hasPermission(user, permission, target));
                    allowed += grants ? 1 : 0;
                }
            }
        }
        assertThat(allowed).isPositive();
    }

    @Test
    void json_is_ascii_and_reads_back_the_same() {
        String user = "J\u00FCrgen \uD83D\uDE80 \u202E\"\\\u009B";
        Rbac run = check(user, "user:read", "account", "--json");
        assertThat(run.out()).matches("[ -~]*\n");
        assertThat(run.json().get("user").textValue()).isEqualTo(user);
    }

    @Test
    void an_error_prints_no_answer() {
        assertThat(check("bob", "user:updat", "account", "--json").out()).isEmpty();
    }

    @Test
    void what_a_terminal_would_interpret_is_escaped() {
        Rbac run = check("b\u001B[31mob\n\u202E", "user:read", "account");
        assertThat(run.out()).isEqualTo("denied: `b\\u{1B}[31mob\\u{A}\\u{202E}` may not `user:read` at `account`\n");
        assertThat(run.err()).startsWith("rbac: note: `b\\u{1B}[31mob\\u{A}\\u{202E}` is not a user of account `acme`");

        assertThat(check("bob", "user:read", "x\u001B[31m").err()).doesNotContain("\u001B");
        assertThat(checkIn("no\u001B[31m\nsuch.json", "bob", "user:read", "account")
                        .err())
                .isEqualTo("rbac: `no\\u{1B}[31m\\u{A}such.json` does not exist,"
                        + " expected a file or `-` for standard input\n");
    }

    @Test
    void an_argument_is_taken_verbatim() {
        assertThat(check("@bob", "user:read", "account").err())
                .isEqualTo("rbac: note: `@bob` is not a user of account `acme`; did you mean `bob`?\n");
        assertThat(check("\"bob\"", "user:read", "account").exitCode()).isEqualTo(1);
        assertThat(check("@|red bob|@", "user:read", "account").out()).contains("`@|red bob|@`");
        assertThat(check("--", "--help", "user:read", "account").exitCode()).isEqualTo(1);
        assertThat(check("--", "-bob", "user:read", "account").err())
                .isEqualTo("rbac: note: `-bob` is not a user of account `acme`; did you mean `bob`?\n");
    }

    @Test
    void a_policy_is_read_from_standard_input() {
        assertThat(Rbac.runReading(Acme.POLICY, "check", "-", "bob", "user:update", "team/support")
                        .exitCode())
                .isZero();
    }

    @Test
    void a_file_that_cannot_be_read_is_an_error() {
        String missing = folder.resolve("missing.json").toString();
        assertThat(checkIn(missing, "bob", "user:read", "account"))
                .isEqualTo(new Rbac(
                        2, "", "rbac: `" + missing + "` does not exist, expected a file or `-` for standard input\n"));
        assertThat(checkIn(folder.toString(), "bob", "user:read", "account"))
                .isEqualTo(new Rbac(2, "", "rbac: `" + folder + "` is a directory, expected a file\n"));
        assertThat(checkIn("a\0b", "bob", "user:read", "account"))
                .isEqualTo(new Rbac(2, "", "rbac: `a\\u{0}b` is not a file name\n"));
        assertThat(checkIn(policy + "/x", "bob", "user:read", "account").exitCode())
                .isEqualTo(2);
    }

    @Test
    void a_broken_policy_is_an_error_with_its_violations() {
        String broken = Acme.file(
                folder, "broken.json", Acme.POLICY.replace("\"team\": \"support\" },", "\"team\": \"suport\" },"));
        Rbac run = checkIn(broken, "bob", "user:read", "account");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith(broken + ":") || line.startsWith("rbac: "))
                .last()
                .isEqualTo("rbac: `" + broken + "` is not valid: 2 violations");
    }
}
