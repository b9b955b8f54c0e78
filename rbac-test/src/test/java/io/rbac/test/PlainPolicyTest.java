package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void any_target_but_the_account_is_given_with_a_parent_and_assignments_are_at_none_that_is() {
        assertThat(C42.in(SUPPORT.inAccount()).parent()).isEqualTo(SUPPORT);
        assertThat(SUPPORT.in(C42)).hasToString("team/support in chat/c-42");
        assertThatThrownBy(() -> ACCOUNT.in(SUPPORT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected the account without an id and a parent, but found `` in `team/support`");
        assertThatThrownBy(() -> new PlainPolicy.Assignment("ada", "writer", C42.inTeam("support")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected the target of an assignment without a parent, but found `chat/c-42 in team/support`");
    }

    @Test
    void scopes_are_equal_by_name_level_and_nesting_and_that_of_the_account_in_every_tree() {
        List<PlainScope> tree = PlainScope.tree("org", "folder*", "page");
        assertThat(tree)
                .containsExactly(
                        PlainScope.ACCOUNT, new PlainScope("folder", 1, true), new PlainScope("page", 2, false));
        assertThat(tree.get(0).name()).isEqualTo("org");
        assertThat(tree.get(1))
                .isNotEqualTo(new PlainScope("folder", 1, false))
                .isNotEqualTo(new PlainScope("folder", 2, true));
        assertThatThrownBy(() -> PlainTarget.of(tree.get(0), "acme"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected another scope than that of the account");
    }

    @Test
    void a_policy_prints_as_readable_lines() {
        assertThat(ACME.withAssignment("\u0430da", "member", ACCOUNT)
                        .withRole(0, ACME.roles().get(0).withTimes(1L, 2L, null)))
                .hasToString("""
                        account acme at revision 0
                        rules standard
                        scopes account > team > chat
                        catalog
                          user: create, read, update, delete
                          team_membership: create, read, update, delete, manage
                          message: create for chat, read for chat, delete for chat
                        roles
                          member account default name "member" created 1 updated 2 rights {user:read}
                          lead team name "lead" rights {team_membership:manage, user:update}
                          writer chat name "writer" rights {message:create}
                        targets
                          team/support in account
                          team/sales in account
                          chat/lobby in account
                          chat/c-42 in team/support
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
                        .withUnknownTargets("trusted")
                        .withLockout(List.of("a b")));
        assertThat(plain).hasToString("""
                        account "xxxxxxxxxxxxxxxx"...(65 code points) at revision 3
                        rules Name[min=1, max=null, blank=false, unique=false] unknownTargets trusted lockout ["a b"]
                        scopes account > team > chat
                        catalog
                        roles
                        targets
                        assignments""");
    }

    @Test
    void an_account_has_no_id_of_its_own() {
        assertThatThrownBy(() -> new PlainTarget(PlainScope.ACCOUNT, "acme", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected the account without an id and a parent, but found `acme` in `null`");
    }

    @Test
    void a_role_without_a_name_prints_as_such() {
        assertThat(PlainRole.of("a", PlainScope.CHAT)
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
                .withScopes(List.of(PlainScope.TEAM), PlainScope.TEAM)
                .withRightsRequired(true)
                .withDefaults(PlainScope.ACCOUNT, 0, null)
                .withRolesPerTarget(2)
                .withEdits("none", "refuse", new PlainRules.SystemRoles(false, true));
        assertThat(PlainPolicy.of("acme").withRules(rules).toString())
                .contains(
                        "\nrules Description[allowed=false, max=9] scopes [team] defaultScope team rightsRequired true"
                                + " defaults {account=Defaults[min=0, max=null]} rolesPerTarget 2 emptyRoles none"
                                + " deletion refuse"
                                + " SystemRoles[nameMayChange=false, defaultMayChange=true]\n");
    }

    @Test
    void rules_accept_only_their_own_words() {
        PlainRules rules = PlainRules.standard();
        assertThatThrownBy(() -> rules.withUnknownTargets("maybe"))
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
        assertThat(ACME.withoutTeam("support").targets())
                .extracting(PlainPolicy.Located::toString)
                .containsExactly("team/sales in account", "chat/lobby in account");
        assertThat(ACME.withoutTeam("support").assignments()).hasSize(2);
        assertThat(ACME.withoutChat("c-42").assignments()).hasSize(3);
        assertThat(ACME.withoutUser("bob").assignments()).hasSize(2);
        assertThat(ACME.withoutAssignment(ACME.assignments().get(0)).assignments())
                .isEqualTo(ACME.assignments().subList(1, 4));
    }

    @Test
    void a_policy_does_not_change_with_the_lists_it_was_made_of() {
        List<PlainPolicy.Located> targets = new ArrayList<>(ACME.targets());
        PlainPolicy plain = ACME.withTargets(targets);
        targets.clear();
        assertThat(plain.targets()).isEqualTo(ACME.targets());
        assertThat(ACME.withRole(1, ACME.roles().get(1).withId("boss"))
                        .roles()
                        .get(1)
                        .id())
                .isEqualTo("boss");
        assertThat(ACME.roles().get(1).id()).isEqualTo("lead");
    }
}
