package io.rbac.test;

import static io.rbac.test.EditedAcme.ACCOUNT;
import static io.rbac.test.EditedAcme.ACME;
import static io.rbac.test.EditedAcme.AT;
import static io.rbac.test.EditedAcme.LEAD;
import static io.rbac.test.EditedAcme.MATE;
import static io.rbac.test.EditedAcme.MEMBER;
import static io.rbac.test.EditedAcme.OLD;
import static io.rbac.test.EditedAcme.SUPPORT;
import static io.rbac.test.EditedAcme.applied;
import static io.rbac.test.EditedAcme.assertEffects;
import static io.rbac.test.EditedAcme.assertRefused;
import static io.rbac.test.EditedAcme.assertUnchanged;
import static io.rbac.test.EditedAcme.role;
import static io.rbac.test.EditedAcme.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.test.Edit.Assign;
import io.rbac.test.Edit.Attributes;
import io.rbac.test.Edit.CreateRole;
import io.rbac.test.Edit.DeleteRole;
import io.rbac.test.Edit.PurgeRole;
import io.rbac.test.Edit.RemoveUser;
import io.rbac.test.Edit.RestoreRole;
import io.rbac.test.Edit.SetUsers;
import io.rbac.test.Edit.Unassign;
import io.rbac.test.Edit.UpdateRole;
import io.rbac.test.PlainPolicy.Assignment;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EditModelTest {
    private static final PlainRules STANDARD = PlainRules.standard();

    private static UpdateRole defaultRole(String role, boolean isDefault) {
        return new UpdateRole(role, Attributes.none().withDefault(isDefault));
    }

    private static UpdateRole name(String role, String name) {
        return new UpdateRole(role, Attributes.named(name));
    }

    @Test
    @Tag("S12")
    void edits_take_effect_in_order() {
        PlainPolicy result = applied(
                ACME,
                Edit.addTeam("new"),
                Edit.addChat("c9", "new"),
                new Assign("ada", "lead", PlainTarget.team("new")));
        assertThat(result.revision()).isEqualTo(8);
        assertRefused(
                ACME,
                List.of(new Assign("ada", "lead", PlainTarget.team("new")), Edit.addTeam("new")),
                "TARGET_NOT_FOUND at /changes/0/target");
    }

    @Test
    @Tag("S12")
    void a_failing_edit_is_left_out_and_the_later_ones_are_checked_without_it() {
        assertRefused(
                ACME,
                List.of(
                        new CreateRole("new", PlainScope.TEAM, Attributes.none()),
                        new Assign("ada", "new", SUPPORT),
                        new Assign("ada", "lead", SUPPORT),
                        Edit.addTeam("support")),
                "NAME_MISSING at /changes/0/name",
                "ROLE_NOT_FOUND at /changes/1/role",
                "DUPLICATE_ID at /changes/3/target");
    }

    @Test
    @Tag("S12")
    void a_failing_edit_leaves_nothing_behind() {
        PlainRules strict = STANDARD.withName(1, 50, false, true);
        assertRefused(
                under(strict),
                List.of(new UpdateRole("lead", Attributes.named("mate").withDescription("x".repeat(501)))),
                "DESCRIPTION_TOO_LONG at /changes/0/description");
    }

    @Test
    @Tag("S12")
    void the_whole_policy_is_checked_even_if_an_edit_fails() {
        assertRefused(
                ACME,
                List.of(Edit.addTeam(""), defaultRole("member", false)),
                "ID_INVALID at /changes/0/target",
                "LAST_DEFAULT_ROLE at /changes");
    }

    @Test
    @Tag("S12")
    void a_batch_without_effect_takes_no_revision() {
        assertUnchanged(ACME);
        assertUnchanged(ACME, new Unassign("ada", "member", ACCOUNT), new Assign("ada", "member", ACCOUNT));
        assertUnchanged(ACME, name("lead", "Other"), name("lead", "lead"));
        assertUnchanged(ACME, new DeleteRole("lead"), new RestoreRole("lead"));
        assertUnchanged(ACME, new RestoreRole("old"), new DeleteRole("old"));
        assertUnchanged(ACME, Edit.removeTeam("sales"), Edit.addTeam("sales"));
        assertUnchanged(
                ACME,
                new RemoveUser("ada"),
                new DeleteRole("member"),
                new PurgeRole("member"),
                new CreateRole(
                        "member",
                        PlainScope.ACCOUNT,
                        new Attributes("Member", false, null, true, MEMBER.permissions())),
                new Assign("ada", "member", ACCOUNT));
    }

    @Test
    @Tag("S3")
    void a_role_that_is_the_same_afterwards_keeps_its_times() {
        PlainPolicy result = applied(
                ACME,
                name("member", "Other"),
                name("member", "Member"),
                new RestoreRole("old"),
                new DeleteRole("old"),
                Edit.addTeam("new"));
        assertThat(role(result, "member")).isEqualTo(MEMBER);
        assertThat(role(result, "old")).isEqualTo(OLD);
    }

    @Test
    @Tag("S3")
    void assignments_do_not_update_a_role() {
        PlainPolicy result = applied(ACME, new Assign("bob", "member", ACCOUNT));
        assertThat(role(result, "member")).isEqualTo(MEMBER);
    }

    @Test
    @Tag("S9")
    void a_role_created_again_under_an_old_id_is_another_role() {
        Attributes given = Attributes.named("Lead");
        PlainRole again =
                PlainRole.of("lead", PlainScope.CHAT).withTexts("Lead", null).withTimes(AT, AT, null);
        assertEffects(
                ACME,
                List.of(new DeleteRole("lead"), new PurgeRole("lead"), new CreateRole("lead", PlainScope.CHAT, given)),
                new EditEffect.AssignmentRemoved(new Assignment("bob", "lead", SUPPORT)),
                new EditEffect.RoleRemoved(LEAD),
                new EditEffect.RoleAdded(again));
    }

    @Test
    @Tag("S12")
    void effects_are_net_and_in_order() {
        assertEffects(
                ACME,
                List.of(
                        Edit.addTeam("z"),
                        Edit.addTeam("y"),
                        Edit.addTeam("gone"),
                        Edit.addChat("c9", "gone"),
                        Edit.removeTeam("gone"),
                        Edit.addChat("c0", "z"),
                        Edit.moveChat("c2", "y"),
                        name("mate", "Mate"),
                        new CreateRole("new", PlainScope.TEAM, Attributes.named("New")),
                        new Assign("ada", "new", PlainTarget.team("z")),
                        Edit.removeTeam("sales"),
                        new PurgeRole("old"),
                        new RemoveUser("eve")),
                new EditEffect.AssignmentRemoved(new Assignment("bob", "old", SUPPORT)),
                new EditEffect.AssignmentRemoved(new Assignment("eve", "writer", PlainTarget.chat("c1"))),
                new EditEffect.RoleRemoved(OLD),
                new EditEffect.TargetRemoved(PlainTarget.team("sales"), ACCOUNT),
                new EditEffect.TargetAdded(PlainTarget.team("y"), ACCOUNT),
                new EditEffect.TargetAdded(PlainTarget.team("z"), ACCOUNT),
                new EditEffect.TargetAdded(PlainTarget.chat("c0"), PlainTarget.team("z")),
                new EditEffect.TargetMoved(PlainTarget.chat("c2"), ACCOUNT, PlainTarget.team("y")),
                new EditEffect.RoleChanged(MATE, MATE.withTexts("Mate", null).withTimes(null, AT, null)),
                new EditEffect.RoleAdded(PlainRole.of("new", PlainScope.TEAM)
                        .withTexts("New", null)
                        .withTimes(AT, AT, null)),
                new EditEffect.AssignmentAdded(new Assignment("ada", "new", PlainTarget.team("z"))));
    }

    @Test
    @Tag("S8")
    void an_account_always_has_an_active_default_role() {
        assertRefused(ACME, defaultRole("member", false), "LAST_DEFAULT_ROLE at /changes");
        assertRefused(ACME, new DeleteRole("member"), "LAST_DEFAULT_ROLE at /changes");
        PlainPolicy result = applied(ACME, new DeleteRole("member"), defaultRole("owner", true));
        assertThat(role(result, "owner").isDefault()).isTrue();
        assertThat(role(applied(ACME, defaultRole("mate", false)), "mate").isDefault())
                .isFalse();
    }

    @Test
    @Tag("S9")
    void a_discarded_role_does_not_count_as_a_default_until_it_is_restored() {
        PlainPolicy one = under(STANDARD.withDefaults(PlainScope.TEAM, 1, 1));
        assertRefused(one, new RestoreRole("old"), "TOO_MANY_DEFAULTS at /changes");
        assertRefused(one, new DeleteRole("mate"), "LAST_DEFAULT_ROLE at /changes");
        applied(one, new RestoreRole("old"), new DeleteRole("mate"));
        applied(one, defaultRole("lead", true), defaultRole("mate", false));
    }

    @Test
    @Tag("S2")
    void defaults_that_are_too_few_or_too_many_may_not_get_worse() {
        PlainPolicy few = under(STANDARD.withDefaults(PlainScope.CHAT, 1, null).withDefaults(PlainScope.TEAM, 2, null));
        applied(few, Edit.addTeam("new"));
        applied(few, defaultRole("writer", true));
        applied(few, defaultRole("mate", false), defaultRole("lead", true));
        assertUnchanged(few, new DeleteRole("lead"), new RestoreRole("lead"));
        assertRefused(few, defaultRole("mate", false), "LAST_DEFAULT_ROLE at /changes");
        PlainPolicy many = under(STANDARD.withDefaults(PlainScope.TEAM, 0, 1)).withRole(4, LEAD.withDefault(true));
        applied(many, Edit.addTeam("new"));
        applied(many, defaultRole("mate", false));
        assertRefused(many, new RestoreRole("old"), "TOO_MANY_DEFAULTS at /changes");
    }

    @Test
    @Tag("S2")
    void roles_of_one_name_may_stay_and_no_other_may_get_it() {
        PlainPolicy twins = under(STANDARD.withName(1, 50, false, true)).withRole(4, LEAD.withTexts("mate", null));
        applied(
                twins,
                Edit.addTeam("new"),
                new UpdateRole("lead", Attributes.none().withDefault(true)));
        applied(twins, name("lead", "lead"));
        assertRefused(twins, name("writer", "Mate"), "NAME_TAKEN at /changes");
    }

    @Test
    @Tag("S2")
    void roles_that_are_too_many_at_a_target_may_not_get_more() {
        PlainPolicy one = under(STANDARD.withRolesPerTarget(1));
        applied(one, new Unassign("bob", "old", SUPPORT));
        applied(one, new Unassign("bob", "lead", SUPPORT), new Assign("bob", "mate", SUPPORT));
        applied(one, new RemoveUser("bob"));
        assertRefused(one, new Assign("bob", "mate", SUPPORT), "TOO_MANY_ROLES at /changes");
    }

    @Test
    @Tag("S2")
    void a_role_that_breaks_the_rules_by_itself_may_stay() {
        PlainPolicy loaded = ACME.withRole(4, LEAD.withPermissions(List.of("user:update", "user:fly")));
        PlainPolicy result = applied(loaded, Edit.addTeam("new"), name("lead", "Lead"), defaultRole("lead", true));
        assertThat(role(result, "lead").permissions()).containsExactly("user:update", "user:fly");
        applied(loaded, new UpdateRole("lead", Attributes.none().withPermissions(List.of("user:update"))));
        assertRefused(
                loaded,
                new UpdateRole("mate", Attributes.none().withPermissions(List.of("user:fly"))),
                "UNKNOWN_PERMISSION at /changes/0/rights/user/fly");
    }

    @Test
    @Tag("S2")
    @Tag("S17")
    void a_permission_that_the_catalog_no_longer_allows_at_the_scope_of_a_role_is_kept_and_held_by_nobody() {
        PlainPolicy loaded = ACME.withRole(0, MEMBER.withPermissions(List.of("user:read", "a/b:c~d")))
                .withRules(STANDARD.withLockout(List.of("a/b:c~d")));
        PlainPolicy result = applied(loaded, Edit.addTeam("new"), new RemoveUser("ada"));
        assertThat(role(result, "member").permissions()).containsExactly("user:read", "a/b:c~d");
        assertRefused(
                loaded,
                new UpdateRole("owner", Attributes.none().withPermissions(List.of("a/b:c~d"))),
                "PERMISSION_NOT_IN_SCOPE at /changes/0/rights/a~1b/c~0d");
    }

    @Test
    @Tag("S9")
    @Tag("S2")
    void a_role_that_breaks_the_rules_by_itself_is_restored() {
        PlainPolicy strict = under(STANDARD.withName(10, 50, false, false));
        assertThat(role(applied(strict, new RestoreRole("old")), "old").isActive())
                .isTrue();
    }

    @Test
    @Tag("S15")
    void names_are_unique_if_the_rules_say_so() {
        PlainPolicy unique = under(STANDARD.withName(1, 50, false, true));
        assertRefused(unique, name("lead", "mate"), "NAME_TAKEN at /changes");
        assertRefused(unique, List.of(name("lead", "Caf\u00E9"), name("mate", "Cafe\u0301")), "NAME_TAKEN at /changes");
        applied(unique, name("lead", "old"));
        applied(unique, name("lead", "mate"), name("mate", "lead"));
        applied(ACME, name("lead", "mate"));
    }

    @Test
    @Tag("S9")
    void discarded_roles_count_for_the_most_roles_at_a_target() {
        PlainPolicy two = under(STANDARD.withRolesPerTarget(2));
        assertRefused(two, new Assign("bob", "mate", SUPPORT), "TOO_MANY_ROLES at /changes");
        applied(two, new Assign("bob", "mate", SUPPORT), new Unassign("bob", "old", SUPPORT));
        applied(two, new Assign("bob", "mate", PlainTarget.team("sales")));
    }

    @Test
    @Tag("S17")
    void a_lockout_permission_keeps_a_holder_once_it_has_one() {
        PlainPolicy locked = under(STANDARD.withLockout(List.of("user:read")));
        assertRefused(locked, new RemoveUser("ada"), "LAST_HOLDER at /changes");
        assertRefused(locked, new SetUsers("member", ACCOUNT, List.of()), "LAST_HOLDER at /changes");
        assertRefused(
                locked,
                new UpdateRole("member", Attributes.none().withPermissions(List.of())),
                "LAST_HOLDER at /changes");
        assertRefused(locked, List.of(new DeleteRole("member"), defaultRole("host", true)), "LAST_HOLDER at /changes");
        applied(locked, new SetUsers("member", ACCOUNT, List.of("bob")));
        applied(locked, new Assign("bob", "host", ACCOUNT), new RemoveUser("ada"));
    }

    @Test
    @Tag("S17")
    void a_lockout_permission_that_nobody_held_locks_nobody_out() {
        PlainPolicy locked = under(STANDARD.withLockout(List.of("user:update")));
        applied(locked, new RemoveUser("bob"));
        applied(locked, new DeleteRole("owner"));
    }
}
