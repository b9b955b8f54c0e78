package io.rbac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.jackson.PolicyJson;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.review.PolicyReview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of an account with 200 roles, 500 permissions and 10,000 users. Asserts what it shows, never the clock. */
@Tag("deep")
class ReportLargePageTest {

    private static final int ROLES = 200;
    private static final int SHOWN_ROLES = 50;
    private static final int GROUPS = 50;
    private static final int ACTIONS = 10;
    private static final int TEAMS = 300;
    private static final int CHATS = 1000;
    private static final int USERS = 10_000;

    @TempDir
    private static Path folder;

    private static Chromium chromium;
    private static Path page;
    private static Policy policy;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start(folder.resolve("profile"));
        policy = largePolicy();
        Path file = folder.resolve("large.json");
        Files.writeString(file, PolicyJson.selfContained().write(policy));
        page = folder.resolve("large.html");
        assertThat(Rbac.run("report", file.toString(), "-o", page.toString()).exitCode())
                .isZero();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Policy largePolicy() {
        Random random = new Random(20);
        PermissionCatalog.Builder groups = PermissionCatalog.builder();
        List<String> keys = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            String[] actions = new String[ACTIONS];
            for (int action = 0; action < ACTIONS; action++) {
                actions[action] = "action-" + action;
                keys.add("group-" + group + ":action-" + action);
            }
            groups.group("group-" + group, actions);
        }
        PermissionCatalog catalog = groups.build();
        Policy.Builder builder = Policy.builder().account("large").catalog(catalog);
        List<Scope> scopes = catalog.scopes().scopes();
        List<Role> roles = new ArrayList<>();
        for (int i = 0; i < ROLES; i++) {
            Scope scope = scopes.get(i % scopes.size());
            List<String> rights =
                    keys.stream().filter(key -> random.nextInt(5) == 0).toList();
            roles.add(Role.builder("role-" + i, scope)
                    .name("Role number " + i)
                    .defaultRole(i == 0)
                    .rights(catalog.rights(rights))
                    .build());
        }
        roles.forEach(builder::role);
        for (int team = 0; team < TEAMS; team++) {
            builder.team("team-" + team);
        }
        for (int chat = 0; chat < CHATS; chat++) {
            builder.chat("chat-" + chat, "team-" + chat % TEAMS);
        }
        for (int user = 0; user < USERS; user++) {
            for (int i = 0; i < 3; i++) {
                // Three roles in a row have three scopes, so that no assignment is given twice.
                Role role = roles.get((random.nextInt(ROLES / 3) * 3 + i) % ROLES);
                Target target = role.scope().isAccount()
                        ? Target.account()
                        : role.scope().equals(Scope.TEAM)
                                ? Target.team("team-" + random.nextInt(TEAMS))
                                : Target.chat("chat-" + random.nextInt(CHATS));
                builder.assign("user-" + user, role.id(), target);
            }
        }
        return builder.build();
    }

    @Test
    void it_opens_with_its_groups_collapsed_and_each_can_be_opened() {
        chromium.open(page, "matrix");
        assertThat(chromium.text("#matrix-status")).isEqualTo("200 roles and 500 permissions");
        assertThat(chromium.texts("tr.group")).hasSize(GROUPS);
        assertThat(chromium.texts("tr[data-permission]")).isEmpty();
        chromium.click("tr.group button[data-group='7']");
        assertThat(chromium.texts("tr[data-permission] .code")).hasSize(ACTIONS).contains("group-7:action-3");
        chromium.type("#matrix-permission", "group-31: action-4");
        assertThat(chromium.texts("tr[data-permission] .code")).containsExactly("group-31:action-4");
        chromium.type("#matrix-role", "number 123");
        assertThat(chromium.texts("tr.roles bdi")).containsExactly("Role number 123");
    }

    @Test
    void a_search_that_finds_much_opens_as_many_groups_as_there_is_room_for() {
        chromium.open(page, "matrix");
        chromium.type("#matrix-permission", "action");
        assertThat(chromium.texts("tr.group")).hasSize(GROUPS);
        assertThat(chromium.texts("tr[data-permission]")).hasSize(12_000 / SHOWN_ROLES);
        chromium.click("tr.group button[data-group='40']");
        assertThat(chromium.texts("tr[data-permission] .code")).contains("group-40:action-0");
    }

    @Test
    void paper_says_how_much_it_lacks() {
        chromium.open(page, "users");
        chromium.run("dispatchEvent(new Event('beforeprint'))");
        assertThat(chromium.<String>run("return document.querySelector('#users-print .end p').textContent"))
                .isEqualTo("and 9,000 more, which are not printed");
    }

    @Test
    void all_of_its_cells_can_be_shown() {
        chromium.open(page, "matrix");
        chromium.click("#matrix-expand");
        long shown = 0;
        for (int first = 1; first <= ROLES; first += SHOWN_ROLES) {
            assertThat(chromium.text("#matrix-page")).isEqualTo("Roles " + first + "\u2013" + (first + 49) + " of 200");
            assertThat(chromium.<Long>run("return document.querySelectorAll('tr[data-permission] td').length"))
                    .isEqualTo(SHOWN_ROLES * GROUPS * ACTIONS);
            shown += chromium.<Long>run("return document.querySelectorAll('tr[data-permission] td.yes').length");
            if (first + SHOWN_ROLES <= ROLES) {
                chromium.click("#matrix-after");
            }
        }
        assertThat(chromium.find("#matrix-after").isEnabled()).isFalse();
        assertThat(chromium.<String>run("return document.activeElement.id")).isEqualTo("matrix-before");
        long granted = policy.roles().stream()
                .mapToLong(role -> policy.catalog().grantedBy(role).size())
                .sum();
        assertThat(shown).isEqualTo(granted);
        chromium.run("dispatchEvent(new Event('beforeprint'))");
        assertThat(chromium.<Long>run("return document.querySelectorAll('#matrix-print table').length"))
                .isEqualTo(9);
    }

    @Test
    void its_users_are_found_and_shown_by_and_by() {
        chromium.open(page, "users");
        assertThat(chromium.texts("#users-list .code")).hasSize(100);
        chromium.click("#users-list .more");
        assertThat(chromium.texts("#users-list .code")).hasSize(200);
        chromium.type("#users-search", "user-9876");
        assertThat(chromium.texts("#users-list .code")).containsExactly("user-9876");
        assertThat(chromium.text("#users-detail h3")).isEqualTo("user-9876");
    }

    @Test
    void who_can_is_answered_for_all_of_its_users() {
        chromium.open(page, "who");
        PolicyReview review = PolicyReview.of(PermissionMatrix.compile(policy));
        chromium.choose("#who-permission", "group-12:action-8");
        chromium.type("#who-target", "chat/chat-17");
        List<String> expected =
                review.whoCan("group-12:action-8", Target.chat("chat-17")).toList();
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(chromium.text("#who-status .big").replace(",", "")).isEqualTo(String.valueOf(expected.size()));
        assertThat(chromium.texts("#who-results tbody th")).isEqualTo(expected.subList(0, 100));
        chromium.click("#who-results .more");
        assertThat(chromium.texts("#who-results tbody th"))
                .isEqualTo(expected.subList(0, Math.min(200, expected.size())));
    }
}
