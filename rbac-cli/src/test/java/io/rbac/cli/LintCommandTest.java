package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.rbac.review.PolicyLint;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LintCommandTest {

    /** Nothing is to be found in it. */
    static final String CLEAN = """
            {
              "format": 1, "account": "a", "revision": 1,
              "catalog": [ { "group": "user", "actions": ["read", "update"] } ],
              "roles": [
                { "id": "lead", "name": "Lead", "scope": "team", "rights": { "user": { "update": true } } },
                { "id": "member", "name": "Member", "scope": "account", "type": "system", "default": true,
                  "rights": { "user": { "read": true } } }
              ],
              "teams": ["support"], "chats": [],
              "assignments": [ { "user": "bob", "role": "lead", "team": "support" } ]
            }
            """;

    /** When a run is taken to hang. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private static Rbac lintNamed(String name) {
        return Rbac.runReading(CLEAN.replace("\"Lead\"", "\"" + name + "\""), "lint", "-");
    }

    @Test
    void a_policy_in_which_nothing_is_found_exits_with_0() {
        assertThat(Rbac.runReading(CLEAN, "lint", "-")).isEqualTo(new Rbac(0, "nothing found\n", ""));
    }

    @Test
    void what_is_found_is_listed_with_line_severity_rule_and_suggestion_and_exits_with_1() {
        String file = Acme.file(folder);
        assertThat(Rbac.run("lint", file)).isEqualTo(new Rbac(1, """
                FILE:6: note: permission `user:create` is granted by no active role [ungranted-permission]
                FILE:6: note: permission `user:delete` is granted by no active role [ungranted-permission]
                0 warnings, 2 notes
                """.replace("FILE", file), ""));
        String unused = Acme.file(
                folder,
                "unused.json",
                CLEAN.replace("{ \"user\": \"bob\", \"role\": \"lead\", \"team\": \"support\" }", ""));
        assertThat(Rbac.run("lint", unused)).isEqualTo(new Rbac(1, """
                FILE:5: note: role `lead` is held by nobody [unused-role]
                    suggestion: delete role `lead`
                0 warnings, 1 note
                """.replace("FILE", unused), ""));
    }

    @Test
    void findings_have_the_lines_of_what_they_are_about() {
        String file = Acme.file(
                folder,
                "redundant.json",
                CLEAN.replace("\"Lead\", \"scope\": \"team\"", "\"Lead\", \"scope\": \"account\"")
                        .replace(
                                "{ \"user\": \"bob\", \"role\": \"lead\", \"team\": \"support\" }",
                                "{ \"user\": \"bob\", \"role\": \"lead\" },\n{ \"user\": \"bob\", \"role\": \"wide\" }")
                        .replace(
                                "{ \"id\": \"member\"",
                                "{ \"id\": \"wide\", \"name\": \"Wide\", \"scope\": \"account\","
                                        + " \"rights\": { \"user\": { \"update\": true, \"read\": true } } },\n"
                                        + "{ \"id\": \"member\""));
        JsonNode findings = Rbac.run("lint", file, "--json").json().get("findings");
        assertThat(findings.findValuesAsText("rule"))
                .containsExactly("holds-everything", "redundant-assignment", "subsumed-role", "subsumed-role");
        assertThat(findings.findValuesAsText("line")).containsExactly("11", "11", "5", "7");
        assertThat(findings.get(1).get("suggestion").textValue())
                .isEqualTo("revoke role `lead` at `account` from user `bob`");
        assertThat(Rbac.run("lint", file, "--warnings-only").out())
                .endsWith("[holds-everything]\n1 warning, 0 notes\n");
    }

    @Test
    void json_is_a_line_for_each_file() {
        String clean = Acme.file(folder, "clean.json", CLEAN);
        String acme = Acme.file(folder);
        Rbac run = Rbac.run("lint", "--json", clean, acme);
        assertThat(run.exitCode()).isEqualTo(1);
        List<JsonNode> lines = run.out().lines().map(Rbac::parse).toList();
        assertThat(lines.get(0)).isEqualTo(Rbac.parse("{ \"file\": \"" + clean + "\", \"findings\": [] }"));
        assertThat(lines.get(1).get("findings").get(0)).isEqualTo(Rbac.parse("""
                { "rule": "ungranted-permission", "severity": "note", "place": "permission/user:create", "line": 6,
                  "message": "permission `user:create` is granted by no active role" }
                """));
    }

    // names that look like a system role's

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Member",
                "member",
                "MEMBER",
                "\u041cember",
                "M\u0435mber",
                "Mernber",
                "\uff2dember",
                "Mem\u200bber",
                " Member",
                "\ud835\udc0cember"
            })
    @Tag("B36")
    void a_name_that_looks_like_a_system_role_is_found(String name) {
        Rbac run = lintNamed(name);
        assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        ": warning: role `lead` has the name `", ", which looks like `Member`, the name of system role")
                .contains(" [confusable-name]\n1 warning, 0 notes\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lead", "Members", "Remember", "Mitglied", "\u041b\u0438\u0434\u0435\u0440", "M"})
    void another_name_is_not_found(String name) {
        assertThat(lintNamed(name)).isEqualTo(new Rbac(0, "nothing found\n", ""));
    }

    @Test
    void an_id_that_looks_like_a_system_role_is_found_and_a_discarded_role_is_not() {
        String alike = CLEAN.replace("\"lead\"", "\"m\u0435mb\u0435r\"");
        assertThat(Rbac.runReading(alike, "lint", "-").out())
                .contains(
                        "has the id `m\u0435mb\u0435r` with U+0435, which looks like `Member`, the name of system role `member`");
        String discarded = CLEAN.replace("\"Lead\",", "\"Member\", \"discardedAt\": \"2025-06-30T15:00:09.126Z\",")
                .replace("{ \"user\": \"bob\", \"role\": \"lead\", \"team\": \"support\" }", "");
        assertThat(Rbac.runReading(discarded, "lint", "-", "--warnings-only").exitCode())
                .isZero();
        String noSystem = CLEAN.replace("\"type\": \"system\", ", "").replace("\"Lead\"", "\"Member\"");
        assertThat(Rbac.runReading(noSystem, "lint", "-").exitCode()).isZero();
    }

    // invariants

    @Test
    void an_invariant_that_does_not_hold_is_found_with_each_counterexample() {
        String file = Acme.file(folder);
        String invariants = Acme.file(folder, "invariants.json", """
                { "invariants": [
                  { "permission": "user:update", "implies": "user:read" },
                  { "permission": "user:read", "excludes": "user:update" },
                  { "permission": "user:read", "atLeast": 3 } ] }
                """);
        Rbac run = Rbac.run("lint", file, "--invariants", invariants, "--warnings-only");
        assertThat(run).isEqualTo(new Rbac(1, """
                FILE:19: warning: it must hold that nobody has both `user:read` and `user:update`, but `bob` has `user:read` and `user:update` at `team/support` [broken-invariant]
                FILE: warning: it must hold that at least 3 users have `user:read` at `account`, but `2` users have `user:read` at `account`: expected at least 3 [broken-invariant]
                2 warnings, 0 notes
                """.replace("FILE", file), ""));
        Rbac json = Rbac.runReading(Acme.POLICY, "lint", "-", "--invariants", invariants, "--json", "--warnings-only");
        assertThat(json.json().get("findings").findValuesAsText("place")).containsExactly("user/bob", "account");
        assertThat(Rbac.run(
                        "lint", file, "--invariants", invariants, "--warnings-only", "--ignore", "broken-invariant"))
                .isEqualTo(new Rbac(0, "nothing found\n", ""));
    }

    @Test
    void invariants_of_what_the_catalog_lacks_are_an_error() {
        String invariants = Acme.file(
                folder, "invariants.json", "{ \"invariants\": [ { \"permission\": \"x:y\", \"atLeast\": 1 } ] }");
        Rbac run = Rbac.run("lint", Acme.file(folder), "--invariants", invariants);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("invariants.json", "`x:y`");
        assertThat(Rbac.run("lint", "-", "--invariants", "-").err()).contains("`-` is given twice");
    }

    @Test
    void the_invariants_of_an_example_hold() {
        String documents = Path.of("..", "examples", "policies", "documents").toString();
        assertThat(Rbac.run("lint", documents + ".json", "--invariants", documents + ".invariants.json")
                        .out())
                .doesNotContain("broken-invariant");
    }

    // options

    @Test
    void notes_and_rules_can_be_left_out() {
        String acme = Acme.file(folder);
        assertThat(Rbac.run("lint", acme, "--warnings-only")).isEqualTo(new Rbac(0, "nothing found\n", ""));
        assertThat(Rbac.run("lint", acme, "--ignore", "ungranted-permission").exitCode())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    lint                                      | missing required parameter
                    lint - -                                  | `-` is given twice
                    lint FILE --ignore unused-rule            | invalid value for `--ignore`: `unused-rule` is not a rule; did you mean `unused-role`?
                    lint FILE --json --sarif                  | `--json` and `--sarif` were both given: expected one
                    lint missing.json                         | `missing.json` does not exist
                    lint FILE missing.json --sarif            | `missing.json` does not exist
                    """)
    void a_mistake_is_an_error(String command, String message) {
        Rbac run = Rbac.run(command.replace("FILE", Acme.file(folder)).split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }

    @Test
    void a_broken_policy_is_an_error() {
        Rbac run = Rbac.runReading(CLEAN.replace("\"format\": 1", "\"format\": 9"), "lint", "-");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void every_rule_of_the_library_is_described_and_named_in_the_help() {
        assertThat(LintRule.all())
                .hasSize(PolicyLint.Rule.values().length + 2)
                .allMatch(rule -> rule.description().endsWith("."));
        String help = Rbac.run("lint", "--help").out();
        for (LintRule rule : LintRule.all()) {
            boolean warns = help.indexOf(rule.id()) < help.indexOf("Rules that only note");
            assertThat(warns).as(rule.id()).isEqualTo(rule.level().equals("warning"));
            assertThat(help).contains(rule.id());
        }
    }

    // SARIF

    private static List<Error> errors(String sarif) throws IOException {
        try (InputStream in =
                LintCommandTest.class.getClassLoader().getResourceAsStream("schema/sarif-schema-2.1.0.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(
                            Rbac.parse(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)));
            return schema.validate(Rbac.parse(sarif));
        }
    }

    @Test
    void sarif_follows_its_schema_and_has_every_finding() throws Exception {
        String spaced = Acme.file(folder, "a policy \u00fc%.json", CLEAN.replace("\"Lead\"", "\"M\u0435mber\""));
        Rbac run = Rbac.run("lint", "--sarif", Acme.file(folder), spaced);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(errors(run.out())).isEmpty();
        JsonNode sarif = run.json().get("runs").get(0);
        assertThat(sarif.at("/tool/driver/rules").findValuesAsText("id"))
                .isEqualTo(LintRule.all().stream().map(LintRule::id).toList());
        JsonNode last = sarif.get("results").get(2);
        assertThat(sarif.get("results")).hasSize(3);
        assertThat(last.get("ruleId").textValue()).isEqualTo("confusable-name");
        assertThat(last.get("level").textValue()).isEqualTo("warning");
        JsonNode location = last.get("locations").get(0);
        assertThat(location.at("/physicalLocation/artifactLocation/uri").textValue())
                .isEqualTo(Path.of(spaced).toUri().toASCIIString())
                .endsWith("a%20policy%20%C3%BC%25.json");
        assertThat(location.at("/physicalLocation/region/startLine").intValue()).isEqualTo(5);
        assertThat(location.at("/logicalLocations/0/fullyQualifiedName").textValue())
                .isEqualTo("role/lead");
    }

    @Test
    void sarif_without_findings_and_of_standard_input_follows_its_schema() throws Exception {
        Rbac clean = Rbac.runReading(CLEAN, "lint", "-", "--sarif");
        assertThat(clean.exitCode()).isZero();
        assertThat(errors(clean.out())).isEmpty();
        assertThat(clean.json().at("/runs/0/results")).isEmpty();
        Rbac found = Rbac.runReading(Acme.POLICY, "lint", "-", "--sarif");
        assertThat(errors(found.out())).isEmpty();
        assertThat(found.json().at("/runs/0/results/0/locations/0").has("physicalLocation"))
                .isFalse();
    }

    @Test
    void the_schema_refuses_what_is_not_sarif() throws Exception {
        String sarif = Rbac.runReading(Acme.POLICY, "lint", "-", "--sarif").out();
        assertThat(errors(sarif.replace("\"ruleIndex\":", "\"ruleNumber\":"))).isNotEmpty();
        assertThat(errors(sarif.replace("\"note\"", "\"remark\""))).isNotEmpty();
    }

    @Test
    void a_relative_file_is_a_relative_address_in_sarif() {
        String name = "../examples/policies/pulse.json";
        assertThat(Rbac.run("lint", name, "--sarif").out()).contains("\"uri\":\"" + name + "\"");
    }

    @Test
    void a_backslash_and_a_colon_in_the_name_of_a_file_are_escaped_in_sarif() {
        assumeTrue(File.separatorChar == '/');
        assertThat(SarifLog.uri("a\\b.json")).isEqualTo("a%5Cb.json");
        assertThat(SarifLog.uri("c:d.json")).isEqualTo("c%3Ad.json");
    }

    @Test
    void a_policy_from_a_pipe_is_read_once() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        Path file = Path.of(Acme.file(folder));
        Process writer =
                new ProcessBuilder("/bin/sh", "-c", "cat \"$0\" > \"$1\"", file.toString(), pipe.toString()).start();
        try {
            String found = Rbac.run("lint", file.toString()).out();
            Rbac run = assertTimeoutPreemptively(LIMIT, () -> Rbac.run("lint", pipe.toString()));
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .isEqualTo(found.replaceAll(Pattern.quote(file.toString()) + ":\\d+", pipe.toString()));
        } finally {
            writer.destroy();
        }
    }

    @Test
    void the_examples_have_findings_whose_lines_name_them() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "examples", "policies"))) {
            for (Path file : files.filter(each -> each.getFileName().toString().matches("\\w+\\.json"))
                    .collect(Collectors.toList())) {
                List<String> lines = Files.readAllLines(file);
                for (JsonNode finding :
                        Rbac.run("lint", file.toString(), "--json").json().get("findings")) {
                    String place = finding.get("place").textValue();
                    String named = place.substring(Math.max(place.indexOf('/'), place.lastIndexOf(':')) + 1);
                    assertThat(lines.get(finding.get("line").intValue() - 1))
                            .as(finding.toString())
                            .contains('"' + named + '"');
                }
            }
        }
    }
}
