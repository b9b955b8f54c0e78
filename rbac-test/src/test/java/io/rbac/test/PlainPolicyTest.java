package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.model.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainPolicyTest {
    private static final PlainTarget ACCOUNT = PlainTarget.account();
    private static final PlainTarget SUPPORT = PlainTarget.team("support");
    private static final PlainTarget C42 = PlainTarget.chat("c-42");

    private static final PlainPolicy ACME = PlainPolicy.of(
                    "acme",
                    PlainGroup.of("user", "create", "read", "update", "delete"),
                    PlainGroup.of("team_membership", "create", "read", "update", "delete", "manage"),
                    PlainGroup.of("message", List.of(Scope.CHAT), "create", "read", "delete"))
            .withRole(PlainRole.of("member", Scope.ACCOUNT, "user:read").withDefault(true))
            .withRole(PlainRole.of("lead", Scope.TEAM, "team_membership:manage", "user:update"))
            .withRole(PlainRole.of("writer", Scope.CHAT, "message:create"))
            .withTeam("support")
            .withTeam("sales")
            .withChat("lobby", null)
            .withChat("c-42", "support")
            .withAssignment("ada", "member", ACCOUNT)
            .withAssignment("bob", "member", ACCOUNT)
            .withAssignment("bob", "lead", SUPPORT)
            .withAssignment("eve", "writer", C42);

    @Test
    void only_chats_are_given_with_a_parent_and_never_a_chat() {
        assertThatThrownBy(() -> SUPPORT.inAccount())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only a chat is given with a parent, a team or the account");
        assertThatThrownBy(() -> new PlainTarget(Scope.CHAT, "a", C42))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only a chat is given with a parent, a team or the account");
        assertThatThrownBy(() -> new PlainPolicy.Assignment("ada", "writer", C42.inTeam("support")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected the target of an assignment without a parent, but found `chat/c-42 in team/support`");
    }

    @Test
    void a_policy_prints_as_readable_lines() {
        assertThat(ACME.withAssignment("\u0430da", "member", ACCOUNT)
                        .withRole(0, ACME.roles().get(0).withTimes(1L, 2L, null)))
                .hasToString("""
                        account acme at revision 0
                        rules standard
                        catalog
                          user: create, read, update, delete
                          team_membership: create, read, update, delete, manage
                          message: create for chat, read for chat, delete for chat
                        roles
                          member account default name "member" created 1 updated 2 rights {user:read}
                          lead team name "lead" rights {team_membership:manage, user:update}
                          writer chat name "writer" rights {message:create}
                        teams support, sales
                        chats
                          lobby in account
                          c-42 in team/support
                        assignments
                          ada is member at account
                          bob is member at account
                          bob is lead at team/support
                          eve is writer at chat/c-42
                          "\\u{430}da" is member at account""");
    }

    @Test
    void a_policy_prints_the_rules_that_differ_and_cuts_long_strings() {
        PlainPolicy plain = PlainPolicy.of("x".repeat(65))
                .withRevision(3)
                .withRules(PlainRules.standard()
                        .withName(1, null, false, false)
                        .withPlacedChats("trusted")
                        .withLockout(List.of("a b")));
        assertThat(plain).hasToString("""
                        account "xxxxxxxxxxxxxxxx"...(65 code points) at revision 3
                        rules Name[min=1, max=null, blank=false, unique=false] placedChats trusted lockout ["a b"]
                        catalog
                        roles
                        teams\s
                        chats
                        assignments""");
    }

    @Test
    void an_account_has_no_id_of_its_own() {
        assertThatThrownBy(() -> new PlainTarget(Scope.ACCOUNT, "acme", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected the account without an id, but found `acme`");
    }

    @Test
    void a_role_without_a_name_prints_as_such() {
        assertThat(PlainRole.of("a", Scope.CHAT)
                        .withTexts(null, "x\"y")
                        .withSystem(true)
                        .withTimes(null, null, 3L))
                .hasToString("a chat system name absent description \"x\\\"y\" discarded 3 rights {}");
    }

    @Test
    void strings_are_quoted_if_any_character_is_special() {
        assertThat(List.of(
                        PlainPolicyText.readable("x".repeat(64)),
                        PlainPolicyText.readable("~!"),
                        PlainPolicyText.readable(" ")))
                .containsExactly("x".repeat(64), "~!", "\" \"");
        assertThat(PlainPolicyText.readable("\u007F".repeat(64))).isEqualTo("\"" + "\\u{7F}".repeat(64) + "\"");
    }

    @Test
    void every_rule_that_differs_is_printed() {
        PlainRules rules = PlainRules.standard()
                .withDescription(false, 9)
                .withScopes(List.of(Scope.TEAM), Scope.TEAM)
                .withRightsRequired(true)
                .withDefaults(Scope.ACCOUNT, 0, null)
                .withRolesPerTarget(2)
                .withEdits("none", "refuse", new PlainRules.SystemRoles(false, true));
        assertThat(PlainPolicy.of("acme").withRules(rules).toString())
                .contains(
                        "\nrules Description[allowed=false, max=9] scopes [TEAM] defaultScope TEAM rightsRequired true"
                                + " defaults {ACCOUNT=Defaults[min=0, max=null], TEAM=Defaults[min=0, max=null],"
                                + " CHAT=Defaults[min=0, max=null]} rolesPerTarget 2 emptyRoles none deletion refuse"
                                + " SystemRoles[nameMayChange=false, defaultMayChange=true]\n");
    }

    @Test
    void rules_accept_only_their_own_words() {
        PlainRules rules = PlainRules.standard();
        assertThatThrownBy(() -> rules.withPlacedChats("maybe"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected one of [refused, trusted], but found `maybe`");
        assertThatThrownBy(() -> rules.withEdits("all", "discard", rules.systemRoles()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected one of [defaults, none], but found `all`");
        assertThatThrownBy(() -> rules.withEdits("none", "purge", rules.systemRoles()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected one of [discard, delete, refuse], but found `purge`");
    }

    @Test
    void removing_a_thing_removes_what_depends_on_it() {
        assertThat(ACME.withoutRole("lead").roles()).extracting(PlainRole::id).containsExactly("member", "writer");
        assertThat(ACME.withoutRole("lead").assignments()).hasSize(3);
        assertThat(ACME.withoutTeam("support").teams()).containsExactly("sales");
        assertThat(ACME.withoutTeam("support").assignments()).hasSize(2);
        assertThat(ACME.withoutChat("c-42").assignments()).hasSize(3);
        assertThat(ACME.withoutUser("bob").assignments()).hasSize(2);
        assertThat(ACME.withoutAssignment(ACME.assignments().get(0)).assignments())
                .isEqualTo(ACME.assignments().subList(1, 4));
    }

    @Test
    void a_policy_does_not_change_with_the_lists_it_was_made_of() {
        List<String> teams = new ArrayList<>(List.of("a"));
        PlainPolicy plain = ACME.withTeams(teams);
        teams.add("b");
        assertThat(plain.teams()).containsExactly("a");
        assertThat(ACME.withRole(1, ACME.roles().get(1).withId("boss"))
                        .roles()
                        .get(1)
                        .id())
                .isEqualTo("boss");
        assertThat(ACME.roles().get(1).id()).isEqualTo("lead");
    }
}
