package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {

    @TempDir
    private Path folder;

    private Rbac diff(String before, String after, String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "diff";
        args[1] = Acme.file(folder, "old.json", before);
        args[2] = Acme.file(folder, "new.json", after);
        System.arraycopy(options, 0, args, 3, options.length);
        return Rbac.run(args);
    }

    private static String assigning(String assignment) {
        return Acme.POLICY.replace("{ \"user\": \"ada\",", assignment + ",\n    { \"user\": \"ada\",");
    }

    @Test
    void what_is_gained_is_shown_by_role_and_exits_with_1() {
        assertThat(diff(Acme.POLICY, Acme.WIDER)).isEqualTo(new Rbac(1, """
                           by role  permissions  user  at
                        +  lead     user:create  bob   team/support

                        1 gain, 0 losses
                        """, ""));
    }

    @Test
    void what_is_lost_is_shown_by_role_and_exits_with_0() {
        assertThat(diff(Acme.WIDER, Acme.POLICY)).isEqualTo(new Rbac(0, """
                           by role  permissions  user  at
                        -  lead     user:create  bob   team/support

                        0 gains, 1 loss
                        """, ""));
    }

    @Test
    void gains_come_before_losses_and_stand_for_all_below() {
        String after = assigning("{ \"user\": \"ada\", \"role\": \"lead\", \"team\": \"sales\" }")
                .replace("{ \"id\": \"c-42\", \"team\": \"support\" }", "{ \"id\": \"c-42\" }");
        assertThat(diff(Acme.POLICY, after)).isEqualTo(new Rbac(1, """
                           by role  permissions  user  at
                        +  lead     user:update  ada   team/sales
                        -  lead     user:update  bob   chat/c-42

                        1 gain, 1 loss
                        """, ""));
    }

    @Test
    void policies_with_the_same_answers_do_not_differ() {
        String renamed = Acme.POLICY.replace("Team lead", "Head").replace("\"revision\": 7", "\"revision\": 9");
        assertThat(diff(Acme.POLICY, renamed))
                .isEqualTo(new Rbac(0, "no difference: every check has the same answer\n", ""));
    }

    @Test
    void of_a_group_ten_are_shown_and_json_has_all() {
        String many = IntStream.range(0, 13)
                .mapToObj(i -> "{ \"user\": \"u%02d\", \"role\": \"lead\", \"team\": \"sales\" }".formatted(i))
                .collect(Collectors.joining(",\n"));
        Rbac text = diff(Acme.POLICY, assigning(many));
        assertThat(text.out().lines()).hasSize(14);
        assertThat(text.out())
                .contains("\n+  lead     user:read, user:update  u00         team/sales\n")
                .contains("\n+                                   u09         team/sales\n")
                .contains("\n+                                   and 3 more\n")
                .endsWith("\n13 gains, 0 losses\n");
        JsonNode json = diff(Acme.POLICY, assigning(many), "--json").json();
        assertThat(json.get("gains")).hasSize(13);
        assertThat(json.get("gainGroups")).isEqualTo(Rbac.parse("""
                [ { "roles": ["lead"], "permissions": ["user:read", "user:update"], "count": 13 } ]
                """));
    }

    @Test
    void json_has_both_policies_and_every_gain_and_loss() {
        Rbac run = diff(Acme.POLICY, Acme.WIDER, "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.json()).isEqualTo(Rbac.parse("""
                { "before": { "file": "OLD", "account": "acme", "revision": 7 },
                  "after": { "file": "NEW", "account": "acme", "revision": 8 },
                  "equivalent": false,
                  "gains": [ { "user": "bob", "target": "team/support", "permissions": ["user:create"] } ],
                  "losses": [],
                  "gainGroups": [ { "roles": ["lead"], "permissions": ["user:create"], "count": 1 } ],
                  "lossGroups": [] }
                """.replace(
                        "OLD", folder.resolve("old.json").toString())
                .replace("NEW", folder.resolve("new.json").toString())));
        Rbac back = diff(Acme.WIDER, Acme.POLICY, "--json");
        assertThat(back.exitCode()).isZero();
        assertThat(back.json().get("losses")).hasSize(1);
        assertThat(diff(Acme.POLICY, Acme.POLICY, "--json")
                        .json()
                        .get("equivalent")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void policies_of_two_accounts_are_compared_with_a_note() {
        assertThat(diff(Acme.POLICY, Acme.POLICY.replace("\"acme\"", "\"globex\"")))
                .isEqualTo(new Rbac(
                        0,
                        "no difference: every check has the same answer\n",
                        "rbac: note: the policies are of two accounts, `acme` and `globex`\n"));
    }

    @Test
    void long_names_are_wrapped_within_the_width() {
        String role = "r-" + "0123456789".repeat(5);
        String user = "u-" + "abcdefghij".repeat(5);
        String before = Acme.POLICY.replace("\"lead\"", "\"" + role + "\"").replace("\"bob\"", "\"" + user + "\"");
        String after = Acme.WIDER.replace("\"lead\"", "\"" + role + "\"").replace("\"bob\"", "\"" + user + "\"");
        Rbac run = diff(before, after);
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(run.out()).contains(role.substring(0, 22), user.substring(0, 20));
    }

    @Test
    void a_wide_terminal_is_used() {
        String role = "r-" + "0123456789".repeat(4);
        String before = Acme.file(folder, "old.json", Acme.POLICY.replace("\"lead\"", "\"" + role + "\""));
        String after = Acme.WIDER.replace("\"lead\"", "\"" + role + "\"");
        assertThat(Rbac.runReading(after, 200, "diff", before, "-").out()).contains("+  " + role + "  user:create");
        assertThat(Rbac.runReading(after, 100, "diff", before, "-").out()).doesNotContain(role);
    }

    @Test
    void one_of_the_policies_is_read_from_standard_input() {
        String file = Acme.file(folder);
        assertThat(Rbac.runReading(Acme.WIDER, "diff", file, "-").exitCode()).isEqualTo(1);
        assertThat(Rbac.run("diff", "-", "-"))
                .isEqualTo(new Rbac(2, "", "rbac: `-` is given twice, but standard input can be read only once\n"));
        assertThat(Rbac.runReading("{", "diff", file, "-").exitCode()).isEqualTo(2);
        assertThat(Rbac.run("diff", "--json", file, "missing.json").error("error"))
                .startsWith("`missing.json` does not exist");
    }
}
