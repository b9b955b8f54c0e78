package io.rbac.cli;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.jackson.PolicyJson;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page of a report, in a browser. */
@Tag("deep")
class ReportPageTest {

    private static final Path EXAMPLES = Path.of("..", "examples", "policies");

    @TempDir
    private static Path folder;

    private static Chromium chromium;
    private static Path documents;
    private static Path changes;

    @BeforeAll
    static void start() {
        chromium = Chromium.start(folder.resolve("profile"));
        documents = report("documents.html", EXAMPLES.resolve("documents.json").toString());
        changes =
                report("changes.html", Acme.file(folder), Acme.file(folder, "changed.json", ReportCommandTest.CHANGED));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Path report(String name, String... policies) {
        Path page = folder.resolve(name);
        List<String> args = new ArrayList<>(List.of("report"));
        args.addAll(List.of(policies));
        args.addAll(List.of("-o", page.toString()));
        assertThat(Rbac.run(args.toArray(String[]::new)).exitCode()).isZero();
        return page;
    }

    // the whole page

    @Test
    void the_page_asks_no_network_for_anything_and_breaks_no_rule_of_its_own() {
        chromium.open(changes, "changes");
        for (String part : List.of("matrix", "users", "who", "findings")) {
            chromium.click("#tab-" + part);
        }
        assertThat(chromium.<List<Object>>run("return performance.getEntriesByType('resource')"))
                .isEmpty();
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void markup_that_a_script_would_make_is_refused_by_the_browser() {
        chromium.open(documents, "matrix");
        assertThat(chromium.<String>run(
                        "try { document.body.innerHTML = 'x'; return 'made' } catch (e) { return e.name }"))
                .isEqualTo("TypeError");
        chromium.complaints();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void axe_finds_nothing_wrong(String colours) {
        chromium.open(changes, "changes");
        chromium.colours(colours);
        String background = chromium.run("return getComputedStyle(document.body).backgroundColor");
        assertThat(background).isEqualTo(colours.equals("dark") ? "rgb(22, 22, 19)" : "rgb(250, 249, 246)");
        for (String part : List.of("changes", "matrix", "users", "who", "findings")) {
            chromium.click("#tab-" + part);
            assertThat(chromium.axe()).as(part).isEmpty();
        }
    }

    @Test
    void the_head_says_what_the_policy_has() {
        chromium.open(documents, "matrix");
        assertThat(chromium.text("h1")).isEqualTo("inkwell");
        assertThat(chromium.text("#version")).startsWith("Revision 52");
        assertThat(chromium.texts("#facts dd").subList(0, 5)).containsExactly("9", "17", "11", "23", "23");
        assertThat(chromium.texts("[role=tab]"))
                .containsExactly("Roles", "Users 11", "Who can", "Findings " + findings("documents.json"));
        assertThat(chromium.<String>run("return document.title")).isEqualTo("inkwell \u2013 access report");
    }

    private static int findings(String example) {
        return Rbac.run(
                        "report",
                        EXAMPLES.resolve(example).toString(),
                        "-o",
                        folder.resolve("again.html").toString(),
                        "--json")
                .json()
                .get("findings")
                .intValue();
    }

    @Test
    void tabs_are_opened_by_arrow_keys_and_kept_in_the_address() {
        chromium.open(documents, "matrix");
        chromium.click("#tab-matrix");
        chromium.press(Keys.ARROW_RIGHT);
        assertThat(chromium.texts("[role=tab][aria-selected=true]")).containsExactly("Users 11");
        assertThat(chromium.texts("main h2")).containsExactly("What each user may do, and where");
        chromium.press(Keys.END);
        assertThat(chromium.texts("main h2")).containsExactly("What looks wrong");
        chromium.press(Keys.ARROW_RIGHT);
        assertThat(chromium.texts("main h2")).containsExactly("What each role grants");
        chromium.press(Keys.ARROW_LEFT);
        assertThat(chromium.<String>run("return location.hash")).isEqualTo("#/findings");
        chromium.open(documents, "findings");
        assertThat(chromium.texts("main h2")).containsExactly("What looks wrong");
    }

    @Test
    void paper_has_the_same_colours_whatever_the_screen_has() {
        String colours = """
                const root = [...document.styleSheets[0].cssRules].find((rule) => rule.selectorText === ":root");
                const style = getComputedStyle(document.documentElement);
                return [...root.style].filter((name) => name.startsWith("--")).map((name) => name + style.getPropertyValue(name));
                """;
        chromium.open(changes, "changes");
        try {
            chromium.colours("light", "print");
            List<String> onLightPaper = chromium.run(colours);
            chromium.colours("dark", "print");
            assertThat(chromium.<List<String>>run(colours))
                    .isEqualTo(onLightPaper)
                    .contains("--paper#fff");
        } finally {
            chromium.colours("light");
        }
    }

    @Test
    void paper_shows_all_parts_and_as_many_roles_side_by_side_as_fit() {
        chromium.open(documents, "users");
        chromium.run("dispatchEvent(new Event('beforeprint'))");
        assertThat(chromium.<Long>run("return document.querySelectorAll('[role=tabpanel]:not([hidden])').length"))
                .isEqualTo(4);
        assertThat(chromium.<Long>run("return document.querySelectorAll('#matrix-print tbody tr').length"))
                .isEqualTo(17 + 5);
        assertThat(chromium.texts("#users-print tbody tr")).isEmpty();
        assertThat(chromium.<Long>run("return document.querySelectorAll('#users-print tbody tr').length"))
                .isEqualTo(11);
        chromium.run("dispatchEvent(new Event('afterprint'))");
        assertThat(chromium.texts("main h2")).containsExactly("What each user may do, and where");
        assertThat(chromium.<Long>run("return document.querySelectorAll('#matrix-print table').length"))
                .isZero();
    }

    @Test
    void nothing_is_wider_than_a_narrow_window() {
        for (String part : List.of("changes", "matrix", "users", "who", "findings")) {
            chromium.open(changes, part);
            chromium.resize(400, 800);
            chromium.settle();
            assertThat(chromium.<Boolean>run(
                            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .as(part)
                    .isTrue();
        }
    }

    // hostile names

    @Test
    void no_name_becomes_markup() throws IOException {
        String image = "</script><img src=x onerror=pwned=1>";
        String quotes = "\"'`><svg onload=pwned=1>";
        String hebrew = "\u05DE\u05E0\u05D4\u05DC</td>";
        String emoji = "\uD83D\uDC69\uD83D\uDD27 <b>";
        String prose = "</script><script>pwned=1</script>\u2028\u2029\u202E\u2066<!-- \"'";
        String policy = Acme.POLICY
                .replace("\"acme\"", json(image))
                .replace("\"Team lead\"", json(hebrew))
                .replace("\"Member\"", json(quotes) + ", \"description\": " + json(prose))
                .replace("\"lead\"", json(emoji))
                .replace("\"bob\"", json(image))
                .replace("\"ada\"", json(hebrew))
                .replace("\"support\"", json(quotes))
                .replace("\"agent_view\"", json(image))
                .replace("\"agents\"", json(quotes));
        String changed = policy.replace(
                "\"user\": \"eve\", \"role\": \"writer\", \"chat\": \"c-42\"",
                "\"user\": " + json(image) + ", \"role\": \"writer\", \"chat\": \"c-42\"");
        Path page = report(
                "hostile.html",
                Acme.file(folder, "hostile.json", policy),
                Acme.file(folder, "hostile-changed.json", changed));
        chromium.open(page, "changes");
        assertThat(chromium.texts(".entries .code")).contains(image, "chat/c-42");
        assertThat(chromium.text("h1")).isEqualTo(image);
        chromium.click("#tab-matrix");
        assertThat(chromium.texts("tr.roles bdi")).contains(hebrew, quotes);
        assertThat(chromium.texts("tbody tr.group bdi")).containsExactly("user", quotes);
        assertThat(chromium.texts("tr[data-permission] .code")).contains(image);
        chromium.run("document.querySelectorAll('tr.roles th')[1].focus()");
        assertThat(chromium.<String>run(
                        "return document.querySelector('#matrix-readout > bdi:last-child').textContent"))
                .isEqualTo(" " + prose);
        chromium.click("#tab-users");
        assertThat(chromium.texts("#users-list .code")).contains(image, hebrew);
        chromium.click("#users-list li:first-child button");
        assertThat(chromium.texts(".places .place")).contains("team/" + quotes);
        chromium.click("#tab-who");
        chromium.choose("#who-permission", image);
        assertThat(chromium.text("#who-status")).endsWith("can " + image + " somewhere");
        chromium.click("#tab-findings");
        assertThat(chromium.texts("#findings-list")).hasSize(1);
        assertThat(chromium.<Long>run("return document.querySelectorAll('img, svg, [onerror], [onload]').length"))
                .isZero();
        assertThat(chromium.<Long>run("return document.scripts.length")).isEqualTo(2);
        assertThat(chromium.<Boolean>run("return 'pwned' in window")).isFalse();
        assertThat(chromium.complaints()).isEmpty();
    }

    private static String json(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    // answers, cell by cell

    @ParameterizedTest
    @ValueSource(strings = {"documents.json", "pulse.json", "freya.json", "trillet.json"})
    void every_cell_of_the_matrix_is_what_the_role_grants(String example) throws IOException {
        Policy policy = PolicyJson.selfContained().read(EXAMPLES.resolve(example));
        chromium.open(report("cells.html", EXAMPLES.resolve(example).toString()), "matrix");
        chromium.click("#matrix-expand");
        Map<String, Set<String>> shown = new TreeMap<>();
        List<List<String>> cells = chromium.run("""
                const table = document.querySelector("#matrix-scroller table");
                const ids = [...table.rows[1].cells].slice(1).map((cell) => data.roles[cell.dataset.role].id);
                return [...table.querySelectorAll("tr[data-permission]")].flatMap((row) =>
                    [...row.cells].slice(1).map((cell, i) => [ids[i], row.querySelector(".code").textContent, cell.textContent]));
                """);
        assertThat(cells).hasSize(policy.roles().size() * policy.catalog().size());
        cells.stream()
                .filter(cell -> cell.get(2).equals("\u2713"))
                .forEach(cell -> shown.computeIfAbsent(cell.get(0), id -> new TreeSet<>())
                        .add(cell.get(1)));
        Map<String, Set<String>> granted = new TreeMap<>(policy.roles().stream()
                .filter(role -> !policy.catalog().grantedBy(role).isEmpty())
                .collect(toMap(Role::id, role -> keys(policy.catalog().grantedBy(role)))));
        assertThat(shown).isEqualTo(granted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"documents.json", "pulse.json", "freya.json", "trillet.json"})
    void who_can_is_answered_as_by_checks(String example) throws IOException {
        Policy policy = PolicyJson.selfContained().read(EXAMPLES.resolve(example));
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        chromium.open(report("who.html", EXAMPLES.resolve(example).toString()), "who");
        // What is found by typing each target and choosing each permission; the rows are all there without asking for
        // more.
        List<List<Object>> shown =
                chromium.run("""
                const permission = document.getElementById("who-permission");
                const target = document.getElementById("who-target");
                const found = [];
                for (const option of [...permission.options]) {
                    for (const name of arguments[0]) {
                        permission.value = option.value;
                        target.value = name;
                        permission.dispatchEvent(new Event("change"));
                        found.push([option.textContent, name,
                            [...document.querySelectorAll("#who-results tbody th")].map((each) => each.textContent)]);
                    }
                }
                return found;
                """, targets(policy).stream().map(Target::toString).toList());
        List<List<Object>> expected = new ArrayList<>();
        for (Permission permission : policy.catalog().permissions()) {
            for (Target target : targets(policy)) {
                expected.add(List.of(
                        permission.key(),
                        target.toString(),
                        policy.users().stream()
                                .filter(user -> matrix.hasPermission(user, permission, target))
                                .toList()));
            }
        }
        assertThat(shown).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"documents.json", "pulse.json", "freya.json", "trillet.json"})
    void what_a_user_may_do_anywhere_is_answered_as_by_checks(String example) throws IOException {
        Policy policy = PolicyJson.selfContained().read(EXAMPLES.resolve(example));
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        chromium.open(report("users.html", EXAMPLES.resolve(example).toString()), "users");
        List<List<Object>> shown =
                chromium.run("""
                const found = [];
                for (const button of document.querySelectorAll("#users-list button[data-user]")) {
                    button.click();
                    const target = document.getElementById("user-target");
                    for (const name of arguments[0]) {
                        target.value = name;
                        target.dispatchEvent(new Event("input"));
                        found.push([document.querySelector("#users-detail h3").textContent, name,
                            [...document.querySelectorAll(".answer-box .action")].map((each) => each.title).sort()]);
                    }
                }
                return found;
                """, targets(policy).stream().map(Target::toString).toList());
        List<List<Object>> expected = new ArrayList<>();
        for (String user : policy.users()) {
            for (Target target : targets(policy)) {
                expected.add(List.of(user, target.toString(), List.copyOf(keys(matrix.rightsOf(user, target)))));
            }
        }
        assertThat(shown).isEqualTo(expected);
    }

    private static List<Target> targets(Policy policy) {
        List<Target> targets = new ArrayList<>(List.of(Target.account()));
        targets.addAll(policy.targets());
        return targets;
    }

    private static Set<String> keys(Iterable<Permission> permissions) {
        Set<String> keys = new TreeSet<>();
        permissions.forEach(permission -> keys.add(permission.key()));
        return keys;
    }

    // the matrix

    @Test
    void permissions_are_found_by_words_and_their_groups_opened() {
        chromium.open(documents, "matrix");
        chromium.click("#matrix-collapse");
        assertThat(chromium.texts("tr[data-permission]")).isEmpty();
        chromium.type("#matrix-permission", "DOCUMENT rea");
        assertThat(chromium.texts("tr[data-permission] .code")).containsExactly("document:read");
        assertThat(chromium.text("#matrix-status")).isEqualTo("9 roles and 1 permission of 9 and 17");
        chromium.type("#matrix-permission", "nothing of the kind");
        assertThat(chromium.text("#matrix-scroller")).isEqualTo("Nothing matches.");
        chromium.type("#matrix-permission", "");
        assertThat(chromium.texts("tr.group bdi"))
                .containsExactly("organization", "billing", "member", "folder", "document");
        assertThat(chromium.texts("tr[data-permission]")).isEmpty();
    }

    @Test
    void roles_are_found_and_filtered_by_scope() {
        chromium.open(documents, "matrix");
        chromium.type("#matrix-role", "er");
        assertThat(chromium.texts("tr.roles bdi"))
                .containsExactly("Member", "Owner", "Folder manager", "Reader", "Signer");
        chromium.type("#matrix-role", "");
        chromium.choose("#matrix-scope", "folder");
        assertThat(chromium.texts("tr.roles bdi")).containsExactly("Editor", "Folder manager", "Reader");
        assertThat(chromium.texts("tr.scopes th")).containsExactly("Scope", "folder");
        assertThat(chromium.texts("tr.group bdi")).containsExactly("folder", "document");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            by name                | Auditor, Member, Owner, Editor, Folder manager, Reader, Author, Guest, Signer
            most permissions first | Owner, Auditor, Member, Folder manager, Editor, Reader, Author, Guest, Signer
            most users first       | Member, Owner, Auditor, Reader, Editor, Folder manager, Author, Guest, Signer
            """)
    void roles_are_sorted_within_their_scopes(String order, String expected) {
        chromium.open(documents, "matrix");
        chromium.choose("#matrix-role-order", order);
        assertThat(String.join(", ", chromium.texts("tr.roles bdi"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            as listed          | organization:read, organization:manage, billing:read
            by name            | billing:manage, billing:read, document:comment
            most roles first   | document:read, document:comment, document:write
            fewest roles first | organization:manage, organization:read, billing:manage
            """)
    void permissions_are_sorted_within_their_groups(String order, String first) {
        chromium.open(documents, "matrix");
        chromium.choose("#matrix-permission-order", order);
        assertThat(String.join(", ", chromium.texts("tr[data-permission] .code").subList(0, 3)))
                .isEqualTo(first);
    }

    @Test
    void a_group_is_collapsed_by_a_click_and_still_says_how_much_of_it_each_role_grants() {
        chromium.open(documents, "matrix");
        chromium.click("tr.group button[data-group='3']");
        assertThat(chromium.texts("tr[data-permission] .code")).hasSize(12).doesNotContain("folder:read");
        assertThat(chromium.<String>run("return document.activeElement.dataset.group"))
                .isEqualTo("3");
        assertThat(chromium.find("tr.group button[data-group='3']").getDomAttribute("aria-expanded"))
                .isEqualTo("false");
        assertThat(chromium.<List<String>>run(
                        "return [...document.querySelector(\"[data-group='3']\").closest('tr').cells].slice(1)"
                                + ".map((cell) => cell.textContent)"))
                .containsExactly("", "5", "1", "3", "5", "1", "", "", "");
    }

    @Test
    void a_group_that_a_search_opened_can_be_closed() {
        chromium.open(documents, "matrix");
        chromium.type("#matrix-permission", "read");
        assertThat(chromium.texts("tr[data-permission] .code")).contains("folder:read", "document:read");
        chromium.click("tr.group button[data-group='3']");
        assertThat(chromium.texts("tr[data-permission] .code"))
                .contains("document:read")
                .doesNotContain("folder:read");
        chromium.type("#matrix-permission", "");
        assertThat(chromium.texts("tr[data-permission] .code")).contains("folder:read");
    }

    @Test
    void the_sign_of_a_cell_has_a_name_for_those_who_do_not_see_it() {
        chromium.open(changes, "matrix");
        chromium.type("#matrix-permission", "user");
        assertThat(
                        chromium.<List<String>>run(
                                "return [...document.querySelectorAll('tr[data-permission] td')].map((cell) => cell.ariaLabel)"))
                .contains("granted", "not granted", "granted now, and not before", "granted before, and not any more")
                .doesNotContainNull();
        assertThat(chromium.<List<String>>run(
                        "return [...document.querySelectorAll('tr.group td')].map((cell) => cell.ariaLabel)"))
                .contains("1 of 4 granted", "2 of 4 granted, 2 changed");
    }

    @Test
    void the_matrix_is_one_stop_of_the_tab_key_and_walked_by_arrow_keys() {
        chromium.open(documents, "matrix");
        chromium.run("document.getElementById('matrix-collapse').focus()");
        chromium.press(Keys.TAB);
        assertThat(chromium.<String>run("return document.activeElement.textContent"))
                .isEqualTo("Member");
        assertThat(chromium.text("#matrix-readout")).startsWith("Member member organization, 2 permissions, 7 users");
        chromium.press(Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN);
        assertThat(chromium.text("#matrix-readout")).isEqualTo("Owner owner organization:manage: granted");
        chromium.press(Keys.ARROW_LEFT);
        assertThat(chromium.text("#matrix-readout")).isEqualTo("Member member organization:manage: not granted");
        chromium.press(Keys.HOME, Keys.ARROW_UP, Keys.ARROW_UP);
        assertThat(chromium.<String>run("return document.activeElement.dataset.group"))
                .isEqualTo("0");
        chromium.press(Keys.ENTER);
        assertThat(chromium.texts("tr[data-permission] .code")).hasSize(15);
        chromium.press(Keys.SPACE);
        assertThat(chromium.texts("tr[data-permission] .code")).hasSize(17);
        chromium.pressWithControl(Keys.END);
        assertThat(chromium.text("#matrix-readout")).startsWith("Signer signer document:remove");
        assertThat(chromium.<Long>run("return document.querySelectorAll(\"#matrix-scroller [tabindex='0']\").length"))
                .isEqualTo(1);
    }

    // users, who can, findings

    @Test
    void users_are_found_by_id_role_and_target_and_sorted() {
        chromium.open(documents, "users");
        chromium.type("#users-search", "editor sales");
        assertThat(chromium.texts("#users-list .code")).containsExactly("fatou");
        assertThat(chromium.text("#users-status")).isEqualTo("1 of 11 users");
        assertThat(chromium.text("#users-detail h3")).isEqualTo("fatou");
        assertThat(chromium.texts("#users-detail tbody th .place:first-child"))
                .containsExactly("account", "folder/product", "folder/sales");
        chromium.type("#users-search", "nobody");
        assertThat(chromium.text("#users-detail")).isEqualTo("Nobody matches.");
        chromium.type("#users-search", "");
        chromium.choose("#users-order", "most targets first");
        assertThat(chromium.texts("#users-list .code").subList(0, 2)).containsExactly("asel", "boris");
        chromium.choose("#users-order", "most assignments first");
        assertThat(chromium.texts("#users-list .code").subList(0, 2)).containsExactly("boris", "carmen");
    }

    @Test
    void a_user_is_chosen_by_the_keyboard() {
        chromium.open(documents, "users");
        chromium.run("document.getElementById('users-order').focus()");
        chromium.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.ENTER);
        assertThat(chromium.text("#users-detail h3")).isEqualTo("carmen");
        assertThat(chromium.texts("#users-list [aria-current=true] .code")).containsExactly("carmen");
        chromium.press(Keys.TAB);
        assertThat(chromium.<String>run("return document.activeElement.id")).isEqualTo("user-target");
        chromium.press("document/spec-search");
        assertThat(chromium.texts(".answer-box .rights li"))
                .containsExactly(
                        "organization: read",
                        "member: read",
                        "folder: read, create, write",
                        "document: read, comment, write");
        chromium.press("x");
        assertThat(chromium.text(".answer-box")).isEqualTo("There is no such target.");
    }

    @Test
    void who_can_names_users_with_the_roles_and_places_that_let_them() {
        chromium.open(documents, "who");
        chromium.choose("#who-permission", "document:write");
        assertThat(chromium.text("#who-status")).isEqualTo("7 of 11 users can document:write somewhere");
        chromium.type("#who-target", "document/roadmap");
        assertThat(chromium.text("#who-status")).isEqualTo("3 of 11 users can document:write at document/roadmap");
        assertThat(chromium.texts("#who-results tbody tr"))
                .containsExactly(
                        "aselOwner at account",
                        "borisFolder manager at folder/product",
                        "carmenAuthor at document/roadmap in folder/product");
        chromium.type("#who-target", "document/nowhere");
        assertThat(chromium.text("#who-status")).isEqualTo("There is no such target: nobody can do anything there.");
        assertThat(chromium.find("#who-target").getDomAttribute("aria-invalid")).isEqualTo("true");
    }

    @Test
    void findings_are_those_of_the_lint_and_filtered() {
        chromium.open(documents, "findings");
        int all = findings("documents.json");
        assertThat(chromium.texts(".messages > li")).hasSize(all);
        assertThat(chromium.texts(".card.warning .messages > li"))
                .contains("user asel has every permission that a role of the account can grant, everywhere");
        chromium.choose("#findings-severity", "warnings");
        assertThat(chromium.texts(".card")).isNotEmpty().allMatch(text -> text.contains("warning"));
        chromium.choose("#findings-severity", "all");
        chromium.type("#findings-search", "asel member");
        assertThat(chromium.texts(".messages > li"))
                .containsExactly("user asel has everything that role member at account grants by other assignments, too"
                        + "Suggested: revoke role member at account from user asel");
    }

    // changes

    @Test
    void roles_that_are_renamed_and_permissions_of_one_catalog_are_said() {
        String other = Acme.file(
                folder,
                "other.json",
                ReportCommandTest.CHANGED.replace("\"Team lead\"", "\"Head\"").replace("\"create\", ", "\"list\", "));
        chromium.open(report("other.html", Acme.file(folder), other), "changes");
        assertThat(chromium.text("#changed-roles .card")).contains("Head lead", "Was named Team lead.");
        assertThat(chromium.texts("#changes-catalog li"))
                .containsExactly(
                        "+ Permissions that only the new catalog has: user:list",
                        "\u2212 Permissions that only the old catalog has: user:create");
        assertThat(chromium.axe()).isEmpty();
        chromium.click("#tab-matrix");
        assertThat(chromium.texts("tr[data-permission] th")).contains("+ user:list", "\u2212 user:create");
    }

    @Test
    void changes_come_first_with_signs_beside_the_colours() {
        chromium.open(changes, "");
        assertThat(chromium.texts("[role=tab]").get(0)).isEqualTo("Changes +2 \u22121");
        assertThat(chromium.text("#version")).startsWith("From revision 7 to revision 8");
        assertThat(chromium.texts(".tile")).containsExactly("+2gains of 2 users", "\u22121loss of 1 user");
        assertThat(chromium.text("#changed-roles .card"))
                .contains("+user: delete", "\u2212user: read")
                .endsWith("Held by 2 users at 1 target, reaching 2 targets.+ 2 users gain");
        assertThat(chromium.texts(".change.gain .entries li"))
                .containsExactlyInAnyOrder("bob at team/support", "eve at team/support");
        assertThat(chromium.texts(".change.loss .entries li")).containsExactly("eve at chat/c-42");
        assertThat(chromium.<String>run("return getComputedStyle(document.querySelector('.tile.gain')).color"))
                .isNotEqualTo(chromium.run("return getComputedStyle(document.querySelector('.tile.loss')).color"));
    }

    @Test
    void a_user_is_shown_with_what_changes_for_them() {
        chromium.open(changes, "users");
        chromium.click("#users-list li:nth-child(3) button");
        assertThat(chromium.text("#users-detail h3")).isEqualTo("eve");
        assertThat(chromium.texts(".theirs > li"))
                .containsExactly("+user: update, deleteat team/support", "\u2212agents: viewat chat/c-42");
        chromium.click("#users-list li:nth-child(1) button");
        assertThat(chromium.text("#users-detail")).contains("What changes for themNothing.");
    }

    @Test
    void gains_and_losses_are_found_by_user_role_and_permission() {
        chromium.open(changes, "changes");
        chromium.type("#changes-search", "eve");
        assertThat(chromium.texts(".entries li")).containsExactly("eve at team/support", "eve at chat/c-42");
        chromium.type("#changes-search", "agent_view");
        assertThat(chromium.texts(".entries li")).containsExactly("eve at chat/c-42");
        chromium.type("#changes-search", "nobody");
        assertThat(chromium.text("#changes-groups")).isEqualTo("Nothing matches.");
    }

    @Test
    void the_matrix_marks_what_roles_grant_now_and_granted_before() {
        chromium.open(changes, "matrix");
        chromium.click("#matrix-changes");
        assertThat(chromium.texts("tr.roles bdi")).containsExactly("Team lead");
        assertThat(chromium.texts("tr[data-permission] td")).containsExactly("\u2212", "+");
        assertThat(chromium.texts("tr[data-permission] .code")).containsExactly("user:read", "user:delete");
    }

    @Test
    void each_change_of_a_role_is_marked_even_between_two_products() throws IOException {
        Path before = EXAMPLES.resolve("documents.json");
        Path after = EXAMPLES.resolve("pulse.json");
        Set<String> then = grants(before);
        Set<String> now = grants(after);
        chromium.open(report("products.html", before.toString(), after.toString()), "matrix");
        chromium.click("#matrix-expand");
        assertThat(marked("gain")).hasSizeGreaterThan(100).isEqualTo(minus(now, then));
        assertThat(marked("loss")).hasSizeGreaterThan(30).isEqualTo(minus(then, now));
        chromium.click("#tab-changes");
        assertThat(chromium.axe()).isEmpty();
        assertThat(chromium.complaints()).isEmpty();
    }

    /** Returns the cells of the matrix that are marked, each as the id of a role and the key of a permission. */
    private static Set<String> marked(String mark) {
        return new TreeSet<>(chromium.<List<String>>run("""
                const table = document.querySelector("#matrix-scroller table");
                const ids = [...table.rows[1].cells].map((cell) => cell.dataset.role && data.roles[cell.dataset.role].id);
                return [...table.querySelectorAll("td." + arguments[0])].map((cell) =>
                    ids[cell.cellIndex] + " " + cell.parentElement.querySelector(".code").textContent);
                """, mark));
    }

    private static Set<String> grants(Path file) throws IOException {
        Policy policy = PolicyJson.selfContained().read(file);
        Set<String> cells = new TreeSet<>();
        for (Role role : policy.roles()) {
            policy.catalog().grantedBy(role).forEach(permission -> cells.add(role.id() + ' ' + permission.key()));
        }
        return cells;
    }

    private static Set<String> minus(Set<String> cells, Set<String> others) {
        Set<String> left = new TreeSet<>(cells);
        left.removeAll(others);
        return left;
    }

    @Test
    void equal_policies_change_nothing_for_anybody() {
        String policy = Acme.file(folder);
        chromium.open(report("same.html", policy, policy), "changes");
        assertThat(chromium.text("#changes-lead"))
                .isEqualTo("Every check is answered as before: nobody gains or loses anything.");
        assertThat(chromium.texts(".change, #changed-roles .card")).isEmpty();
        assertThat(chromium.axe()).isEmpty();
    }

    @Test
    void an_account_with_nothing_in_it_is_shown() throws IOException {
        String bare =
                Files.readString(Path.of(Acme.file(folder))).replaceAll("(?s)\"teams\".*", "\"assignments\": []\n}");
        chromium.open(report("bare.html", Acme.file(folder, "bare.json", bare)), "users");
        assertThat(chromium.text("#users-detail")).isEqualTo("Nobody holds a role.");
        chromium.click("#tab-who");
        assertThat(chromium.text("#who-status")).isEqualTo("0 of 0 users can user:create somewhere");
        assertThat(chromium.complaints()).isEmpty();
    }
}
