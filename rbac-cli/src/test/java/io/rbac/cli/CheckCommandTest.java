package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rbac.jackson.PolicyJson;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules.UnknownTargets;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.review.PolicyReview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
    void a_team_takes_the_account_as_its_parent() {
        assertThat(check("bob", "user:update", "team/support", "--in", "account"))
                .isEqualTo(new Rbac(
                        0,
                        "allowed: `bob` may `user:update` at `team/support` in `account`"
                                + " by role `lead` at `team/support`\n",
                        ""));
        String trusting = Acme.file(folder, "trusting.json", Acme.TRUSTING);
        assertThat(checkIn(trusting, "bob", "user:read", "team/new", "--in", "account")
                        .out())
                .isEqualTo("allowed: `bob` may `user:read` at `team/new` in `account` by role `member` at `account`\n");
        assertThat(check("bob", "user:read", "team/new", "--in", "account").err())
                .isEqualTo("rbac: note: `new` is not a team of account `acme`\n");
    }

    @Test
    void the_account_takes_no_parent() {
        assertThat(check("bob", "user:read", "account", "--in", "account"))
                .isEqualTo(new Rbac(
                        2,
                        "",
                        "rbac: `--in` gives the parent of a target, but the account has none: expected `SCOPE/ID`\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    chat/c-42    | chat/c-1   | expected `account` or `team/ID`
                    chat/c-9     | chat/c-1   | expected `account` or `team/ID`
                    team/support | team/sales | expected `account`
                    team/support | chat/c-1   | expected `account`
                    """)
    void what_cannot_be_the_parent_is_an_error(String target, String parent, String expected) {
        assertThat(check("bob", "user:read", target, "--in", parent))
                .isEqualTo(new Rbac(
                        2, "", "rbac: `%s` cannot lie in `%s`: %s after `--in`\n".formatted(target, parent, expected)));
    }

    @ParameterizedTest
    @CsvSource({"foo", "Account", "team", "team/", "user/bob", "''"})
    void a_malformed_parent_is_an_error(String parent) {
        Rbac run = check("bob", "user:read", "chat/c-42", "--in", parent);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("rbac: invalid value for `--in`: `" + parent
                        + "` is not a target: expected `account`, `team/ID` or `chat/ID`\n")
                .contains("Usage: rbac check");
    }

    @Test
    void a_malformed_target_is_one_json_object_with_json() {
        assertThat(check("bob", "user:read", "foo", "--json").error("error"))
                .isEqualTo(
                        "invalid value for TARGET: `foo` is not a target: expected `account`, `team/ID` or `chat/ID`");
    }

    @Test
    void the_scopes_are_those_of_the_policy_so_a_file_that_cannot_be_read_comes_first() {
        assertThat(checkIn("missing.json", "bob", "user:read", "foo"))
                .isEqualTo(new Rbac(
                        2, "", "rbac: `missing.json` does not exist, expected a file or `-` for standard input\n"));
    }

    // scopes of one's own

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bob | page:read  | page/p-1    | `reader` at `folder/f-2`
                    bob | page:write | page/p-1    | `author` at `page/p-1`
                    bob | page:read  | folder/f-2  | `reader` at `folder/f-2`
                    bob | page:read  | folder/f-15 | `reader` at `folder/f-2`
                    """)
    void a_role_counts_wherever_it_is_held_on_the_path(String user, String permission, String target, String role) {
        assertThat(checkIn(Inkwell.file(folder), user, permission, target))
                .isEqualTo(new Rbac(
                        0,
                        "allowed: `%s` may `%s` at `%s` by role %s\n".formatted(user, permission, target, role),
                        ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bob | page:read  | folder/f-1  | holds no role there
                    bob | page:read  | folder/g    | holds no role there
                    bob | page:read  | page/p-2    | holds no role there
                    bob | page:write | folder/f-3  | not granted by role `reader` at `folder/f-2`
                    ada | page:read  | page/p-1    | not granted by role `member` at `account`
                    """)
    void a_role_counts_nowhere_else(String user, String permission, String target, String why) {
        assertThat(checkIn(Inkwell.file(folder), user, permission, target))
                .isEqualTo(new Rbac(
                        1, "denied: `%s` may not `%s` at `%s`: %s\n".formatted(user, permission, target, why), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"org", "account"})
    void the_account_is_called_by_either_name(String account) {
        assertThat(checkIn(Inkwell.file(folder), "ada", "member:invite", account)
                        .out())
                .isEqualTo("denied: `ada` may not `member:invite` at `account`: not granted by role `member` at"
                        + " `account`\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"team/support", "org/x", "folder", "folder/", "pages/p-1"})
    void a_target_of_other_scopes_is_an_error_with_the_forms_of_the_policy(String target) {
        Rbac run = checkIn(Inkwell.file(folder), "bob", "page:read", target);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("rbac: invalid value for TARGET: `" + target
                        + "` is not a target: expected `org`, `folder/ID` or `page/ID`\n")
                .contains("Usage: rbac check");
    }

    @Test
    void a_folder_is_denied_if_another_parent_is_given() {
        String inkwell = Inkwell.file(folder);
        assertThat(checkIn(inkwell, "bob", "page:read", "folder/f-3", "--in", "folder/f-2")
                        .out())
                .isEqualTo("allowed: `bob` may `page:read` at `folder/f-3` in `folder/f-2` by role `reader` at"
                        + " `folder/f-2`\n");
        assertThat(checkIn(inkwell, "bob", "page:read", "folder/f-3", "--in", "folder/f-1"))
                .isEqualTo(new Rbac(
                        1,
                        "denied: `bob` may not `page:read` at `folder/f-3` in `folder/f-1`\n",
                        "rbac: note: folder `f-3` lies in `folder/f-2`, not in `folder/f-1`\n"));
        assertThat(checkIn(inkwell, "ada", "page:read", "folder/f-1", "--in", "folder/f-2")
                        .err())
                .isEqualTo("rbac: note: folder `f-1` lies in `account`, not in `folder/f-2`\n");
    }

    @Test
    void a_trusted_parent_counts_with_its_whole_path() {
        String trusting = Inkwell.trustingFile(folder);
        assertThat(checkIn(trusting, "bob", "page:read", "page/new", "--in", "folder/f-9"))
                .isEqualTo(new Rbac(
                        0,
                        "allowed: `bob` may `page:read` at `page/new` in `folder/f-9` by role `reader` at"
                                + " `folder/f-2`\n",
                        ""));
        assertThat(checkIn(trusting, "bob", "page:read", "folder/new", "--in", "org")
                        .out())
                .isEqualTo("denied: `bob` may not `page:read` at `folder/new` in `account`: holds no role there\n");
        assertThat(checkIn(trusting, "bob", "page:read", "page/new", "--in", "folder/f-99")
                        .err())
                .isEqualTo("rbac: note: `f-99` is not a folder of account `inkwell`; did you mean `f-9`?\n");
        assertThat(checkIn(Inkwell.file(folder), "bob", "page:read", "page/new", "--in", "folder/f-9"))
                .isEqualTo(new Rbac(
                        1,
                        "denied: `bob` may not `page:read` at `page/new` in `folder/f-9`\n",
                        "rbac: note: `new` is not a page of account `inkwell`\n"));
    }

    @Test
    void a_trusted_parent_whose_path_is_full_is_denied_with_a_note() {
        String trusting = Inkwell.trustingFile(folder);
        assertThat(checkIn(trusting, "bob", "page:read", "page/new", "--in", "folder/f-14")
                        .exitCode())
                .isZero();
        assertThat(checkIn(trusting, "bob", "page:read", "page/new", "--in", "folder/f-15"))
                .isEqualTo(new Rbac(
                        1,
                        "denied: `bob` may not `page:read` at `page/new` in `folder/f-15`\n",
                        "rbac: note: `page/new` cannot lie in `folder/f-15`, by its scope or by the length of its"
                                + " path\n"));
    }

    @Test
    void a_page_does_not_lie_in_a_page() {
        assertThat(checkIn(Inkwell.trustingFile(folder), "bob", "page:read", "page/new", "--in", "page/p-1")
                        .err())
                .isEqualTo("rbac: `page/new` cannot lie in `page/p-1`: expected `org` or `folder/ID` after `--in`\n");
    }

    @Test
    void a_user_and_a_target_of_a_scope_named_user_are_told_apart() {
        String text = Inkwell.POLICY.replace("page", "user").replace("p-1", "adam");
        assertThat(checkIn(Acme.file(folder, "user.json", text), "adan", "user:read", "user/adan")
                        .err())
                .isEqualTo("""
                        rbac: note: `adan` is not a user of account `inkwell`; did you mean `ada`?
                        rbac: note: `adan` is not a user of account `inkwell`; did you mean `adam`?
                        """);
    }

    @Test
    void a_role_does_not_grant_what_the_catalog_does_not_allow_at_its_scope() throws IOException {
        Policy stored = PolicyJson.selfContained().read(Path.of(Inkwell.file(folder)));
        PermissionCatalog narrower = PermissionCatalog.builder()
                .scopes(stored.catalog().scopes())
                .group("page", Set.of(stored.catalog().scopes().scope("page")), "read", "write")
                .group("member", "invite")
                .build();
        Policy policy = stored.reboundTo(narrower, stored.rules());
        Target page = narrower.scopes().target("page/p-1");

        for (String key : List.of("page:read", "page:write")) {
            PolicyReview review = PolicyReview.of(PermissionMatrix.compile(policy));
            Answer answer = Answer.to(new Question("bob", key, page), review, new UnknownNames(policy));
            assertThat(answer.explanation().text())
                    .isEqualTo(
                            answer.allowed()
                                    ? " by role `author` at `page/p-1`"
                                    : ": not granted by role `reader` at `folder/f-2`, `author` at `page/p-1`");
            assertThat(answer.allowed()).isEqualTo(key.equals("page:write"));
        }
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
    @ValueSource(strings = {"pulse", "freya", "trillet", "documents"})
    void the_reason_agrees_with_the_answer(String example) throws IOException {
        requireReasons(example(example), 31);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pulse", "freya", "trillet", "documents"})
    @Tag("deep")
    void every_reason_agrees_with_its_answer(String example) throws IOException {
        requireReasons(example(example), 1);
    }

    private static Policy example(String name) throws IOException {
        return PolicyJson.selfContained().read(Path.of("..", "examples", "policies", name + ".json"));
    }

    @ParameterizedTest
    @EnumSource
    void the_reason_agrees_with_the_answer_on_paths_of_any_length(UnknownTargets unknownTargets) throws IOException {
        Policy policy = PolicyJson.selfContained().read(Path.of(Inkwell.file(folder)));
        requireReasons(
                policy.withRules(policy.rules().toBuilder()
                        .unknownTargets(unknownTargets)
                        .build()),
                1);
    }

    /** Asks every question, or one of so many. */
    private static void requireReasons(Policy policy, int oneOf) {
        PolicyReview review = PolicyReview.of(PermissionMatrix.compile(policy));
        List<Target> places = new ArrayList<>(policy.targets());
        for (Scope scope : policy.catalog().scopes().scopes()) {
            if (!scope.isAccount()) {
                places.add(Target.of(scope, "none"));
            }
        }
        List<Target> targets = new ArrayList<>(List.of(Target.account()));
        for (Target place : places) {
            targets.add(place);
            targets.add(place.inAccount());
            places.forEach(parent -> targets.add(place.in(parent)));
        }
        UnknownNames unknownNames = new UnknownNames(policy);
        int allowed = 0;
        int next = 0;
        for (String user : policy.users()) {
            for (Target target : targets) {
                for (Permission permission : policy.catalog().permissions()) {
                    if (next++ % oneOf != 0) {
                        continue;
                    }
                    Question question = new Question(user, permission.key(), target);
                    ExplanationText explanation =
                            Answer.to(question, review, unknownNames).explanation();
                    boolean grants = explanation.text().startsWith(" by role ");
                    assertThat(grants)
                            .as("%s", question)
                            .isEqualTo(review.matrix().hasPermission(user, permission, target));
                    boolean hasNoPath = explanation.reason().endsWith("the target is unknown");
                    assertThat(hasNoPath)
                            .as("%s", question)
                            .isEqualTo(!explanation.notes().isEmpty());
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
