package io.rbac.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.jackson.PolicyJson;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.policy.Policy;
import io.rbac.review.AccessDiff;
import io.rbac.review.PolicyLint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCommandTest {

    /** The lead may delete and not read any more, and eve is a lead and no writer any more. */
    static final String CHANGED = Acme.POLICY
            .replace("\"revision\": 7", "\"revision\": 8")
            .replace("\"read\": true, \"update\": true", "\"update\": true, \"delete\": true")
            .replace(
                    "\"user\": \"eve\", \"role\": \"writer\", \"chat\": \"c-42\"",
                    "\"user\": \"eve\", \"role\": \"lead\", \"team\": \"support\"");

    static final String OLD_REPORT =
            "<!doctype html>\n<meta name=\"generator\" content=\"rbac report\"><title>old</title>\n";

    @TempDir
    private Path folder;

    @Test
    void a_page_is_written_and_summed_up() {
        String page = folder.resolve("report.html").toString();
        assertThat(Rbac.run("report", Acme.file(folder), "-o", page))
                .isEqualTo(new Rbac(
                        0,
                        "written: `" + page + "`, account `acme`, revision 7: " + findings(Acme.POLICY) + " findings\n",
                        ""));
        assertThat(Path.of(page)).content().startsWith("<!doctype html>\n").endsWith("</html>\n");
    }

    private static int findings(String policy) {
        return PolicyLint.standard()
                .check(PermissionMatrix.compile(PolicyJson.selfContained().read(policy)))
                .size();
    }

    @Test
    void with_a_second_policy_gains_and_losses_are_counted() {
        String page = folder.resolve("report.html").toString();
        String policy = Acme.file(folder);
        String changed = Acme.file(folder, "changed.json", CHANGED);
        assertThat(Rbac.run("report", policy, changed, "-o", page).out())
                .endsWith("account `acme`, revision 8: " + findings(CHANGED) + " findings, 2 gains, 1 loss\n");
        JsonNode json =
                Rbac.run("report", policy, changed, "-o", page, "--json").json();
        assertThat(json.get("page").textValue()).isEqualTo(page);
        assertThat(json.get("revision").intValue()).isEqualTo(8);
        assertThat(json.get("gains").intValue()).isEqualTo(2);
        assertThat(json.get("losses").intValue()).isEqualTo(1);
        assertThat(Rbac.run("report", policy, "-o", page, "--json").json().has("gains"))
                .isFalse();
    }

    @Test
    void the_same_policy_makes_the_same_page() throws IOException {
        assertThat(pageOf(Acme.POLICY)).isEqualTo(pageOf(Acme.POLICY));
    }

    @Test
    void a_report_that_exists_is_replaced() throws IOException {
        Path page = folder.resolve("report.html");
        Rbac.run("report", Acme.file(folder), "-o", page.toString());
        String policy = Acme.file(folder, "other.json", Acme.POLICY.replace("\"acme\"", "\"bolt\""));
        assertThat(Rbac.run("report", policy, "-o", page.toString()).exitCode()).isZero();
        assertThat(data(Files.readString(page)).get("account").textValue()).isEqualTo("bolt");
        Files.writeString(page, "");
        assertThat(Rbac.run("report", policy, "-o", page.toString()).exitCode()).isZero();
        assertThat(page).isNotEmptyFile();
    }

    @Test
    void whoever_may_not_read_a_report_may_not_read_the_one_that_replaces_it() throws IOException {
        Path page = Files.writeString(folder.resolve("report.html"), OLD_REPORT);
        assumeTrue(Files.getFileStore(page).supportsFileAttributeView("posix"));
        Files.setPosixFilePermissions(page, PosixFilePermissions.fromString("rw-------"));
        assertThat(Rbac.run("report", Acme.file(folder), "-o", page.toString()).exitCode())
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
                .isEqualTo("rw-------");
        assertThat(page).content().isNotEqualTo(OLD_REPORT);
    }

    @Test
    void a_report_is_replaced_where_a_link_leads_to() throws IOException {
        Path page = Files.writeString(folder.resolve("report.html"), OLD_REPORT);
        Path link = Files.createSymbolicLink(folder.resolve("link.html"), page);
        assertThat(Rbac.run("report", Acme.file(folder), "-o", link.toString()).exitCode())
                .isZero();
        assertThat(link).isSymbolicLink();
        assertThat(page).content().startsWith("<!doctype html>\n<html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ \"format\": 1 }", "<!doctype html>\n<title>somebody's</title>\n", "x"})
    void a_file_that_is_no_report_is_left_alone(String text) {
        String policy = Acme.file(folder);
        String file = Acme.file(folder, "file", text);
        assertThat(Rbac.run("report", policy, "-o", file))
                .isEqualTo(new Rbac(
                        2,
                        "",
                        "rbac: `" + file + "` exists and is no report: expected a new file, or a report to replace\n"));
        assertThat(Path.of(file)).content().isEqualTo(text);
    }

    @Test
    void a_report_stays_if_there_is_nothing_to_replace_it() throws IOException {
        Path page = Files.writeString(folder.resolve("report.html"), OLD_REPORT);
        String broken =
                Acme.file(folder, "broken.json", Acme.POLICY.replace("\"lead\", \"team\"", "\"leed\", \"team\""));
        Rbac run = Rbac.run("report", Acme.file(folder), broken, "-o", page.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).endsWith("rbac: `" + broken + "` is not valid: 1 violation\n");
        assertThat(page).content().isEqualTo(OLD_REPORT);
    }

    @Test
    void a_place_where_no_page_can_be_written_is_an_error() {
        String policy = Acme.file(folder);
        assertThat(Rbac.run("report", policy, "-o", folder.toString()).err())
                .isEqualTo("rbac: `" + folder + "` is a directory, expected a file\n");
        Path missing = folder.resolve("missing");
        assertThat(Rbac.run("report", policy, "-o", missing.resolve("r.html").toString()))
                .isEqualTo(new Rbac(
                        2,
                        "",
                        "rbac: `" + missing.resolve("r.html") + "` cannot be written: `" + missing
                                + "` is not a directory\n"));
        assertThat(Rbac.run("report", policy, "-o", "a\0b").err()).isEqualTo("rbac: `a\\u{0}b` is not a file name\n");
        assertThat(Rbac.run("report", policy, "-o", "-"))
                .isEqualTo(new Rbac(
                        2, "", "rbac: `-` is no file, expected one to write the page to, such as `report.html`\n"));
    }

    @Test
    void a_device_that_is_full_is_an_error() {
        assumeTrue(Files.isWritable(Path.of("/dev/full")));
        assertThat(Rbac.run("report", Acme.file(folder), "-o", "/dev/full"))
                .isEqualTo(new Rbac(2, "", "rbac: `/dev/full` cannot be written: No space left on device\n"));
    }

    @Test
    void the_arguments_are_checked() {
        String policy = Acme.file(folder);
        assertThat(Rbac.run("report", policy).err()).startsWith("rbac: missing required option: '--output=PAGE'\n");
        assertThat(Rbac.run("report", "-o", "r.html").err()).startsWith("rbac: missing required parameter: 'POLICY'\n");
        assertThat(Rbac.run("report", policy, policy, policy, "-o", "r.html").exitCode())
                .isEqualTo(2);
        assertThat(Rbac.run("report", "-", "-", "-o", folder.resolve("r.html").toString()))
                .isEqualTo(new Rbac(2, "", "rbac: `-` is given twice, but standard input can be read only once\n"));
        assertThat(Rbac.run(
                                "report",
                                "--json",
                                "missing.json",
                                "-o",
                                folder.resolve("r.html").toString())
                        .error("error"))
                .startsWith("`missing.json` does not exist");
        assertThat(folder.resolve("r.html")).doesNotExist();
    }

    @Test
    void one_policy_can_be_read_from_standard_input() {
        String page = folder.resolve("report.html").toString();
        assertThat(Rbac.runReading(CHANGED, "report", Acme.file(folder), "-", "-o", page)
                        .out())
                .endsWith("2 gains, 1 loss\n");
    }

    @Test
    void policies_of_two_catalogs_or_accounts_are_compared_with_a_note() {
        String bolt = Acme.POLICY.replace("\"acme\"", "\"bolt\"").replace("\"create\", ", "\"list\", \"count\", ");
        String other = Acme.file(folder, "other.json", bolt);
        String page = folder.resolve("report.html").toString();
        assertThat(Rbac.run("report", Acme.file(folder), other, "-o", page))
                .isEqualTo(new Rbac(
                        0,
                        "written: `" + page + "`, account `bolt`, revision 7: " + findings(bolt)
                                + " findings, 0 gains, 0 losses\n",
                        """
                        rbac: note: the policies are of two accounts, `acme` and `bolt`
                        rbac: note: the catalogs differ: 2 permissions added, 1 removed
                        """));
        assertThat(Rbac.run("report", Acme.file(folder), other, "-o", page, "--json")
                        .json()
                        .get("notes"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><img src=x onerror=alert(1)>",
                "<!--<script>",
                "[[script]]",
                "$1",
                "\u05D0\u05D1 \uD83D\uDE00 & \\u003c"
            })
    void a_name_is_data_and_nothing_else(String name) throws IOException {
        String harmless = pageOf(Acme.POLICY);
        String quoted = name.replace("\\", "\\\\");
        String hostile = pageOf(Acme.POLICY.replace("\"Team lead\"", '"' + quoted + '"'));
        assertThat(data(hostile).get("roles").get(0).get("name").textValue()).isEqualTo(name);
        // Beside the data, the pages are the same, and the data has no character that could end it or be misread.
        assertThat(around(hostile)).isEqualTo(around(harmless));
        assertThat(dataText(hostile)).doesNotContain("<", ">", "&").matches("\\p{ASCII}*");
    }

    @Test
    void gains_and_losses_are_those_of_the_library() throws IOException {
        Policy before = PolicyJson.selfContained().read(Acme.POLICY);
        Policy after = PolicyJson.selfContained().read(CHANGED);
        JsonNode data = data(pageOf(Acme.POLICY, CHANGED));
        AccessDiff diff = AccessDiff.between(before, after);
        assertThat(groups(data, "gains")).isEqualTo(groups(diff.gainGroups()));
        assertThat(groups(data, "losses")).isEqualTo(groups(diff.lossGroups()));
        assertThat(groups(data, "gains"))
                .containsExactlyInAnyOrder(
                        "[lead] [user:delete] 1: bob at team/support",
                        "[lead] [user:delete, user:update] 1: eve at team/support");
        assertThat(groups(data, "losses")).containsExactly("[writer] [agent_view] 1: eve at chat/c-42");
    }

    @Test
    void a_changed_role_says_whom_it_reaches() throws IOException {
        JsonNode data = data(pageOf(Acme.POLICY, CHANGED));
        JsonNode roles = data.get("changes").get("roles");
        assertThat(roles).hasSize(1);
        JsonNode lead = roles.get(0);
        assertThat(data.get("roles").get(lead.get("role").intValue()).get("id").textValue())
                .isEqualTo("lead");
        assertThat(keys(data, lead.get("gained"))).containsExactly("user:delete");
        assertThat(keys(data, lead.get("lost"))).containsExactly("user:read");
        assertThat(lead.get("holders").intValue()).isEqualTo(2);
        assertThat(lead.get("places").intValue()).isEqualTo(1);
        // The team and its chat.
        assertThat(lead.get("reach").intValue()).isEqualTo(2);
        assertThat(lead.get("gaining").intValue()).isEqualTo(2);
        // bob reads by another role.
        assertThat(lead.get("losing").intValue()).isZero();
    }

    @Test
    void a_role_is_changed_too_if_it_is_renamed_discarded_or_a_default() throws IOException {
        String after = Acme.POLICY
                .replace("\"Team lead\"", "\"Head\"")
                .replace(", \"discardedAt\": \"2025-06-30T15:00:09.126Z\"", "")
                .replace("\"scope\": \"chat\", \"rights\"", "\"scope\": \"chat\", \"default\": true, \"rights\"");
        JsonNode data = data(pageOf(Acme.POLICY, after));
        List<String> changed = new ArrayList<>();
        for (JsonNode change : data.get("changes").get("roles")) {
            JsonNode role = data.get("roles").get(change.get("role").intValue());
            changed.add(role.get("id").textValue() + ' ' + change.get("was"));
        }
        assertThat(changed)
                .containsExactly(
                        "lead {\"name\":\"Team lead\",\"scope\":\"team\",\"active\":true,\"default\":false}",
                        "old {\"name\":\"Old lead\",\"scope\":\"team\",\"active\":false,\"default\":false}",
                        "writer {\"name\":\"Schreiber f\u00FCr Chats\",\"scope\":\"chat\",\"active\":true,\"default\":false}");
    }

    @Test
    void of_a_large_group_the_first_thousand_are_listed_and_all_are_counted() throws IOException {
        String users = IntStream.range(0, 1500)
                .mapToObj(i -> "{ \"user\": \"u" + i + "\", \"role\": \"lead\", \"team\": \"sales\" },\n    ")
                .collect(joining());
        String many = CHANGED.replace("{ \"user\": \"ada\"", users + "{ \"user\": \"ada\"");
        JsonNode gains = data(pageOf(Acme.POLICY, many)).get("changes").get("gains");
        assertThat(gains.get("count").intValue()).isEqualTo(1502);
        assertThat(gains.get("users").intValue()).isEqualTo(1502);
        JsonNode first = gains.get("groups").get(0);
        assertThat(first.get("count").intValue()).isEqualTo(1501);
        assertThat(first.get("entries")).hasSize(1000);
    }

    @Test
    void roles_and_permissions_of_the_first_policy_alone_are_shown_as_removed() throws IOException {
        String before = Acme.POLICY.replace(
                "{ \"group\": \"agents\"",
                "{ \"group\": \"old\", \"actions\": [\"run\"] },\n    { \"group\": \"agents\"");
        String role =
                "{ \"id\": \"runner\", \"name\": \"Runner\", \"scope\": \"team\", \"rights\": { \"old\": { \"run\": true } } },\n    ";
        before = before.replace("{ \"id\": \"lead\"", role + "{ \"id\": \"lead\"")
                .replace(
                        "{ \"user\": \"ada\"",
                        "{ \"user\": \"ada\", \"role\": \"runner\", \"team\": \"sales\" },\n    { \"user\": \"ada\"");
        JsonNode data = data(pageOf(before, Acme.POLICY));
        assertThat(groups(data, "losses")).containsExactly("[runner] [old:run] 1: ada at team/sales");
        JsonNode runner = data.get("roles").get(data.get("roles").size() - 1);
        assertThat(runner.get("state").textValue()).isEqualTo("removed");
        assertThat(runner.get("granted")).isEmpty();
        assertThat(keys(data, runner.get("before"))).containsExactly("old:run");
        JsonNode last = data.get("permissions").get(data.get("permissions").size() - 1);
        assertThat(last.get("key").textValue()).isEqualTo("old:run");
        assertThat(last.get("state").textValue()).isEqualTo("removed");
    }

    @Test
    void a_description_is_data_and_nothing_else() throws IOException {
        String prose = "</script>\u2028\u2029\u202E<!--\"'";
        String page = pageOf(Acme.POLICY.replace(
                "\"Team lead\"", "\"Team lead\", \"description\": \"" + prose.replace("\"", "\\\"") + '"'));
        assertThat(data(page).get("roles").get(0).get("description").textValue())
                .isEqualTo(prose);
        assertThat(dataText(page)).doesNotContain("<", ">", "&").matches("\\p{ASCII}*");
    }

    @Test
    void names_that_look_like_those_of_system_roles_are_among_the_findings() throws IOException {
        String policy = LintCommandTest.CLEAN.replace("\"Lead\"", "\"M\u0435mber\"");
        assertThat(data(pageOf(policy)).get("findings").findValuesAsText("rule"))
                .containsExactly("confusable-name");
    }

    @Test
    void each_rule_of_the_lint_that_a_page_can_show_has_a_title() throws IOException {
        String page = pageOf(Acme.POLICY);
        for (LintRule rule : LintRule.all()) {
            assertThat(rule.equals(LintRule.BROKEN_INVARIANT) || page.contains('"' + rule.id() + "\": ["))
                    .as(rule.id())
                    .isTrue();
        }
    }

    // reading pages

    private String pageOf(String... policies) throws IOException {
        Path page = folder.resolve("page.html");
        List<String> args = new ArrayList<>(List.of("report"));
        for (int i = 0; i < policies.length; i++) {
            args.add(Acme.file(folder, "policy-" + i + ".json", policies[i]));
        }
        args.addAll(List.of("-o", page.toString()));
        Rbac run = Rbac.run(args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Files.readString(page);
    }

    private static final String DATA = "<script type=\"application/json\" id=\"policy\">";

    private static String dataText(String page) {
        int start = page.indexOf(DATA) + DATA.length();
        return page.substring(start, page.indexOf("</script>", start));
    }

    private static String around(String page) {
        return page.replace(dataText(page), "");
    }

    static JsonNode data(String page) {
        return Rbac.parse(dataText(page));
    }

    private static Set<String> keys(JsonNode data, JsonNode numbers) {
        Set<String> keys = new TreeSet<>();
        numbers.forEach(number -> keys.add(
                data.get("permissions").get(number.intValue()).get("key").textValue()));
        return keys;
    }

    private static List<String> groups(JsonNode data, String side) {
        List<String> groups = new ArrayList<>();
        for (JsonNode group : data.get("changes").get(side).get("groups")) {
            Set<String> roles = new TreeSet<>();
            group.get("roles")
                    .forEach(role -> roles.add(
                            data.get("roles").get(role.intValue()).get("id").textValue()));
            List<String> entries = StreamSupport.stream(group.get("entries").spliterator(), false)
                    .map(entry ->
                            entry.get(0).textValue() + " at " + entry.get(1).textValue())
                    .toList();
            groups.add(roles + " " + keys(data, group.get("rights")) + " " + group.get("count") + ": "
                    + String.join(", ", entries));
        }
        return groups;
    }

    private static List<String> groups(List<AccessDiff.Group> groups) {
        return IntStream.range(0, groups.size())
                .mapToObj(groups::get)
                .map(group -> {
                    Set<String> keys = new TreeSet<>();
                    group.rights().forEach(permission -> keys.add(permission.key()));
                    List<String> entries = group.examples().stream()
                            .map(entry -> entry.user() + " at " + entry.target())
                            .toList();
                    return group.roles() + " " + keys + " " + group.entryCount() + ": " + String.join(", ", entries);
                })
                .toList();
    }
}
