package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OracleTest {
    private static final PlainTarget ACCOUNT = PlainTarget.account();
    private static final PlainTarget SUPPORT = PlainTarget.team("support");
    private static final PlainTarget SALES = PlainTarget.team("sales");
    private static final PlainTarget C42 = PlainTarget.chat("c-42");
    private static final PlainTarget LOBBY = PlainTarget.chat("lobby");

    /** Teams with and without a chat, a chat in the account, and a role of each scope. */
    private static final PlainPolicy ACME = PlainPolicy.of(
                    "acme",
                    PlainGroup.of("user", "create", "read", "update", "delete"),
                    PlainGroup.of("team_membership", "create", "read", "update", "delete", "manage"),
                    PlainGroup.of("message", List.of(PlainScope.CHAT), "create", "read", "delete"))
            .withRole(PlainRole.of("member", PlainScope.ACCOUNT, "user:read").withDefault(true))
            .withRole(PlainRole.of("lead", PlainScope.TEAM, "team_membership:manage", "user:update"))
            .withRole(PlainRole.of("writer", PlainScope.CHAT, "message:create"))
            .withTeam("support")
            .withTeam("sales")
            .withChat("lobby", null)
            .withChat("c-42", "support")
            .withAssignment("ada", "member", ACCOUNT)
            .withAssignment("bob", "member", ACCOUNT)
            .withAssignment("bob", "lead", SUPPORT)
            .withAssignment("eve", "writer", C42);

    private final Oracle acme = Oracle.of(ACME);

    @Test
    @Tag("S6")
    void an_assignment_grants_at_its_own_target() {
        assertThat(acme.hasPermission("bob", "user:update", SUPPORT)).isTrue();
    }

    @Test
    @Tag("S6")
    void a_team_role_covers_the_chats_of_the_team() {
        assertThat(acme.hasPermission("bob", "team_membership:manage", C42)).isTrue();
    }

    @Test
    @Tag("S6")
    void a_team_role_covers_no_chat_outside_the_team() {
        assertThat(acme.hasPermission("bob", "team_membership:manage", LOBBY)).isFalse();
    }

    @Test
    @Tag("S6")
    void an_account_role_covers_everything() {
        assertThat(acme.whereCan("ada", "user:read")).containsExactly(ACCOUNT, SALES, SUPPORT, C42, LOBBY);
    }

    @Test
    @Tag("S6")
    void nothing_is_granted_upwards() {
        assertThat(acme.hasPermission("bob", "user:update", ACCOUNT)).isFalse();
        assertThat(acme.hasPermission("eve", "message:create", SUPPORT)).isFalse();
    }

    @Test
    @Tag("S6")
    void nothing_is_granted_sideways() {
        assertThat(acme.hasPermission("bob", "user:update", SALES)).isFalse();
        assertThat(acme.hasPermission("eve", "message:create", LOBBY)).isFalse();
    }

    @Test
    @Tag("S6")
    void a_permission_that_the_role_lacks_is_denied() {
        assertThat(acme.hasPermission("bob", "user:delete", SUPPORT)).isFalse();
    }

    @Test
    @Tag("S6")
    void the_rights_of_one_user_are_not_those_of_another() {
        assertThat(acme.hasPermission("ada", "user:update", SUPPORT)).isFalse();
    }

    @Test
    @Tag("S6")
    void nothing_but_the_exact_key_grants() {
        for (String key : List.of("user", "user:*", "*", "user:READ", "user:read ", "", "user:manage")) {
            assertThat(acme.hasPermission("ada", key, ACCOUNT)).as(key).isFalse();
        }
    }

    @Test
    @Tag("S6")
    void what_is_unknown_is_denied() {
        assertThat(acme.hasPermission("nobody", "user:read", ACCOUNT)).isFalse();
        assertThat(acme.hasPermission("ada", "user:fly", ACCOUNT)).isFalse();
        assertThat(acme.hasPermission("ada", "user:read", PlainTarget.team("gone")))
                .isFalse();
        assertThat(acme.hasPermission("ada", "user:read", PlainTarget.chat("gone")))
                .isFalse();
    }

    @Test
    @Tag("S6")
    void an_id_of_another_kind_is_unknown() {
        assertThat(acme.hasPermission("ada", "user:read", PlainTarget.team("c-42")))
                .isFalse();
        assertThat(acme.hasPermission("ada", "user:read", PlainTarget.chat("support")))
                .isFalse();
        assertThat(acme.hasPermission("member", "user:read", ACCOUNT)).isFalse();
    }

    @Test
    @SuppressWarnings("NullAway")
    @Tag("S6")
    void null_is_never_answered() {
        assertThatNullPointerException().isThrownBy(() -> acme.hasPermission(null, "user:read", ACCOUNT));
        assertThatNullPointerException().isThrownBy(() -> acme.hasPermission("ada", null, ACCOUNT));
        assertThatNullPointerException().isThrownBy(() -> acme.hasPermission("ada", "user:read", null));
    }

    @Test
    @Tag("S6")
    void the_rights_of_several_roles_add_up_in_catalog_order() {
        assertThat(acme.rightsOf("bob", C42)).containsExactly("user:read", "user:update", "team_membership:manage");
        assertThat(acme.rightsOf("bob", SALES)).containsExactly("user:read");
        assertThat(acme.rightsOf("nobody", SALES)).isEmpty();
    }

    @Test
    @Tag("S6")
    void several_permissions_are_asked_for_one_by_one() {
        assertThat(acme.hasAny("bob", List.of("user:delete", "user:update"), C42))
                .isTrue();
        assertThat(acme.hasAny("bob", List.of("user:delete", "user:fly"), C42)).isFalse();
        assertThat(acme.hasAll("bob", List.of("user:read", "user:update"), C42)).isTrue();
        assertThat(acme.hasAll("bob", List.of("user:read", "user:update"), SALES))
                .isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> acme.hasAny("bob", List.of(), C42));
        assertThatIllegalArgumentException().isThrownBy(() -> acme.hasAll("bob", List.of(), C42));
    }

    @Test
    @Tag("S6")
    void a_filter_keeps_order_and_duplicates() {
        assertThat(acme.filter("bob", "user:update", List.of(C42, LOBBY, SUPPORT, ACCOUNT, C42)))
                .containsExactly(C42, SUPPORT, C42);
        assertThat(acme.filter("nobody", "user:update", List.of(C42))).isEmpty();
        assertThat(acme.filter("bob", "user:fly", List.of(C42))).isEmpty();
    }

    @Test
    @Tag("S6")
    void users_who_can_are_in_code_point_order() {
        assertThat(acme.whoCan("user:read", C42)).containsExactly("ada", "bob");
        assertThat(acme.whoCan("message:create", C42)).containsExactly("eve");
        assertThat(acme.whoCan("message:create", PlainTarget.chat("gone"))).isEmpty();
    }

    @Test
    @Tag("S5")
    void the_path_of_the_account_is_the_account() {
        assertThat(acme.path(ACCOUNT)).containsExactly(ACCOUNT);
    }

    @Test
    @Tag("S5")
    void the_path_of_a_team_is_the_team_and_the_account() {
        assertThat(acme.path(SUPPORT)).containsExactly(SUPPORT, ACCOUNT);
    }

    @Test
    @Tag("S5")
    void the_path_of_a_chat_names_its_team_if_it_has_one() {
        assertThat(acme.path(C42)).containsExactly(C42, SUPPORT, ACCOUNT);
        assertThat(acme.path(LOBBY)).containsExactly(LOBBY, ACCOUNT);
    }

    @Test
    @Tag("S5")
    void an_unknown_team_or_chat_has_an_empty_path() {
        assertThat(acme.path(PlainTarget.team("gone"))).isEmpty();
        assertThat(acme.path(PlainTarget.chat("gone"))).isEmpty();
    }

    @Test
    @Tag("S5")
    void a_known_chat_given_with_its_parent_has_its_path() {
        assertThat(acme.path(C42.inTeam("support"))).containsExactly(C42, SUPPORT, ACCOUNT);
        assertThat(acme.path(LOBBY.inAccount())).containsExactly(LOBBY, ACCOUNT);
    }

    @Test
    @Tag("S5")
    void a_known_chat_given_with_another_parent_has_an_empty_path_under_either_rule() {
        for (String word : List.of("refused", "trusted")) {
            Oracle oracle = Oracle.of(ACME.withRules(ACME.rules().withUnknownTargets(word)));
            assertThat(oracle.path(C42.inTeam("sales"))).isEmpty();
            assertThat(oracle.path(C42.inAccount())).isEmpty();
            assertThat(oracle.path(LOBBY.inTeam("support"))).isEmpty();
            assertThat(oracle.hasPermission("eve", "message:create", C42.inTeam("sales")))
                    .isFalse();
        }
    }

    @Test
    @Tag("S5")
    void an_unknown_chat_stays_unknown_with_any_parent_if_parents_are_refused() {
        assertThat(acme.path(PlainTarget.chat("c-77").inTeam("support"))).isEmpty();
        assertThat(acme.hasPermission(
                        "ada", "user:read", PlainTarget.chat("c-77").inAccount()))
                .isFalse();
    }

    @Test
    @Tag("S5")
    void an_unknown_chat_lies_in_its_given_parent_if_parents_are_trusted() {
        Oracle trusting = Oracle.of(ACME.withRules(ACME.rules().withUnknownTargets("trusted")));
        PlainTarget c77 = PlainTarget.chat("c-77");
        assertThat(trusting.path(c77.inTeam("support"))).containsExactly(c77, SUPPORT, ACCOUNT);
        assertThat(trusting.path(c77.inAccount())).containsExactly(c77, ACCOUNT);
        assertThat(trusting.hasPermission("bob", "user:update", c77.inTeam("support")))
                .isTrue();
        assertThat(trusting.hasPermission("bob", "user:update", c77.inTeam("sales")))
                .isFalse();
        assertThat(trusting.hasPermission("bob", "user:update", c77.inAccount()))
                .isFalse();
    }

    @Test
    @Tag("S5")
    void an_unknown_chat_without_a_known_parent_stays_unknown_if_parents_are_trusted() {
        Oracle trusting = Oracle.of(ACME.withRules(ACME.rules().withUnknownTargets("trusted")));
        assertThat(trusting.path(PlainTarget.chat("c-77"))).isEmpty();
        assertThat(trusting.path(PlainTarget.chat("c-77").inTeam("gone"))).isEmpty();
    }

    /** Returns a policy in which folders {@code f1} to {@code f14} lie in one another, and page {@code p} in the last. */
    private static PlainPolicy deep(String unknownTargets) {
        List<PlainScope> tree = PlainScope.tree("org", "folder*", "page");
        PlainPolicy plain = PlainPolicy.of("acme", PlainGroup.of("page", tree, "read"))
                .withScopes(tree)
                .withRules(PlainRules.standard().withUnknownTargets(unknownTargets))
                .withRole(PlainRole.of("member", PlainScope.ACCOUNT).withDefault(true))
                .withRole(PlainRole.of("shelf", tree.get(1), "page:read"));
        for (int i = 14; i > 0; i--) {
            plain = plain.withTarget(folder(i), i == 1 ? ACCOUNT : folder(i - 1));
        }
        return plain.withTarget(page("p"), folder(14)).withAssignment("ada", "shelf", folder(3));
    }

    private static PlainTarget folder(int number) {
        return PlainTarget.of(new PlainScope("folder", 1, true), "f" + number);
    }

    private static PlainTarget page(String id) {
        return PlainTarget.of(new PlainScope("page", 2, false), id);
    }

    @Test
    @Tag("S5")
    @Tag("S6")
    void a_path_goes_up_to_the_account_through_targets_of_one_scope() {
        Oracle oracle = Oracle.of(deep("refused"));
        assertThat(oracle.path(page("p")))
                .hasSize(16)
                .startsWith(page("p"), folder(14))
                .endsWith(folder(1), ACCOUNT);
        assertThat(oracle.whereCan("ada", "page:read")).hasSize(13).doesNotContain(folder(1), folder(2), ACCOUNT);
        assertThat(oracle.hasPermission("ada", "page:read", page("p"))).isTrue();
    }

    @Test
    @Tag("S5")
    void an_unknown_target_lies_in_a_known_one_of_its_own_scope_only_if_that_nests_and_its_path_is_not_17() {
        Oracle trusting = Oracle.of(deep("trusted"));
        PlainTarget none = PlainTarget.of(folder(1).scope(), "none");
        assertThat(trusting.path(none.in(folder(3)))).containsExactly(none, folder(3), folder(2), folder(1), ACCOUNT);
        assertThat(trusting.path(none.in(folder(14)))).hasSize(16);
        assertThat(trusting.path(page("none").in(page("p")))).isEmpty();
        assertThat(trusting.path(none.in(page("p")))).isEmpty();
        assertThat(trusting.path(none.in(none))).isEmpty();
        PlainPolicy deeper = deep("trusted").withTarget(folder(15), folder(14));
        assertThat(Oracle.of(deeper).path(none.in(folder(15)))).isEmpty();
        assertThat(Oracle.of(deeper).path(page("none").in(folder(15)))).isEmpty();
    }

    @Test
    @Tag("S5")
    void a_target_of_another_tree_is_unknown_whatever_its_parent() {
        PlainPolicy plain = deep("trusted").withAssignment("ada", "member", ACCOUNT);
        Oracle trusting = Oracle.of(plain.withRole(
                0, PlainRole.of("member", PlainScope.ACCOUNT, "page:read").withDefault(true)));
        assertThat(trusting.hasPermission("ada", "page:read", page("none").inAccount()))
                .isTrue();
        for (PlainScope scope : List.of(
                PlainScope.CHAT,
                new PlainScope("page", 3, false),
                new PlainScope("page", 2, true),
                new PlainScope("folder", 1, false))) {
            PlainTarget target = PlainTarget.of(scope, "f1");
            assertThat(trusting.path(target)).isEmpty();
            assertThat(trusting.path(target.inAccount())).isEmpty();
            assertThat(trusting.path(page("none").in(target))).isEmpty();
        }
    }

    @Test
    @Tag("S2")
    void a_permission_that_is_not_allowed_at_the_scope_of_the_role_grants_nothing() {
        PlainRole lead = ACME.roles().get(1).withPermissions(List.of("message:create", "user:update"));
        Oracle oracle = Oracle.of(ACME.withRole(1, lead));
        assertThat(oracle.hasPermission("bob", "message:create", SUPPORT)).isFalse();
        assertThat(oracle.hasPermission("bob", "message:create", C42)).isFalse();
        assertThat(oracle.hasPermission("bob", "user:update", C42)).isTrue();
        assertThat(oracle.rolesOf("bob", SUPPORT)).containsExactly(lead);
    }

    @Test
    @Tag("S9")
    void a_discarded_role_grants_nothing_and_keeps_its_users() {
        PlainRole lead = ACME.roles().get(1).withTimes(null, null, 5L);
        Oracle oracle = Oracle.of(ACME.withRole(1, lead));
        assertThat(oracle.hasPermission("bob", "user:update", SUPPORT)).isFalse();
        assertThat(oracle.rightsOf("bob", SUPPORT)).containsExactly("user:read");
        assertThat(oracle.usersOf("lead")).containsExactly("bob");
        assertThat(oracle.rolesOf("bob", SUPPORT)).containsExactly(lead);
    }

    @Test
    @Tag("S9")
    void another_active_role_still_grants_what_a_discarded_one_did() {
        Oracle oracle = Oracle.of(ACME.withRole(1, ACME.roles().get(1).withTimes(null, null, 5L))
                .withRole(PlainRole.of("editor", PlainScope.ACCOUNT, "user:update"))
                .withAssignment("bob", "editor", ACCOUNT));
        assertThat(oracle.hasPermission("bob", "user:update", SUPPORT)).isTrue();
    }

    @Test
    @Tag("S3")
    void roles_are_listed_by_creation_then_id_absent_first() {
        PlainPolicy plain = PlainPolicy.of("acme", PlainGroup.of("user", "read"))
                .withRole(PlainRole.of("late", PlainScope.TEAM).withTimes(20L, 1L, null))
                .withRole(PlainRole.of("b", PlainScope.TEAM).withTimes(10L, 99L, null))
                .withRole(PlainRole.of("z", PlainScope.TEAM))
                .withRole(PlainRole.of("a", PlainScope.TEAM).withTimes(10L, null, 30L))
                .withRole(PlainRole.of("y", PlainScope.ACCOUNT).withDefault(true))
                .withRole(PlainRole.of("old", PlainScope.TEAM).withTimes(-1L, null, null));
        assertThat(Oracle.of(plain).roles())
                .extracting(PlainRole::id)
                .containsExactly("y", "z", "old", "a", "b", "late");
    }

    @Test
    @Tag("S3")
    void ids_are_ordered_by_code_points_not_by_utf16() {
        String fullwidth = "\uFF21";
        String emoji = "\uD83D\uDE00";
        Oracle oracle = Oracle.of(ACME.withTeam(emoji)
                .withTeam(fullwidth)
                .withAssignment(emoji, "member", ACCOUNT)
                .withAssignment(fullwidth, "member", ACCOUNT)
                .withAssignment("B", "member", ACCOUNT));
        assertThat(oracle.targets())
                .extracting(PlainTarget::id)
                .containsExactly("", "sales", "support", fullwidth, emoji, "c-42", "lobby");
        assertThat(oracle.users()).containsExactly("B", "ada", "bob", "eve", fullwidth, emoji);
        assertThat(emoji.compareTo(fullwidth)).isNegative();
    }

    @Test
    @Tag("S16")
    void a_user_is_known_by_any_assignment() {
        assertThat(acme.users()).containsExactly("ada", "bob", "eve");
        assertThat(Oracle.of(ACME.withoutUser("ada")).users()).containsExactly("bob", "eve");
        PlainPolicy discarded = ACME.withRole(2, ACME.roles().get(2).withTimes(null, null, 1L));
        assertThat(Oracle.of(discarded).users()).containsExactly("ada", "bob", "eve");
    }

    @Test
    void users_of_a_role_are_counted_once() {
        Oracle oracle = Oracle.of(ACME.withAssignment("bob", "lead", SALES).withAssignment("ada", "lead", SALES));
        assertThat(oracle.usersOf("lead")).containsExactly("ada", "bob");
        assertThat(oracle.userCount("lead")).isEqualTo(2);
        assertThat(oracle.userCount("gone")).isZero();
    }

    @Test
    void users_at_a_target_are_those_assigned_there() {
        assertThat(acme.usersAt(ACCOUNT)).containsExactly("ada", "bob");
        assertThat(acme.usersAt(SUPPORT)).containsExactly("bob");
        assertThat(acme.usersAt(C42)).containsExactly("eve");
        assertThat(acme.usersAt(C42.inTeam("support"))).containsExactly("eve");
        assertThat(acme.usersAt(C42.inTeam("sales"))).containsExactly("eve");
        assertThat(acme.usersAt(PlainTarget.team("gone"))).isEmpty();
    }

    @Test
    void roles_of_a_user_are_listed_once_and_at_one_target_alone() {
        Oracle oracle = Oracle.of(ACME.withAssignment("bob", "lead", SALES));
        assertThat(oracle.rolesOf("bob")).extracting(PlainRole::id).containsExactly("lead", "member");
        assertThat(oracle.rolesOf("bob", ACCOUNT)).extracting(PlainRole::id).containsExactly("member");
        assertThat(oracle.rolesOf("bob", C42)).isEmpty();
        assertThat(oracle.rolesOf("nobody")).isEmpty();
    }

    @Test
    @Tag("S3")
    void targets_and_assignments_are_in_canonical_order() {
        Oracle oracle = Oracle.of(ACME.withRole(PlainRole.of("aide", PlainScope.TEAM))
                .withAssignment("bob", "writer", LOBBY)
                .withAssignment("bob", "lead", SALES)
                .withAssignment("bob", "aide", SUPPORT));
        assertThat(oracle.located())
                .extracting(PlainPolicy.Located::toString)
                .containsExactly(
                        "team/sales in account",
                        "team/support in account",
                        "chat/c-42 in team/support",
                        "chat/lobby in account");
        assertThat(oracle.targetsIn(ACCOUNT)).containsExactly(SALES, SUPPORT, LOBBY);
        assertThat(oracle.targetsIn(SUPPORT)).containsExactly(C42);
        assertThat(oracle.targetsIn(C42)).isEmpty();
        assertThat(oracle.assignments())
                .containsExactly(
                        new PlainPolicy.Assignment("ada", "member", ACCOUNT),
                        new PlainPolicy.Assignment("bob", "member", ACCOUNT),
                        new PlainPolicy.Assignment("bob", "lead", SALES),
                        new PlainPolicy.Assignment("bob", "aide", SUPPORT),
                        new PlainPolicy.Assignment("bob", "lead", SUPPORT),
                        new PlainPolicy.Assignment("bob", "writer", LOBBY),
                        new PlainPolicy.Assignment("eve", "writer", C42));
    }

    @Test
    @Tag("S2")
    void an_unknown_permission_grants_nothing() {
        PlainPolicy plain = ACME.withRole(0, ACME.roles().get(0).withPermissions(List.of("user:read", "user:fly")));
        Oracle oracle = Oracle.of(plain);
        assertThat(oracle.hasPermission("ada", "user:fly", ACCOUNT)).isFalse();
        assertThat(oracle.hasPermission("ada", "user:read", ACCOUNT)).isTrue();
    }

    @Test
    @Tag("S2")
    void a_retired_permission_is_dropped() {
        PlainPolicy plain = ACME.withCatalog(ACME.groups(), List.of("user:export"))
                .withRole(0, ACME.roles().get(0).withPermissions(List.of("user:read", "user:export")));
        Oracle oracle = Oracle.of(plain);
        assertThat(oracle.hasPermission("ada", "user:export", ACCOUNT)).isFalse();
        assertThat(oracle.roles()).contains(ACME.roles().get(0));
        assertThat(Validity.violations(plain)).isEmpty();
    }

    @Test
    @Tag("S2")
    void a_permission_with_an_explicit_key_is_asked_by_that_key_alone() {
        PlainGroup agents = new PlainGroup(
                "agents",
                List.of(new PlainGroup.Action(
                        "view", "agent_view", ACME.actions().get(0).scopes())));
        Oracle oracle = Oracle.of(PlainPolicy.of("acme", agents)
                .withRole(
                        PlainRole.of("member", PlainScope.ACCOUNT, "agent_view").withDefault(true))
                .withAssignment("ada", "member", ACCOUNT));
        assertThat(oracle.hasPermission("ada", "agent_view", ACCOUNT)).isTrue();
        assertThat(oracle.hasPermission("ada", "agents:view", ACCOUNT)).isFalse();
    }

    @Test
    @Tag("S14")
    void ids_are_compared_by_exact_code_points() {
        Oracle oracle = Oracle.of(ACME.withAssignment("caf\u00E9", "lead", SALES));
        assertThat(oracle.hasPermission("caf\u00E9", "user:update", SALES)).isTrue();
        assertThat(oracle.hasPermission("cafe\u0301", "user:update", SALES)).isFalse();
        assertThat(oracle.hasPermission("CAF\u00C9", "user:update", SALES)).isFalse();
        assertThat(acme.hasPermission("\u0430da", "user:read", ACCOUNT)).isFalse();
    }

    @Test
    void a_policy_with_dangling_references_is_not_answered_from() {
        assertThatThrownBy(() -> Oracle.of(ACME.withAssignment("bob", "gone", ACCOUNT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a policy to answer from, but found `ROLE_NOT_FOUND at /assignments/4/role`");
        assertThatThrownBy(() -> Oracle.of(ACME.withTarget(PlainTarget.team("new"), SUPPORT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a policy to answer from, but found `PARENT_INVALID at /targets/4/in`");
        assertThatThrownBy(() ->
                        Oracle.of(ACME.withRole(PlainRole.of("new", page("p").scope()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected scopes among [account, team, chat], but found [account, team, chat, page]");
    }

    @Test
    @Tag("S11")
    void an_id_added_again_has_nothing_of_the_removed_one() {
        PlainPolicy gone = ACME.withoutTeam("support");
        assertThat(gone.targets(PlainScope.CHAT)).containsExactly(LOBBY);
        Oracle again = Oracle.of(gone.withTeam("support").withChat("c-42", "support"));
        assertThat(again.hasPermission("bob", "user:update", SUPPORT)).isFalse();
        assertThat(again.users()).containsExactly("ada", "bob");
        assertThat(Oracle.of(ACME.withoutRole("lead")).rolesOf("bob"))
                .extracting(PlainRole::id)
                .containsExactly("member");
    }

    @Test
    @Tag("S6")
    void targets_where_a_user_can_are_exactly_those_covered() {
        assertThat(acme.whereCan("bob", "user:update")).containsExactly(SUPPORT, C42);
        assertThat(acme.whereCan("eve", "message:create")).containsExactly(C42);
        assertThat(acme.whereCan("nobody", "user:read")).isEmpty();
    }
}
