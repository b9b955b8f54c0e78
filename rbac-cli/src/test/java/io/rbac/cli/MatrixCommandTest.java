package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixCommandTest {

    @TempDir
    private Path folder;

    private Rbac matrix(String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "matrix";
        args[1] = Acme.file(folder);
        System.arraycopy(options, 0, args, 2, options.length);
        return Rbac.run(args);
    }

    @Test
    void roles_are_columns_and_permissions_rows_by_group() {
        assertThat(matrix()).isEqualTo(new Rbac(0, """
                        account `acme`, revision 7: 4 roles, 5 permissions

                        role    scope    type    users             name
                        lead    team     custom  1                 Team lead
                        member  account  system  2      default    Member
                        old     team     custom  1      discarded  Old lead
                        writer  chat     custom  1                 Schreiber für Chats

                        x held    o held by a discarded role: grants nothing    . not held    blank: not for this scope

                        user           lead  member  old  writer
                          user:create  .     .       .
                          user:read    x     x       .
                          user:update  x     .       .
                          user:delete  .     .       o
                        agents         lead  member  old  writer
                          agent_view   .     .       .    x
                        """, ""));
    }

    @Test
    void a_scope_shows_its_roles_and_what_they_may_hold() {
        assertThat(matrix("--scope", "chat").out()).isEqualTo("""
                        account `acme`, revision 7: 1 role, 1 permission

                        role    scope  type    users    name
                        writer  chat   custom  1        Schreiber für Chats

                        x held    o held by a discarded role: grants nothing    . not held    blank: not for this scope

                        agents         writer
                          agent_view   x
                        """);
    }

    @Test
    void roles_are_shown_by_their_ids() {
        assertThat(matrix("--role", "writer", "--role", "lead").out())
                .contains("2 roles, 5 permissions\n", "\nlead    team ", "\nwriter  chat ")
                .contains("\nagents         lead  writer\n  agent_view   .     x\n");
    }

    @Test
    void a_named_role_that_is_not_shown_is_an_error() {
        assertThat(matrix("--role", "NO_SUCH"))
                .isEqualTo(new Rbac(2, "", "rbac: `NO_SUCH` is not a role of account `acme`\n"));
        assertThat(matrix("--role", "lead", "--role", "writer", "--scope", "team"))
                .isEqualTo(new Rbac(2, "", "rbac: role `writer` has the scope `chat`, not `team`\n"));
    }

    @Test
    void a_scope_without_roles_shows_none() {
        String text = """
                { "format": 1, "account": "a", "revision": 1, "catalog": [ { "group": "user", "actions": ["read"] } ],
                  "roles": [ { "id": "m", "name": "M", "scope": "account", "default": true, "rights": {} } ],
                  "teams": [], "chats": [], "assignments": [] }
                """;
        assertThat(Rbac.runReading(text, "matrix", "-", "--scope", "team"))
                .isEqualTo(new Rbac(0, "account `a`, revision 1: 0 roles, 0 permissions\n", ""));
    }

    @Test
    void an_unknown_role_or_scope_is_an_error() {
        assertThat(matrix("--role", "leed"))
                .isEqualTo(new Rbac(2, "", "rbac: `leed` is not a role of account `acme`; did you mean `lead`?\n"));
        Rbac scope = matrix("--scope", "TEAM");
        assertThat(scope.exitCode()).isEqualTo(2);
        assertThat(scope.err())
                .startsWith(
                        "rbac: invalid value for `--scope`: `TEAM` is not a scope: expected one of `account`, `team`,"
                                + " `chat`\n")
                .contains("Usage: rbac matrix");
    }

    @Test
    void scopes_of_ones_own_are_shown_widest_first() {
        assertThat(Rbac.run("matrix", Inkwell.file(folder))).isEqualTo(new Rbac(0, """
                        account `inkwell`, revision 3: 3 roles, 3 permissions
                        scopes org > folder > folder > page

                        role    scope   type    users           name
                        author  page    custom  1               Author
                        member  org     custom  1      default  Member
                        reader  folder  custom  1               Reader

                        x held    o held by a discarded role: grants nothing    . not held    blank: not for this scope

                        page             author  member  reader
                          page:read      .       .       x
                          page:write     x       .       .
                        member           author  member  reader
                          member:invite          .
                        """, ""));
        assertThat(Rbac.run("matrix", "--json", Inkwell.file(folder)).json().get("scopes"))
                .isEqualTo(Rbac.parse("[\"org\", \"folder\", \"page\"]"));
    }

    @Test
    void a_scope_of_ones_own_shows_its_roles() {
        String inkwell = Inkwell.file(folder);
        assertThat(Rbac.run("matrix", inkwell, "--scope", "folder").out())
                .contains("1 role, 2 permissions\n", "\nreader  folder  custom ");
        assertThat(Rbac.run("matrix", inkwell, "--scope", "org").out())
                .isEqualTo(Rbac.run("matrix", inkwell, "--scope", "account").out())
                .contains("1 role, 3 permissions\n", "\nmember  org ");
        Rbac team = Rbac.run("matrix", inkwell, "--scope", "team");
        assertThat(team.exitCode()).isEqualTo(2);
        assertThat(team.err()).contains("`team` is not a scope: expected one of `org`, `folder`, `page`");
        assertThat(Rbac.run("matrix", inkwell, "--scope", "page", "--role", "reader"))
                .isEqualTo(new Rbac(2, "", "rbac: role `reader` has the scope `folder`, not `page`\n"));
    }

    @Test
    void json_has_each_role_with_the_keys_of_its_permissions() {
        Rbac run = matrix("--json", "--role", "lead", "--role", "old");
        assertThat(run.exitCode()).isZero();
        assertThat(run.json()).isEqualTo(Rbac.parse("""
                                { "account": "acme", "revision": 7, "scopes": ["account", "team", "chat"], "roles": [
                                  { "id": "lead", "name": "Team lead", "scope": "team", "type": "custom", "default": false,
                                    "active": true, "users": 1, "permissions": ["user:read", "user:update"] },
                                  { "id": "old", "name": "Old lead", "scope": "team", "type": "custom", "default": false,
                                    "active": false, "users": 1, "permissions": ["user:delete"] } ] }
                                """));
        JsonNode all = matrix("--json").json();
        assertThat(all.get("roles").findValuesAsText("id")).containsExactly("lead", "member", "old", "writer");
    }

    @Test
    void the_id_of_each_role_stands_over_its_column_where_there_is_room() {
        String role = "a-role-with-a-long-id";
        String text = Acme.POLICY
                .replace("\"lead\"", "\"" + role + "-1\"")
                .replace("\"writer\"", "\"" + role + "-2\"")
                .replace("\"old\"", "\"" + role + "-3\"");
        Rbac wide = Rbac.runReading(text, 97, "matrix", "-");
        assertThat(wide.out().lines().filter(line -> line.contains(role + "-1") && line.contains(role + "-2")))
                .hasSize(2);
        assertThat(wide.out()).doesNotContain("1 2 3 4").contains("\nrole ");
        Rbac narrow = Rbac.runReading(text, 96, "matrix", "-");
        assertThat(narrow.out()).contains("\nuser           1 2 3 4\n", "\n1  " + role);
        assertThat(narrow.out().lines().filter(line -> line.contains(role + "-1") && line.contains(role + "-2")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200, 200", "100, 100", "79, 79", "60, 60", "20, 60", "0, 100", "-5, 100", "wide, 100", "'', 100"})
    void a_table_is_as_wide_as_the_terminal_says(String columns, int width) {
        assertThat(TextColumns.widthOfTerminal(columns)).isEqualTo(width);
        assertThat(TextColumns.widthOfTerminal(null)).isEqualTo(100);
    }

    @Test
    void roles_that_do_not_fit_side_by_side_continue_below() {
        String roles = IntStream.rangeClosed(1, 60)
                .mapToObj(i ->
                        "{ \"id\": \"r%02d\", \"name\": \"R\", \"scope\": \"team\", \"rights\": {} },".formatted(i))
                .collect(Collectors.joining());
        String text = Acme.POLICY.replace("\"roles\": [", "\"roles\": [" + roles);
        Rbac run = Rbac.runReading(text, "matrix", "-");
        String[] lines = run.out().split("\n");
        assertThat(lines).allMatch(line -> line.length() <= 100);
        assertThat(Arrays.stream(lines).filter(line -> line.startsWith("  user:read")))
                .hasSize(3);
        assertThat(Arrays.stream(lines)
                        .filter(line -> line.startsWith("user "))
                        .map(line -> line.substring("user".length()).trim())
                        .collect(Collectors.joining(" "))
                        .split(" +"))
                .containsExactly(
                        IntStream.rangeClosed(1, 64).mapToObj(String::valueOf).toArray(String[]::new));
    }

    @Test
    void long_ids_and_names_are_shown_whole_within_the_width() {
        String id = "r-" + "0123456789".repeat(6);
        String name = "A very long name that goes on almost to the limit";
        String group = "g-" + "abcdefghij".repeat(8);
        String text = Acme.POLICY
                .replace("\"lead\"", "\"" + id + "\"")
                .replace("Team lead", name)
                .replace("\"agents\"", "\"" + group + "\"");
        Rbac run = Rbac.runReading(text, "matrix", "-");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        String joined = run.out().replaceAll("[ \n]", "");
        assertThat(joined).contains(name.replace(" ", ""));
        assertThat(run.out())
                .contains(id.substring(0, 40), id.substring(40), group.substring(0, 50), group.substring(70));
    }

    @Test
    void markup_in_names_is_not_interpreted() {
        String text = Acme.POLICY.replace("Team lead", "@|red Team|@ lead").replace("\"lead\"", "\"@|bold_x|@\"");
        assertThat(Rbac.runReading(text, "matrix", "-").out()).contains("@|red Team|@ lead", "@|bold_x|@");
    }

    @Test
    void a_policy_without_permissions_shows_its_roles() {
        String text = """
                { "format": 1, "account": "a", "revision": 1, "catalog": [],
                  "roles": [ { "id": "m", "name": "M", "scope": "account", "default": true, "rights": {} } ],
                  "teams": [], "chats": [], "assignments": [] }
                """;
        Rbac run = Rbac.runReading(text, "matrix", "-");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("account `a`, revision 1: 1 role, 0 permissions\n")
                .contains("\nm     account");
    }
}
