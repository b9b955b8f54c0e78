package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {

    @TempDir
    private Path folder;

    private String policy = "";

    @BeforeEach
    void write_the_policy() {
        policy = Acme.file(folder);
    }

    private Rbac explain(String... question) {
        String[] args = new String[question.length + 2];
        args[0] = "explain";
        args[1] = policy;
        System.arraycopy(question, 0, args, 2, question.length);
        return Rbac.run(args);
    }

    @Test
    void what_is_allowed_names_each_role_that_grants_it_and_the_way_to_where_it_is_held() {
        assertThat(explain("bob", "user:read", "chat/c-42")).isEqualTo(new Rbac(0, """
                        allowed: `bob` may `user:read` at `chat/c-42`
                        granted by
                          role `member` at `account`: `chat/c-42` in `team/support` in `account`
                          role `lead` at `team/support`: `chat/c-42` in `team/support`
                        held there, without granting it
                          role `old` at `team/support` (discarded): `chat/c-42` in `team/support`
                        """, ""));
    }

    @Test
    void what_is_denied_names_what_is_held_and_what_would_grant_it() {
        assertThat(explain("bob", "user:update", "team/sales")).isEqualTo(new Rbac(1, """
                        denied: `bob` may not `user:update` at `team/sales`: no role that is held there has it
                        held there, without granting it
                          role `member` at `account`: `team/sales` in `account`
                        would grant it, those that add least first
                          role `lead` at `team/sales`, adding nothing else
                        """, ""));
        assertThat(explain("eve", "user:update", "chat/c-42")).isEqualTo(new Rbac(1, """
                        denied: `eve` may not `user:update` at `chat/c-42`: no role that is held there has it
                        held there, without granting it
                          role `writer` at `chat/c-42`
                        would grant it, those that add least first
                          role `lead` at `team/support`, adding `user:read`
                        """, ""));
    }

    @Test
    void a_denial_says_that_nothing_or_only_a_discarded_role_would_grant_it() {
        assertThat(explain("bob", "user:delete", "team/support")).isEqualTo(new Rbac(1, """
                        denied: `bob` may not `user:delete` at `team/support`: only discarded roles that are held there have it
                        held there, without granting it
                          role `member` at `account`: `team/support` in `account`
                          role `lead` at `team/support`
                          role `old` at `team/support` (discarded)
                        no active role would grant it there
                        """, ""));
        assertThat(explain("eve", "user:create", "account")).isEqualTo(new Rbac(1, """
                        denied: `eve` may not `user:create` at `account`: holds no role there
                        no active role would grant it there
                        """, ""));
    }

    @Test
    void unknown_names_are_noted() {
        assertThat(explain("bobb", "user:read", "team/support"))
                .isEqualTo(
                        new Rbac(1, """
                        denied: `bobb` may not `user:read` at `team/support`: the user is unknown
                        would grant it, those that add least first
                          role `member` at `account`, adding nothing else
                          role `lead` at `team/support`, adding `user:update`
                        """, "rbac: note: `bobb` is not a user of account `acme`; did you mean `bob`?\n"));
        assertThat(explain("bob", "user:read", "chat/c-42", "--in", "team/sales"))
                .isEqualTo(new Rbac(
                        1,
                        "denied: `bob` may not `user:read` at `chat/c-42` in `team/sales`: the target is unknown\n",
                        "rbac: note: chat `c-42` lies in `team/support`, not in `team/sales`\n"));
    }

    @Test
    void at_most_ten_roles_that_would_grant_it_are_listed() {
        String more = IntStream.range(0, 12)
                .mapToObj(i ->
                        "{ \"id\": \"r%02d\", \"name\": \"R\", \"scope\": \"team\", \"rights\": { \"user\": { \"create\": true } } },"
                                .formatted(i))
                .collect(Collectors.joining());
        String text = Acme.POLICY.replace("\"roles\": [", "\"roles\": [" + more);
        Rbac run = Rbac.runReading(text, "explain", "-", "eve", "user:create", "team/sales");
        assertThat(run.out())
                .contains("  role `r09` at ")
                .doesNotContain("`r10`")
                .endsWith("\n  and 2 more roles\n");
        assertThat(Rbac.runReading(text, "explain", "--json", "-", "eve", "user:create", "team/sales")
                        .json()
                        .get("reason")
                        .get("nearest"))
                .hasSize(12);
    }

    @Test
    void json_has_everything_that_is_behind_the_answer() {
        Rbac allowed = explain("bob", "user:update", "chat/c-42", "--json");
        assertThat(allowed.exitCode()).isZero();
        assertThat(allowed.json()).isEqualTo(Rbac.parse("""
                { "user": "bob", "permission": "user:update", "target": "chat/c-42", "allowed": true,
                  "reason": { "code": "GRANTED", "roles": [
                    { "role": "member", "target": "account", "active": true, "grants": false,
                      "path": ["chat/c-42", "team/support", "account"] },
                    { "role": "lead", "target": "team/support", "active": true, "grants": true,
                      "path": ["chat/c-42", "team/support"] },
                    { "role": "old", "target": "team/support", "active": false, "grants": false,
                      "path": ["chat/c-42", "team/support"] } ],
                    "nearest": [], "notes": [] } }
                """));
        Rbac denied = explain("eve", "user:update", "chat/c-42", "--in", "team/support", "--json");
        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.json()).isEqualTo(Rbac.parse("""
                { "user": "eve", "permission": "user:update", "target": "chat/c-42", "in": "team/support",
                  "allowed": false,
                  "reason": { "code": "NOT_IN_RIGHTS", "roles": [
                    { "role": "writer", "target": "chat/c-42", "active": true, "grants": false,
                      "path": ["chat/c-42"] } ],
                    "nearest": [ { "role": "lead", "target": "team/support", "adds": ["user:read"] } ],
                    "notes": [] } }
                """));
    }

    @Test
    void json_has_all_that_a_check_has() {
        String[][] questions = {
            {"bob", "user:read", "chat/c-42", "--json"},
            {"bob", "user:delete", "team/support", "--json"},
            {"bobb", "user:read", "chat/c-42", "--in", "team/sales", "--json"},
            {"eve", "user:read", "account", "--json"}
        };
        for (String[] question : questions) {
            ObjectNode explained = (ObjectNode) explain(question).json();
            ObjectNode reason = (ObjectNode) explained.get("reason");
            reason.remove("code");
            reason.remove("nearest");
            reason.get("roles").forEach(role -> ((ObjectNode) role).remove("path"));
            String[] check = {"check", policy, question[0], question[1], question[2], "--json"};
            if (question.length > 4) {
                check = new String[] {
                    "check", policy, question[0], question[1], question[2], "--in", question[4], "--json"
                };
            }
            assertThat(explained).isEqualTo(Rbac.run(check).json());
        }
    }

    @Test
    void what_cannot_be_asked_is_an_error() {
        assertThat(explain("bob", "user:updat", "account"))
                .isEqualTo(new Rbac(
                        2, "", "rbac: `user:updat` is not a permission of the catalog; did you mean `user:update`?\n"));
        assertThat(explain("bob", "user:read", "tem/x").err())
                .startsWith("rbac: invalid value for TARGET: `tem/x` is not a target")
                .contains("Usage: rbac explain [-hV] [--json] [--in=PARENT] FILE USER PERMISSION TARGET\n");
        assertThat(explain("bob", "user:read", "--json").error("error"))
                .isEqualTo("missing required parameter: 'TARGET'");
    }
}
