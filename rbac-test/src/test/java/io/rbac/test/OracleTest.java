package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.model.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class OracleTest {
    private static final Place ACCOUNT = Place.account();
    private static final Place SUPPORT = Place.team("support");
    private static final Place SALES = Place.team("sales");
    private static final Place C42 = Place.chat("c-42");
    private static final Place LOBBY = Place.chat("lobby");

    /** Teams with and without a chat, a chat in the account and a role of each scope. */
    private static final Sketch ACME = Sketch.of(
                    "acme",
                    SketchGroup.of("user", "create", "read", "update", "delete"),
                    SketchGroup.of("team_membership", "create", "read", "update", "delete", "manage"),
                    SketchGroup.of("message", List.of(Scope.CHAT), "create", "read", "delete"))
            .withRole(SketchRole.of("member", Scope.ACCOUNT, "user:read").withDefault(true))
            .withRole(SketchRole.of("lead", Scope.TEAM, "team_membership:manage", "user:update"))
            .withRole(SketchRole.of("writer", Scope.CHAT, "message:create"))
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
    void s6_an_assignment_grants_at_its_own_target() {
        assertThat(acme.hasPermission("bob", "user:update", SUPPORT)).isTrue();
    }

    @Test
    void s6_a_team_role_covers_the_chats_of_the_team() {
        assertThat(acme.hasPermission("bob", "team_membership:manage", C42)).isTrue();
    }

    @Test
    void s6_a_team_role_covers_no_chat_outside_the_team() {
        assertThat(acme.hasPermission("bob", "team_membership:manage", LOBBY)).isFalse();
    }

    @Test
    void s6_an_account_role_covers_everything() {
        assertThat(acme.whereCan("ada", "user:read")).containsExactly(ACCOUNT, SALES, SUPPORT, C42, LOBBY);
    }

    @Test
    void s6_nothing_is_granted_upwards() {
        assertThat(acme.hasPermission("bob", "user:update", ACCOUNT)).isFalse();
        assertThat(acme.hasPermission("eve", "message:create", SUPPORT)).isFalse();
    }

    @Test
    void s6_nothing_is_granted_sideways() {
        assertThat(acme.hasPermission("bob", "user:update", SALES)).isFalse();
        assertThat(acme.hasPermission("eve", "message:create", LOBBY)).isFalse();
    }

    @Test
    void s6_a_right_that_the_role_lacks_is_denied() {
        assertThat(acme.hasPermission("bob", "user:delete", SUPPORT)).isFalse();
    }

    @Test
    void s6_the_right_of_one_user_is_not_that_of_another() {
        assertThat(acme.hasPermission("ada", "user:update", SUPPORT)).isFalse();
    }

    @Test
    void s6_nothing_but_the_exact_key_grants() {
        for (String key : List.of("user", "user:*", "*", "user:READ", "user:read ", "", "user:manage")) {
            assertThat(acme.hasPermission("ada", key, ACCOUNT)).as(key).isFalse();
        }
    }

    @Test
    void s6_whoever_or_whatever_is_unknown_is_denied() {
        assertThat(acme.hasPermission("nobody", "user:read", ACCOUNT)).isFalse();
        assertThat(acme.hasPermission("ada", "user:fly", ACCOUNT)).isFalse();
        assertThat(acme.hasPermission("ada", "user:read", Place.team("gone"))).isFalse();
        assertThat(acme.hasPermission("ada", "user:read", Place.chat("gone"))).isFalse();
    }

    @Test
    void s6_an_id_of_another_kind_is_unknown() {
        assertThat(acme.hasPermission("ada", "user:read", Place.team("c-42"))).isFalse();
        assertThat(acme.hasPermission("ada", "user:read", Place.chat("support")))
                .isFalse();
        assertThat(acme.hasPermission("member", "user:read", ACCOUNT)).isFalse();
    }

    @Test
    @SuppressWarnings("NullAway")
    void s6_null_is_never_answered() {
        assertThatNullPointerException().isThrownBy(() -> acme.hasPermission(null, "user:read", ACCOUNT));
        assertThatNullPointerException().isThrownBy(() -> acme.hasPermission("ada", null, ACCOUNT));
        assertThatNullPointerException().isThrownBy(() -> acme.hasPermission("ada", "user:read", null));
    }

    @Test
    void s6_the_rights_of_several_roles_add_up_in_catalog_order() {
        assertThat(acme.rightsOf("bob", C42)).containsExactly("user:read", "user:update", "team_membership:manage");
        assertThat(acme.rightsOf("bob", SALES)).containsExactly("user:read");
        assertThat(acme.rightsOf("nobody", SALES)).isEmpty();
    }

    @Test
    void s6_who_can_is_in_code_point_order() {
        assertThat(acme.whoCan("user:read", C42)).containsExactly("ada", "bob");
        assertThat(acme.whoCan("message:create", C42)).containsExactly("eve");
        assertThat(acme.whoCan("message:create", Place.chat("gone"))).isEmpty();
    }

    @Test
    void s5_the_path_of_the_account_is_the_account() {
        assertThat(acme.path(ACCOUNT)).containsExactly(ACCOUNT);
    }

    @Test
    void s5_the_path_of_a_team_is_the_team_and_the_account() {
        assertThat(acme.path(SUPPORT)).containsExactly(SUPPORT, ACCOUNT);
    }

    @Test
    void s5_the_path_of_a_chat_names_its_team_if_it_has_one() {
        assertThat(acme.path(C42)).containsExactly(C42, SUPPORT, ACCOUNT);
        assertThat(acme.path(LOBBY)).containsExactly(LOBBY, ACCOUNT);
    }

    @Test
    void s5_an_unknown_team_or_chat_has_an_empty_path() {
        assertThat(acme.path(Place.team("gone"))).isEmpty();
        assertThat(acme.path(Place.chat("gone"))).isEmpty();
    }

    @Test
    void s5_a_known_chat_stated_where_it_lies_has_its_path() {
        assertThat(acme.path(C42.inTeam("support"))).containsExactly(C42, SUPPORT, ACCOUNT);
        assertThat(acme.path(LOBBY.inAccount())).containsExactly(LOBBY, ACCOUNT);
    }

    @Test
    void s5_a_known_chat_stated_elsewhere_has_an_empty_path_under_either_rule() {
        for (String word : List.of("refused", "trusted")) {
            Oracle oracle = Oracle.of(ACME.withRules(ACME.rules().withPlacedChats(word)));
            assertThat(oracle.path(C42.inTeam("sales"))).isEmpty();
            assertThat(oracle.path(C42.inAccount())).isEmpty();
            assertThat(oracle.path(LOBBY.inTeam("support"))).isEmpty();
            assertThat(oracle.hasPermission("eve", "message:create", C42.inTeam("sales")))
                    .isFalse();
        }
    }

    @Test
    void s5_refused_an_unknown_chat_stays_unknown_wherever_it_is_stated() {
        assertThat(acme.path(Place.chat("c-77").inTeam("support"))).isEmpty();
        assertThat(acme.hasPermission("ada", "user:read", Place.chat("c-77").inAccount()))
                .isFalse();
    }

    @Test
    void s5_trusted_an_unknown_chat_lies_where_it_is_stated() {
        Oracle trusting = Oracle.of(ACME.withRules(ACME.rules().withPlacedChats("trusted")));
        Place c77 = Place.chat("c-77");
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
    void s5_trusted_an_unknown_chat_without_a_place_or_in_an_unknown_team_stays_unknown() {
        Oracle trusting = Oracle.of(ACME.withRules(ACME.rules().withPlacedChats("trusted")));
        assertThat(trusting.path(Place.chat("c-77"))).isEmpty();
        assertThat(trusting.path(Place.chat("c-77").inTeam("gone"))).isEmpty();
    }

    @Test
    void s9_a_discarded_role_grants_nothing_and_keeps_its_users() {
        SketchRole lead = ACME.roles().get(1).withTimes(null, null, 5L);
        Oracle oracle = Oracle.of(ACME.withRole(1, lead));
        assertThat(oracle.hasPermission("bob", "user:update", SUPPORT)).isFalse();
        assertThat(oracle.rightsOf("bob", SUPPORT)).containsExactly("user:read");
        assertThat(oracle.usersOf("lead")).containsExactly("bob");
        assertThat(oracle.rolesOf("bob", SUPPORT)).containsExactly(lead);
    }

    @Test
    void s9_another_active_role_still_grants_what_a_discarded_one_did() {
        Oracle oracle = Oracle.of(ACME.withRole(1, ACME.roles().get(1).withTimes(null, null, 5L))
                .withRole(SketchRole.of("editor", Scope.ACCOUNT, "user:update"))
                .withAssignment("bob", "editor", ACCOUNT));
        assertThat(oracle.hasPermission("bob", "user:update", SUPPORT)).isTrue();
    }

    @Test
    void s3_roles_are_listed_by_creation_then_id_absent_first() {
        Sketch sketch = Sketch.of("acme", SketchGroup.of("user", "read"))
                .withRole(SketchRole.of("late", Scope.TEAM).withTimes(20L, 1L, null))
                .withRole(SketchRole.of("b", Scope.TEAM).withTimes(10L, 99L, null))
                .withRole(SketchRole.of("z", Scope.TEAM))
                .withRole(SketchRole.of("a", Scope.TEAM).withTimes(10L, null, 30L))
                .withRole(SketchRole.of("y", Scope.ACCOUNT).withDefault(true))
                .withRole(SketchRole.of("old", Scope.TEAM).withTimes(-1L, null, null));
        assertThat(Oracle.of(sketch).roles())
                .extracting(SketchRole::id)
                .containsExactly("y", "z", "old", "a", "b", "late");
    }

    @Test
    void s3_ids_are_ordered_by_code_points_not_by_utf16() {
        String fullwidth = "\uFF21";
        String emoji = "\uD83D\uDE00";
        Oracle oracle = Oracle.of(ACME.withTeam(emoji)
                .withTeam(fullwidth)
                .withAssignment(emoji, "member", ACCOUNT)
                .withAssignment(fullwidth, "member", ACCOUNT)
                .withAssignment("B", "member", ACCOUNT));
        assertThat(oracle.teams()).containsExactly("sales", "support", fullwidth, emoji);
        assertThat(oracle.users()).containsExactly("B", "ada", "bob", "eve", fullwidth, emoji);
        assertThat(emoji.compareTo(fullwidth)).isNegative();
    }

    @Test
    void s16_a_user_is_known_by_any_assignment() {
        assertThat(acme.users()).containsExactly("ada", "bob", "eve");
        assertThat(Oracle.of(ACME.withoutUser("ada")).users()).containsExactly("bob", "eve");
        Sketch discarded = ACME.withRole(2, ACME.roles().get(2).withTimes(null, null, 1L));
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
        assertThat(acme.usersAt(Place.team("gone"))).isEmpty();
    }

    @Test
    void roles_of_a_user_are_listed_once_and_at_one_target_alone() {
        Oracle oracle = Oracle.of(ACME.withAssignment("bob", "lead", SALES));
        assertThat(oracle.rolesOf("bob")).extracting(SketchRole::id).containsExactly("lead", "member");
        assertThat(oracle.rolesOf("bob", ACCOUNT)).extracting(SketchRole::id).containsExactly("member");
        assertThat(oracle.rolesOf("bob", C42)).isEmpty();
        assertThat(oracle.rolesOf("nobody")).isEmpty();
    }

    @Test
    void teams_chats_and_assignments_are_in_canonical_order() {
        Oracle oracle = Oracle.of(ACME.withRole(SketchRole.of("aide", Scope.TEAM))
                .withAssignment("bob", "writer", LOBBY)
                .withAssignment("bob", "lead", SALES)
                .withAssignment("bob", "aide", SUPPORT));
        assertThat(oracle.teams()).containsExactly("sales", "support");
        assertThat(oracle.chats()).containsExactly(new Sketch.Chat("c-42", "support"), new Sketch.Chat("lobby", null));
        assertThat(oracle.assignments())
                .containsExactly(
                        new Sketch.Assignment("ada", "member", ACCOUNT),
                        new Sketch.Assignment("bob", "member", ACCOUNT),
                        new Sketch.Assignment("bob", "lead", SALES),
                        new Sketch.Assignment("bob", "aide", SUPPORT),
                        new Sketch.Assignment("bob", "lead", SUPPORT),
                        new Sketch.Assignment("bob", "writer", LOBBY),
                        new Sketch.Assignment("eve", "writer", C42));
    }

    @Test
    void s2_an_unknown_permission_grants_nothing() {
        Sketch sketch = ACME.withRole(0, ACME.roles().get(0).withPermissions(List.of("user:read", "user:fly")));
        Oracle oracle = Oracle.of(sketch);
        assertThat(oracle.hasPermission("ada", "user:fly", ACCOUNT)).isFalse();
        assertThat(oracle.hasPermission("ada", "user:read", ACCOUNT)).isTrue();
    }

    @Test
    void s2_a_retired_permission_is_dropped() {
        Sketch sketch = ACME.withCatalog(ACME.groups(), List.of("user:export"))
                .withRole(0, ACME.roles().get(0).withPermissions(List.of("user:read", "user:export")));
        Oracle oracle = Oracle.of(sketch);
        assertThat(oracle.hasPermission("ada", "user:export", ACCOUNT)).isFalse();
        assertThat(oracle.roles()).contains(ACME.roles().get(0));
        assertThat(Validity.problems(sketch)).isEmpty();
    }

    @Test
    void s2_a_permission_with_an_explicit_key_is_asked_by_that_key_alone() {
        SketchGroup agents = new SketchGroup(
                "agents",
                List.of(new SketchGroup.Action(
                        "view", "agent_view", ACME.actions().get(0).scopes())));
        Oracle oracle = Oracle.of(Sketch.of("acme", agents)
                .withRole(SketchRole.of("member", Scope.ACCOUNT, "agent_view").withDefault(true))
                .withAssignment("ada", "member", ACCOUNT));
        assertThat(oracle.hasPermission("ada", "agent_view", ACCOUNT)).isTrue();
        assertThat(oracle.hasPermission("ada", "agents:view", ACCOUNT)).isFalse();
    }

    @Test
    void s14_ids_are_compared_by_exact_code_points() {
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
    }

    @Test
    void s11_what_is_removed_leaves_nothing_to_an_id_made_again() {
        Sketch gone = ACME.withoutTeam("support");
        assertThat(gone.chats()).containsExactly(new Sketch.Chat("lobby", null));
        Oracle again = Oracle.of(gone.withTeam("support").withChat("c-42", "support"));
        assertThat(again.hasPermission("bob", "user:update", SUPPORT)).isFalse();
        assertThat(again.users()).containsExactly("ada", "bob");
        assertThat(Oracle.of(ACME.withoutRole("lead")).rolesOf("bob"))
                .extracting(SketchRole::id)
                .containsExactly("member");
    }

    @Test
    void where_can_names_the_targets_that_are_covered_and_no_other() {
        assertThat(acme.whereCan("bob", "user:update")).containsExactly(SUPPORT, C42);
        assertThat(acme.whereCan("eve", "message:create")).containsExactly(C42);
        assertThat(acme.whereCan("nobody", "user:read")).isEmpty();
    }
}
