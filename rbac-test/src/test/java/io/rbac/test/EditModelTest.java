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
import static io.rbac.test.EditedAcme.assertNothing;
import static io.rbac.test.EditedAcme.assertRefused;
import static io.rbac.test.EditedAcme.role;
import static io.rbac.test.EditedAcme.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Scope;
import io.rbac.test.Edit.AddChat;
import io.rbac.test.Edit.AddTeam;
import io.rbac.test.Edit.Assign;
import io.rbac.test.Edit.Attributes;
import io.rbac.test.Edit.CreateRole;
import io.rbac.test.Edit.DeleteRole;
import io.rbac.test.Edit.PurgeRole;
import io.rbac.test.Edit.RemoveTeam;
import io.rbac.test.Edit.RemoveUser;
import io.rbac.test.Edit.RestoreRole;
import io.rbac.test.Edit.SetUsers;
import io.rbac.test.Edit.Unassign;
import io.rbac.test.Edit.UpdateRole;
import io.rbac.test.Sketch.Assignment;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditModelTest {
    private static final SketchRules STANDARD = SketchRules.standard();

    private static UpdateRole defaultRole(String role, boolean isDefault) {
        return new UpdateRole(role, Attributes.none().withDefault(isDefault));
    }

    private static UpdateRole name(String role, String name) {
        return new UpdateRole(role, Attributes.named(name));
    }

    @Test
    void s12_edits_take_effect_in_order() {
        Sketch result = applied(
                ACME, new AddTeam("new"), new AddChat("c9", "new"), new Assign("ada", "lead", Place.team("new")));
        assertThat(result.revision()).isEqualTo(8);
        assertRefused(
                ACME,
                List.of(new Assign("ada", "lead", Place.team("new")), new AddTeam("new")),
                "TARGET_NOT_FOUND at /changes/0/target");
    }

    @Test
    void s12_an_edit_that_fails_is_left_out_and_the_later_ones_are_checked_without_it() {
        assertRefused(
                ACME,
                List.of(
                        new CreateRole("new", Scope.TEAM, Attributes.none()),
                        new Assign("ada", "new", SUPPORT),
                        new Assign("ada", "lead", SUPPORT),
                        new AddTeam("support")),
                "NAME_MISSING at /changes/0/name",
                "ROLE_NOT_FOUND at /changes/1/role",
                "DUPLICATE_ID at /changes/3/team");
    }

    @Test
    void s12_an_edit_that_fails_leaves_nothing_behind() {
        SketchRules strict = STANDARD.withName(1, 50, false, true);
        assertRefused(
                under(strict),
                List.of(new UpdateRole("lead", Attributes.named("mate").withDescription("x".repeat(501)))),
                "DESCRIPTION_TOO_LONG at /changes/0/description");
    }

    @Test
    void s12_what_concerns_the_whole_policy_is_checked_on_the_rest_of_the_batch_too() {
        assertRefused(
                ACME,
                List.of(new AddTeam(""), defaultRole("member", false)),
                "ID_INVALID at /changes/0/team",
                "LAST_DEFAULT_ROLE at /changes");
    }

    @Test
    void s12_a_batch_whose_result_equals_what_was_there_takes_no_revision() {
        assertNothing(ACME);
        assertNothing(ACME, new Unassign("ada", "member", ACCOUNT), new Assign("ada", "member", ACCOUNT));
        assertNothing(ACME, name("lead", "Other"), name("lead", "lead"));
        assertNothing(ACME, new DeleteRole("lead"), new RestoreRole("lead"));
        assertNothing(ACME, new RestoreRole("old"), new DeleteRole("old"));
        assertNothing(ACME, new RemoveTeam("sales"), new AddTeam("sales"));
        assertNothing(
                ACME,
                new RemoveUser("ada"),
                new DeleteRole("member"),
                new PurgeRole("member"),
                new CreateRole(
                        "member", Scope.ACCOUNT, new Attributes("Member", false, null, true, MEMBER.permissions())),
                new Assign("ada", "member", ACCOUNT));
    }

    @Test
    void s3_a_role_that_is_what_it_was_keeps_its_times() {
        Sketch result = applied(
                ACME,
                name("member", "Other"),
                name("member", "Member"),
                new RestoreRole("old"),
                new DeleteRole("old"),
                new AddTeam("new"));
        assertThat(role(result, "member")).isEqualTo(MEMBER);
        assertThat(role(result, "old")).isEqualTo(OLD);
    }

    @Test
    void s3_assignments_do_not_update_a_role() {
        Sketch result = applied(ACME, new Assign("bob", "member", ACCOUNT));
        assertThat(role(result, "member")).isEqualTo(MEMBER);
    }

    @Test
    void a_role_that_comes_again_under_an_old_id_is_new() {
        Attributes given = Attributes.named("Lead");
        SketchRole again =
                SketchRole.of("lead", Scope.CHAT).withTexts("Lead", null).withTimes(AT, AT, null);
        assertEffects(
                ACME,
                List.of(new DeleteRole("lead"), new PurgeRole("lead"), new CreateRole("lead", Scope.CHAT, given)),
                new EditEffect.AssignmentRemoved(new Assignment("bob", "lead", SUPPORT)),
                new EditEffect.RoleRemoved(LEAD),
                new EditEffect.RoleAdded(again));
    }

    @Test
    void effects_are_net_and_in_order() {
        assertEffects(
                ACME,
                List.of(
                        new AddTeam("z"),
                        new AddTeam("y"),
                        new AddTeam("gone"),
                        new AddChat("c9", "gone"),
                        new RemoveTeam("gone"),
                        new AddChat("c0", "z"),
                        new Edit.MoveChat("c2", "y"),
                        name("mate", "Mate"),
                        new CreateRole("new", Scope.TEAM, Attributes.named("New")),
                        new Assign("ada", "new", Place.team("z")),
                        new RemoveTeam("sales"),
                        new PurgeRole("old"),
                        new RemoveUser("eve")),
                new EditEffect.AssignmentRemoved(new Assignment("bob", "old", SUPPORT)),
                new EditEffect.AssignmentRemoved(new Assignment("eve", "writer", Place.chat("c1"))),
                new EditEffect.RoleRemoved(OLD),
                new EditEffect.TeamRemoved("sales"),
                new EditEffect.TeamAdded("y"),
                new EditEffect.TeamAdded("z"),
                new EditEffect.ChatAdded("c0", "z"),
                new EditEffect.ChatMoved("c2", null, "y"),
                new EditEffect.RoleChanged(MATE, MATE.withTexts("Mate", null).withTimes(null, AT, null)),
                new EditEffect.RoleAdded(
                        SketchRole.of("new", Scope.TEAM).withTexts("New", null).withTimes(AT, AT, null)),
                new EditEffect.AssignmentAdded(new Assignment("ada", "new", Place.team("z"))));
    }

    @Test
    void s8_an_account_always_has_an_active_default_role() {
        assertRefused(ACME, defaultRole("member", false), "LAST_DEFAULT_ROLE at /changes");
        assertRefused(ACME, new DeleteRole("member"), "LAST_DEFAULT_ROLE at /changes");
        Sketch result = applied(ACME, new DeleteRole("member"), defaultRole("owner", true));
        assertThat(role(result, "owner").isDefault()).isTrue();
        assertThat(role(applied(ACME, defaultRole("mate", false)), "mate").isDefault())
                .isFalse();
    }

    @Test
    void a_discarded_role_is_no_default_and_counts_again_when_it_is_restored() {
        Sketch one = under(STANDARD.withDefaults(Scope.TEAM, 1, 1));
        assertRefused(one, new RestoreRole("old"), "TOO_MANY_DEFAULTS at /changes");
        assertRefused(one, new DeleteRole("mate"), "LAST_DEFAULT_ROLE at /changes");
        applied(one, new RestoreRole("old"), new DeleteRole("mate"));
        applied(one, defaultRole("lead", true), defaultRole("mate", false));
    }

    @Test
    void s2_a_policy_that_breaks_its_rules_takes_only_what_leaves_nothing_broken() {
        Sketch faulty = under(STANDARD.withDefaults(Scope.CHAT, 1, null));
        assertRefused(faulty, new AddTeam("new"), "LAST_DEFAULT_ROLE at /changes");
        assertRefused(faulty, name("lead", "Lead"), "LAST_DEFAULT_ROLE at /changes");
        assertNothing(faulty, new RemoveUser("nobody"));
        assertNothing(faulty, new DeleteRole("lead"), new RestoreRole("lead"));
        applied(faulty, defaultRole("writer", true));
    }

    @Test
    void s2_a_permission_that_the_catalog_lacks_is_taken_away_before_anything_else_is_done() {
        Sketch loaded = ACME.withRole(4, LEAD.withPermissions(List.of("user:update", "user:fly")));
        assertRefused(loaded, new AddTeam("new"), "UNKNOWN_PERMISSION at /roles/4/rights/user/fly");
        applied(
                loaded,
                new AddTeam("new"),
                new UpdateRole("lead", Attributes.none().withPermissions(List.of("user:update"))));
    }

    @Test
    void names_are_unique_where_the_rules_say_so() {
        Sketch unique = under(STANDARD.withName(1, 50, false, true));
        assertRefused(unique, name("lead", "mate"), "NAME_TAKEN at /changes");
        assertRefused(unique, List.of(name("lead", "Caf\u00E9"), name("mate", "Cafe\u0301")), "NAME_TAKEN at /changes");
        applied(unique, name("lead", "old"));
        applied(unique, name("lead", "mate"), name("mate", "lead"));
        applied(ACME, name("lead", "mate"));
    }

    @Test
    void s9_discarded_roles_count_for_the_most_roles_at_a_target() {
        Sketch two = under(STANDARD.withRolesPerTarget(2));
        assertRefused(two, new Assign("bob", "mate", SUPPORT), "TOO_MANY_ROLES at /changes");
        applied(two, new Assign("bob", "mate", SUPPORT), new Unassign("bob", "old", SUPPORT));
        applied(two, new Assign("bob", "mate", Place.team("sales")));
    }

    @Test
    void s17_a_named_permission_keeps_a_holder_once_it_has_one() {
        Sketch locked = under(STANDARD.withLockout(List.of("user:read")));
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
    void s17_a_permission_that_nobody_held_locks_nobody_out() {
        Sketch locked = under(STANDARD.withLockout(List.of("user:update")));
        applied(locked, new RemoveUser("bob"));
        applied(locked, new DeleteRole("owner"));
    }
}
