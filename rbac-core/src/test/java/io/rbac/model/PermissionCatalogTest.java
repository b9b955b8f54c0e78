package io.rbac.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.Violation.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionCatalogTest {

    private interface Addition extends UnaryOperator<PermissionCatalog.Builder> {}

    private static final ScopeTree FOLDERS =
            ScopeTree.builder().scope("org").nestingScope("folder").build();

    private static final Set<Scope> ALL =
            new LinkedHashSet<>(ScopeTree.standard().scopes());

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group(
                    "user",
                    Set.of(Scope.TEAM, Scope.ACCOUNT),
                    List.of(
                            Action.of("create").withScopes(Set.of(Scope.ACCOUNT)),
                            Action.of("read").withTitle("Read users").withDescription("Names\nand mails")))
            .group("agents", ALL, List.of(Action.of("view").withKey("agent_view"), Action.of("edit")))
            .group("message", Set.of(Scope.CHAT), "read")
            .group("nothing")
            .retired("user:export", "user:import")
            .build();

    private static PolicyViolationException thrownBy(ThrowingCallable code) {
        return catchThrowableOfType(PolicyViolationException.class, code);
    }

    @Test
    void groups_and_permissions_keep_their_order() {
        assertThat(CATALOG.groups().stream().map(RightsGroup::name))
                .containsExactly("user", "agents", "message", "nothing");
        assertThat(CATALOG.permissions().stream().map(Permission::key))
                .containsExactly("user:create", "user:read", "agent_view", "agents:edit", "message:read");
        assertThat(CATALOG.size()).isEqualTo(5);
        assertThat(CATALOG.retired()).containsExactly("user:export", "user:import");
        assertThat(CATALOG)
                .hasToString("PermissionCatalog[user[create, read], agents[view, edit], message[read], nothing[]]");
    }

    @Test
    void a_permission_knows_its_group_action_scopes_and_texts() {
        Permission create = CATALOG.permission("user:create");
        assertThat(create.group()).isEqualTo("user");
        assertThat(create.action()).isEqualTo("create");
        assertThat(create.scopes()).containsExactly(Scope.ACCOUNT);
        assertThat(create.title()).isEmpty();
        assertThat(create.description()).isEmpty();
        assertThat(create).hasToString("user:create");
        Permission read = CATALOG.permission("user:read");
        assertThat(read.scopes()).containsExactly(Scope.ACCOUNT, Scope.TEAM);
        assertThat(read.title()).contains("Read users");
        assertThat(read.description()).contains("Names\nand mails");
        assertThat(CATALOG.permission("agents", "view")).isSameAs(CATALOG.permission("agent_view"));
        assertThat(CATALOG.permission("agents:edit").scopes()).containsExactlyElementsOf(ALL);
    }

    @Test
    void a_group_knows_its_scopes_and_permissions() {
        RightsGroup user = CATALOG.group("user").orElseThrow();
        assertThat(user.scopes()).containsExactly(Scope.ACCOUNT, Scope.TEAM);
        assertThat(user.permissions())
                .containsExactly(CATALOG.permission("user:create"), CATALOG.permission("user:read"));
        assertThat(user.find("read")).contains(CATALOG.permission("user:read"));
        assertThat(user.find("Read")).isEmpty();
        assertThat(user).hasToString("user[create, read]");
        assertThat(CATALOG.group("nothing").orElseThrow().permissions()).isEmpty();
        assertThat(CATALOG.group("User")).isEmpty();
    }

    @Test
    @Tag("B38")
    void keys_are_found_exactly_or_not_at_all() {
        assertThat(CATALOG.find("user:read")).contains(CATALOG.permissions().get(1));
        assertThat(CATALOG.indexOf("user:read")).isEqualTo(1);
        assertThat(Stream.of(
                                "User:read",
                                "user:read ",
                                "user",
                                "user:*",
                                "*",
                                "agents:view",
                                "user:export",
                                "",
                                "\u212A")
                        .filter(key -> CATALOG.find(key).isPresent() || CATALOG.indexOf(key) != -1))
                .isEmpty();
    }

    @Test
    @Tag("B46")
    void an_unknown_key_fails_with_the_nearest_known_one() {
        PolicyViolationException thrown = thrownBy(() -> CATALOG.permission("user:raed"));
        assertThat(thrown)
                .hasMessage(
                        "UNKNOWN_PERMISSION: `user:raed` is not a permission of the catalog; did you mean `user:read`?");
        assertThat(thrown.violations().get(0).value()).contains("user:raed");
        assertThat(thrownBy(() -> CATALOG.permission("nowhere\u202E")))
                .hasMessage("UNKNOWN_PERMISSION: `nowhere\\u{202E}` is not a permission of the catalog");
        assertThat(thrownBy(() -> CATALOG.permission("usr", "read")))
                .hasMessage("UNKNOWN_GROUP: `usr` is not a rights group of the catalog; did you mean `user`?");
        assertThat(thrownBy(() -> CATALOG.rightsOfGroup("usr")))
                .hasMessage("UNKNOWN_GROUP: `usr` is not a rights group of the catalog; did you mean `user`?");
        assertThat(thrownBy(() -> CATALOG.permission("user", "reed")))
                .hasMessage(
                        "ACTION_NOT_ALLOWED: `reed` is not an action of the rights group `user`; did you mean `read`?");
    }

    @Test
    void of_equally_near_keys_groups_and_actions_the_first_of_the_catalog_is_offered() {
        PermissionCatalog catalog = PermissionCatalog.builder()
                .group("g1", "b2", "b1", "b3", "b30", "b9")
                .group("g0")
                .group("g2")
                .build();
        assertThat(thrownBy(() -> catalog.permission("g1:b4"))).hasMessageContaining("did you mean `g1:b2`?");
        assertThat(thrownBy(() -> catalog.rights("g1:b4"))).hasMessageContaining("did you mean `g1:b2`?");
        assertThat(thrownBy(() -> catalog.permission("g1", "b4"))).hasMessageContaining("did you mean `b2`?");
        assertThat(thrownBy(() -> catalog.permission("g4", "b4"))).hasMessageContaining("did you mean `g1`?");
    }

    @Test
    void rights_are_made_of_keys_and_every_unknown_one_is_reported() {
        assertThat(CATALOG.rights("message:read", "user:read", "message:read").stream()
                        .map(Permission::key))
                .containsExactly("user:read", "message:read");
        assertThat(CATALOG.rights()).isEmpty();
        assertThat(CATALOG.rights(List.of())).isEqualTo(CATALOG.noRights());
        assertThat(thrownBy(() -> CATALOG.rights("x", "user:read", "user:reat")))
                .hasMessage("2 violations\n  UNKNOWN_PERMISSION at /0: `x` is not a permission of the catalog"
                        + "\n  UNKNOWN_PERMISSION at /2: `user:reat` is not a permission of the catalog;"
                        + " did you mean `user:read`?");
    }

    @Test
    void rights_are_made_of_groups_and_scopes() {
        assertThat(CATALOG.rightsOfGroup("agents")).isEqualTo(CATALOG.rights("agent_view", "agents:edit"));
        assertThat(CATALOG.rightsOfGroup("nothing")).isEmpty();
        assertThat(CATALOG.rightsOfScope(Scope.ACCOUNT))
                .isEqualTo(CATALOG.rights("user:create", "user:read", "agent_view", "agents:edit"));
        assertThat(CATALOG.rightsOfScope(Scope.TEAM))
                .isEqualTo(CATALOG.rights("user:read", "agent_view", "agents:edit"));
        assertThat(CATALOG.rightsOfScope(Scope.CHAT))
                .isEqualTo(CATALOG.rights("agent_view", "agents:edit", "message:read"));
        assertThat(CATALOG.noRights()).isEmpty();
        assertThat(CATALOG.allRights()).containsExactlyElementsOf(CATALOG.permissions());
    }

    @Test
    @Tag("B53")
    void a_permission_of_another_catalog_instance_is_found_by_its_key_never_by_its_number() {
        PermissionCatalog other = PermissionCatalog.builder()
                .group("message", "read", "delete")
                .group("user", "read")
                .build();
        assertThat(CATALOG.indexOf(other.permission("message:read"))).isEqualTo(4);
        assertThat(CATALOG.indexOf(other.permission("message:delete"))).isEqualTo(-1);
        assertThat(CATALOG.indexOf(other.permission("user:read"))).isEqualTo(1);
        assertThat(other.indexOf(CATALOG.permission("user:create"))).isEqualTo(-1);
        assertThat(other.permission("user:read"))
                .isEqualTo(CATALOG.permission("user:read"))
                .hasSameHashCodeAs(CATALOG.permission("user:read"));
    }

    static Stream<Arguments> additionsThatAreNoCatalog() {
        return Stream.of(
                row(b -> b.group("", "a"), "ID_INVALID at /catalog/0/group: rights group `` is empty"),
                row(
                        b -> b.group("g", "a\tb"),
                        "ID_INVALID at /catalog/0/actions/0: action `a\\u{9}b` has U+0009 at position 2"),
                row(
                        b -> b.group("g", ALL, List.of(Action.of("a").withKey(" k"))),
                        "ID_INVALID at /catalog/0/actions/0/key: permission ` k` has a space that does not stand alone"
                                + " between two other characters, at position 1"),
                row(
                        b -> b.group("g".repeat(200), "a", "b".repeat(200)),
                        "ID_INVALID at /catalog/0/actions/1: permission `" + "g".repeat(80)
                                + "...` is longer than 256 characters"),
                row(b -> b.retired("\u200B"), "ID_INVALID: retired permission `\\u{200B}` has U+200B at position 1"),
                row(
                        b -> b.group("g", "a").group("h", "a").group("g", "b"),
                        "DUPLICATE_ID at /catalog/2/group: rights group `g` is given twice: first given at"
                                + " `/catalog/0/group`"),
                row(
                        b -> b.group(
                                "g", ALL, List.of(Action.of("a"), Action.of("a").withKey("k"))),
                        "DUPLICATE_ID at /catalog/0/actions/1: action `a` is given twice: first given at"
                                + " `/catalog/0/actions/0`"),
                row(
                        b -> b.group("g", "a:b").group("g:a", "b"),
                        "DUPLICATE_ID at /catalog/1/actions/0: permission `g:a:b` is given twice: first given at"
                                + " `/catalog/0/actions/0`"),
                row(
                        b -> b.group(
                                "g", ALL, List.of(Action.of("a"), Action.of("b").withKey("g:a"))),
                        "DUPLICATE_ID at /catalog/0/actions/1/key: permission `g:a` is given twice: first given at"
                                + " `/catalog/0/actions/0`"),
                row(
                        b -> b.group("g", "a").retired("g:a"),
                        "DUPLICATE_ID: retired permission `g:a` is given twice: first given at"
                                + " `/catalog/0/actions/0`"),
                row(b -> b.retired("x", "x"), "DUPLICATE_ID: retired permission `x` is given twice"),
                row(
                        b -> b.group("g", "a").renamed("x", "g:b"),
                        "UNKNOWN_PERMISSION: `g:b`, which `x` is renamed to, is not a permission of the catalog; did you"
                                + " mean `g:a`?"),
                row(
                        b -> b.group("g", "a", "b").renamed("g:b", "g:a"),
                        "DUPLICATE_ID: renamed permission `g:b` is given twice: first given at"
                                + " `/catalog/0/actions/1`"),
                row(
                        b -> b.group("g", "a").retired("x").renamed("x", "g:a"),
                        "DUPLICATE_ID: renamed permission `x` is given twice"),
                row(
                        b -> b.group("g", "a", "b").renamed("x", "g:a").renamed("x", "g:b"),
                        "DUPLICATE_ID: renamed permission `x` is given twice"),
                row(
                        b -> b.group("g", Set.of(), "a"),
                        "SCOPE_INVALID at /catalog/0/scopes: no scope is given: expected some of `account`,"
                                + " `team`, `chat`"),
                row(
                        b -> b.group("g", ALL, List.of(Action.of("a").withScopes(Set.of()))),
                        "SCOPE_INVALID at /catalog/0/actions/0/scopes: no scope is given: expected some of"
                                + " `account`, `team`, `chat`"),
                row(
                        b -> b.group("g", ALL, List.of(Action.of("a").withTitle("x\u202Ey"))),
                        "NAME_INVALID at /catalog/0/actions/0/title: `x\\u{202E}y` has U+202E at position 2"),
                row(
                        b -> b.group("g", ALL, List.of(Action.of("a").withDescription("\uD800"))),
                        "NAME_INVALID at /catalog/0/actions/0/description: `\\u{D800}` has U+D800"));
    }

    private static Arguments row(Addition addition, String message) {
        return Arguments.of(addition, message);
    }

    @ParameterizedTest
    @MethodSource("additionsThatAreNoCatalog")
    void what_cannot_be_a_catalog_is_refused(Addition addition, String message) {
        assertThat(thrownBy(() -> addition.apply(PermissionCatalog.builder()).build()))
                .hasMessage(message);
    }

    @Test
    void all_faults_of_a_catalog_are_reported_at_once() {
        PolicyViolationException thrown = thrownBy(() -> PermissionCatalog.builder()
                .group("", Set.of())
                .group("g", "a", "a", "")
                .retired("g:a")
                .build());
        assertThat(thrown.violations().stream().map(v -> v.code() + " " + v.path()))
                .containsExactly(
                        "ID_INVALID /catalog/0/group",
                        "SCOPE_INVALID /catalog/0/scopes",
                        "DUPLICATE_ID /catalog/1/actions/1",
                        "ID_INVALID /catalog/1/actions/2",
                        "DUPLICATE_ID ");
    }

    @Test
    void each_fault_of_a_large_catalog_is_counted_once() {
        String[] blanks = IntStream.range(0, 1_500).mapToObj(i -> i + " ").toArray(String[]::new);
        PolicyViolationException thrown =
                thrownBy(() -> PermissionCatalog.builder().group("g", blanks).build());
        assertThat(thrown.total()).isEqualTo(1_500);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 10_000, 65_536})
    @Tag("B95")
    void a_catalog_has_up_to_65536_permissions(int size) {
        String[] actions = IntStream.range(0, size).mapToObj(i -> "a" + i).toArray(String[]::new);
        PermissionCatalog catalog =
                PermissionCatalog.builder().group("g", actions).build();
        assertThat(catalog.size()).isEqualTo(size);
        assertThat(catalog.allRights().size()).isEqualTo(size);
        if (size > 0) {
            assertThat(catalog.indexOf("g:a" + (size - 1))).isEqualTo(size - 1);
        }
        assertThat(catalog.indexOf("g:a" + size)).isEqualTo(-1);
    }

    @Test
    @Tag("B95")
    void a_catalog_of_more_permissions_is_refused() {
        PermissionCatalog.Builder builder = PermissionCatalog.builder();
        String[] actions = IntStream.range(0, 32_769).mapToObj(i -> "a" + i).toArray(String[]::new);
        builder.group("g", actions).group("h", actions);
        PolicyViolationException thrown = thrownBy(builder::build);
        assertThat(thrown)
                .hasMessage("LIMIT_EXCEEDED at /catalog: the catalog has 65538 permissions: at most 65536 are allowed");
        assertThat(thrown.violations().get(0).code()).isEqualTo(Code.LIMIT_EXCEEDED);
    }

    @Test
    @Tag("S2")
    void rights_of_another_catalog_are_taken_over_under_the_new_keys_of_what_was_renamed() {
        PermissionCatalog old = PermissionCatalog.builder()
                .group("user", "read", "export", "fly")
                .build();
        PermissionCatalog now = PermissionCatalog.builder()
                .group("report", "export")
                .group("user", "read")
                .renamed("user:export", "report:export")
                .renamed("user:dump", "report:export")
                .build();
        assertThat(now.renamed())
                .containsExactly(Map.entry("user:export", "report:export"), Map.entry("user:dump", "report:export"));
        assertThat(now.knownOf(old.allRights())).isEqualTo(now.rights("user:read", "report:export"));
        assertThat(now.knownOf(old.rights("user:fly"))).isEmpty();
        assertThat(now.knownOf(now.allRights())).isEqualTo(now.allRights());
        assertThat(now.findRenamed("user:export")).containsSame(now.permission("report:export"));
        assertThat(now.findRenamed("user:read")).containsSame(now.permission("user:read"));
        assertThat(now.findRenamed("user:fly")).isEmpty();
        assertThat(now.find("user:export")).isEmpty();
    }

    @Test
    void two_catalogs_are_equal_when_everything_in_them_is_and_in_the_same_order() {
        List<Addition> additions = List.of(
                b -> b,
                b -> b.group("g"),
                b -> b.group("g", "a"),
                b -> b.group("h", "a"),
                b -> b.group("g", "b"),
                b -> b.group("g", "a", "b"),
                b -> b.group("g", "b", "a"),
                b -> b.group("g", "a").group("h", "b"),
                b -> b.group("h", "b").group("g", "a"),
                b -> b.group("g", Set.of(Scope.TEAM), "a"),
                b -> b.group("g", ALL, List.of(Action.of("a").withScopes(Set.of(Scope.TEAM)))),
                b -> b.group("g", ALL, List.of(Action.of("a").withKey("k"))),
                b -> b.group("g", ALL, List.of(Action.of("b").withKey("k"))),
                b -> b.group("g", ALL, List.of(Action.of("a").withTitle("t"))),
                b -> b.group("g", ALL, List.of(Action.of("a").withDescription("t"))),
                b -> b.group("g", "a").retired("x"),
                b -> b.group("g", "a").renamed("x", "g:a"),
                b -> b.scopes(FOLDERS),
                b -> b.scopes(FOLDERS).group("g", "a"),
                b -> b.scopes(ScopeTree.builder().scope("account").build()).group("g", "a"));
        for (int i = 0; i < additions.size(); i++) {
            for (int j = 0; j < additions.size(); j++) {
                PermissionCatalog a =
                        additions.get(i).apply(PermissionCatalog.builder()).build();
                PermissionCatalog b =
                        additions.get(j).apply(PermissionCatalog.builder()).build();
                assertThat(a.equals(b)).as("%s, %s", a, b).isEqualTo(i == j);
                assertThat(i == j && a.hashCode() != b.hashCode()).isFalse();
            }
        }
    }

    @Test
    @Tag("S2")
    void what_is_allowed_everywhere_is_allowed_at_every_scope_of_the_tree_whenever_that_is_given() {
        for (PermissionCatalog catalog : List.of(
                PermissionCatalog.builder().scopes(FOLDERS).group("g", "a").build(),
                PermissionCatalog.builder().group("g", "a").scopes(FOLDERS).build(),
                PermissionCatalog.builder()
                        .group("g", List.of(Action.of("a")))
                        .scopes(FOLDERS)
                        .build())) {
            assertThat(catalog.scopes()).isSameAs(FOLDERS);
            assertThat(catalog.group("g").orElseThrow().scopes()).containsExactlyElementsOf(FOLDERS.scopes());
            assertThat(catalog.permission("g:a").scopes()).containsExactlyElementsOf(FOLDERS.scopes());
        }
    }

    @Test
    @Tag("S2")
    void what_roles_of_a_scope_may_hold_is_found_by_scopes_of_the_tree_alone() {
        Scope folder = FOLDERS.scope("folder");
        PermissionCatalog catalog = PermissionCatalog.builder()
                .scopes(FOLDERS)
                .group("g", "a")
                .group("h", Set.of(folder), "b")
                .build();
        assertThat(catalog.rightsOfScope(folder)).isEqualTo(catalog.rights("g:a", "h:b"));
        assertThat(catalog.rightsOfScope(FOLDERS.account())).isEqualTo(catalog.rights("g:a"));
        assertThat(catalog.rightsOfScope(Scope.ACCOUNT)).isEqualTo(catalog.rights("g:a"));
        assertThat(catalog.rightsOfScope(Scope.TEAM)).isEmpty();
        assertThat(catalog.rightsOfScope(Scope.CHAT)).isEmpty();
    }

    @Test
    @Tag("P26")
    void a_role_grants_what_the_catalog_has_and_allows_at_its_scope_while_it_is_active() {
        PermissionCatalog wide = PermissionCatalog.builder()
                .group("h", "b")
                .group("g", "a", "gone")
                .build();
        PermissionCatalog catalog = PermissionCatalog.builder()
                .group("g", "a")
                .group("h", Set.of(Scope.CHAT), "b")
                .build();
        Role role =
                Role.builder("r", Scope.TEAM).name("R").rights(wide.allRights()).build();
        Rights granted = catalog.grantedBy(role);
        assertThat(granted).isEqualTo(catalog.rights("g:a"));
        assertThat(granted.catalog()).isSameAs(catalog);
        assertThat(catalog.grantedBy(role.withScope(Scope.CHAT))).isEqualTo(catalog.rights("g:a", "h:b"));
        assertThat(catalog.grantedBy(role.withScope(FOLDERS.scope("folder")))).isEmpty();
        assertThat(catalog.grantedBy(role.toBuilder().discardedAt(Instant.EPOCH).build()))
                .isEmpty();
    }

    @Test
    void two_groups_are_equal_when_their_names_scopes_and_permissions_are() {
        RightsGroup group = CATALOG.groups().get(2);
        assertThat(group)
                .isEqualTo(PermissionCatalog.builder()
                        .group("message", Set.of(Scope.CHAT), "read")
                        .build()
                        .groups()
                        .get(0));
        assertThat(group)
                .isNotEqualTo(PermissionCatalog.builder()
                        .group("message", "read")
                        .build()
                        .groups()
                        .get(0));
    }

    @Test
    void two_actions_are_equal_when_all_their_parts_are() {
        assertThat(Action.of("a")).isEqualTo(Action.of("a")).hasSameHashCodeAs(Action.of("a"));
        assertThat(List.of(
                        Action.of("b"),
                        Action.of("a").withKey("k"),
                        Action.of("a").withScopes(ALL),
                        Action.of("a").withTitle("t"),
                        Action.of("a").withDescription("d")))
                .doesNotContain(Action.of("a"));
    }

    @Test
    void a_catalog_does_not_change_with_what_it_was_built_from() {
        Set<Scope> scopes = new HashSet<>(Set.of(Scope.TEAM));
        List<Action> actions = new ArrayList<>(List.of(Action.of("a")));
        PermissionCatalog.Builder builder = PermissionCatalog.builder().group("g", scopes, actions);
        PermissionCatalog catalog = builder.build();
        scopes.add(Scope.CHAT);
        actions.add(Action.of("b"));
        builder.group("h", "c").retired("x");
        assertThat(catalog)
                .isEqualTo(PermissionCatalog.builder()
                        .group("g", Set.of(Scope.TEAM), "a")
                        .build());
        assertThat(builder.build().size()).isEqualTo(2);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> catalog.groups().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> catalog.permissions().get(0).scopes().clear());
    }

    @Test
    void the_empty_catalog_has_nothing() {
        assertThat(PermissionCatalog.empty().size()).isZero();
        assertThat(PermissionCatalog.empty())
                .isEqualTo(PermissionCatalog.builder().build());
    }
}
