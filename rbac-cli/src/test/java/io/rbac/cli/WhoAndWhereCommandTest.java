package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhoAndWhereCommandTest {

    @TempDir
    private Path folder;

    private String policy = "";

    @BeforeEach
    void write_the_policy() {
        policy = Acme.file(folder);
    }

    // who

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    user:read   | account      | ada bob
                    user:read   | chat/c-42    | ada bob
                    user:update | chat/c-42    | bob
                    agent_view  | chat/c-42    | eve
                    """)
    void the_users_who_have_a_permission_are_listed_by_id(String permission, String target, String users) {
        assertThat(Rbac.run("who-can", policy, permission, target))
                .isEqualTo(new Rbac(0, users.replace(' ', '\n') + "\n", ""));
    }

    @Test
    void nobody_is_an_answer_with_a_note() {
        assertThat(Rbac.run("who-can", policy, "user:delete", "team/support"))
                .isEqualTo(new Rbac(1, "", "rbac: note: nobody has `user:delete` at `team/support`\n"));
        assertThat(Rbac.run("who-can", policy, "user:read", "team/suport"))
                .isEqualTo(new Rbac(
                        1, "", "rbac: note: `suport` is not a team of account `acme`; did you mean `support`?\n"));
        assertThat(Rbac.run("who-can", policy, "user:read", "chat/c-42", "--in", "team/sales"))
                .isEqualTo(new Rbac(1, "", "rbac: note: chat `c-42` lies in `team/support`, not in `team/sales`\n"));
    }

    @Test
    void a_given_parent_counts_if_the_rules_trust_it() {
        String trusting = Acme.file(folder, "trusting.json", Acme.TRUSTING);
        assertThat(Rbac.run("who-can", trusting, "user:update", "chat/new", "--in", "team/support"))
                .isEqualTo(new Rbac(0, "bob\n", ""));
    }

    @Test
    void users_are_counted() {
        assertThat(Rbac.run("who-can", policy, "user:read", "account", "--count"))
                .isEqualTo(new Rbac(0, "2\n", ""));
        assertThat(Rbac.run("who-can", policy, "user:create", "account", "--count"))
                .isEqualTo(new Rbac(1, "0\n", "rbac: note: nobody has `user:create` at `account`\n"));
    }

    @Test
    void json_has_the_question_and_the_users() {
        assertThat(Rbac.run("who-can", policy, "user:read", "chat/c-42", "--in=team/support", "--json"))
                .isEqualTo(new Rbac(0, """
                        {"permission":"user:read","target":"chat/c-42","in":"team/support","count":2,\
                        "users":["ada","bob"],"notes":[]}
                        """, ""));
        assertThat(Rbac.run("who-can", policy, "user:read", "chat/c-43", "--json", "--count"))
                .isEqualTo(new Rbac(1, """
                        {"permission":"user:read","target":"chat/c-43","count":0,\
                        "notes":["`c-43` is not a chat of account `acme`; did you mean `c-42`?"]}
                        """, ""));
    }

    // where

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ada | user:read   | account team/sales team/support chat/c-1 chat/c-42
                    bob | user:update | team/support chat/c-42
                    eve | agent_view  | chat/c-42
                    """)
    void the_targets_at_which_a_user_has_a_permission_are_listed(String user, String permission, String targets) {
        assertThat(Rbac.run("where-can", policy, user, permission))
                .isEqualTo(new Rbac(0, targets.replace(' ', '\n') + "\n", ""));
    }

    @Test
    void the_targets_of_a_scope_are_listed_by_the_scopes_of_the_policy() {
        assertThat(Rbac.run("where-can", policy, "bob", "user:update", "--scope", "chat"))
                .isEqualTo(new Rbac(0, "chat/c-42\n", ""));
        assertThat(Rbac.run("where-can", policy, "bob", "user:update", "--scope", "account"))
                .isEqualTo(new Rbac(1, "", "rbac: note: `bob` has `user:update` nowhere in the scope `account`\n"));
        assertThat(Rbac.run("where-can", Inkwell.file(folder), "bob", "page:read", "--scope", "page"))
                .isEqualTo(new Rbac(0, "page/p-1\n", ""));
        assertThat(Rbac.run("where-can", policy, "bob", "user:read", "--scope", "page")
                        .err())
                .startsWith("rbac: invalid value for `--scope`: `page` is not a scope: expected one of");
    }

    @Test
    void nowhere_is_an_answer_with_a_note() {
        assertThat(Rbac.run("where-can", policy, "ada", "agent_view"))
                .isEqualTo(new Rbac(1, "", "rbac: note: `ada` has `agent_view` nowhere\n"));
        assertThat(Rbac.run("where-can", policy, "adda", "user:read"))
                .isEqualTo(
                        new Rbac(1, "", "rbac: note: `adda` is not a user of account `acme`; did you mean `ada`?\n"));
    }

    @Test
    void targets_are_counted_and_written_as_json() {
        assertThat(Rbac.run("where-can", policy, "ada", "user:read", "--count").out())
                .isEqualTo("5\n");
        assertThat(Rbac.run("where-can", policy, "bob", "user:update", "--json"))
                .isEqualTo(new Rbac(0, """
                        {"user":"bob","permission":"user:update","count":2,\
                        "targets":["team/support","chat/c-42"],"notes":[]}
                        """, ""));
        assertThat(Rbac.run("where-can", policy, "bob", "user:update", "--scope", "chat", "--json"))
                .isEqualTo(new Rbac(0, """
                        {"user":"bob","permission":"user:update","scope":"chat","count":1,\
                        "targets":["chat/c-42"],"notes":[]}
                        """, ""));
    }

    // both

    @ParameterizedTest
    @CsvSource({"who-can, user:reed, account", "where-can, bob, user:reed"})
    void a_permission_that_the_catalog_lacks_is_an_error(String command, String first, String second) {
        assertThat(Rbac.run(command, policy, first, second))
                .isEqualTo(new Rbac(
                        2, "", "rbac: `user:reed` is not a permission of the catalog; did you mean `user:read`?\n"));
    }

    @Test
    void a_policy_is_read_from_standard_input_and_a_broken_one_is_an_error() {
        assertThat(Rbac.runReading(Acme.POLICY, "who-can", "-", "agent_view", "chat/c-42")
                        .out())
                .isEqualTo("eve\n");
        assertThat(Rbac.runReading("{}", "where-can", "-", "bob", "user:read").exitCode())
                .isEqualTo(2);
    }
}
