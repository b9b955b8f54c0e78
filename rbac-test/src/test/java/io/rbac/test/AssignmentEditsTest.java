package io.rbac.test;

import static io.rbac.test.EditedAcme.ACCOUNT;
import static io.rbac.test.EditedAcme.ACME;
import static io.rbac.test.EditedAcme.C1;
import static io.rbac.test.EditedAcme.SUPPORT;
import static io.rbac.test.EditedAcme.applied;
import static io.rbac.test.EditedAcme.assertCame;
import static io.rbac.test.EditedAcme.assertNothing;
import static io.rbac.test.EditedAcme.assertRefused;
import static io.rbac.test.EditedAcme.assertWent;
import static io.rbac.test.EditedAcme.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Scope;
import io.rbac.test.Edit.Assign;
import io.rbac.test.Edit.AssignToAll;
import io.rbac.test.Edit.Connect;
import io.rbac.test.Edit.RemoveUser;
import io.rbac.test.Edit.SetRoles;
import io.rbac.test.Edit.SetUsers;
import io.rbac.test.Edit.Unassign;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignmentEditsTest {
    private static final Place GONE = Place.team("gone");
    private static final SketchRules NONE =
            SketchRules.standard().withEdits("none", "discard", new SketchRules.SystemRoles(true, true));
    private static final Sketch WITHOUT_ACCOUNT_DEFAULT = ACME.withRules(
                    SketchRules.standard().withDefaults(Scope.ACCOUNT, 0, null))
            .withRole(0, EditedAcme.MEMBER.withDefault(false));

    @Test
    void s8_assigning_gives_just_the_named_role() {
        assertCame(ACME, new Assign("new", "lead", SUPPORT), "new is lead at team/support");
        assertCame(ACME, new Assign("ada", "writer", C1.inAccount()), "ada is writer at chat/c1");
        assertNothing(ACME, new Assign("bob", "lead", SUPPORT));
    }

    @Test
    void s4_an_assignment_names_a_user_an_active_role_of_the_kind_and_a_known_target() {
        assertRefused(ACME, new Assign("a\u200B", "lead", SUPPORT), "ID_INVALID at /changes/0/user");
        assertRefused(ACME, new Assign("ada", "gone", SUPPORT), "ROLE_NOT_FOUND at /changes/0/role");
        assertRefused(ACME, new Assign("ada", "old", SUPPORT), "ROLE_DISCARDED at /changes/0/role");
        assertRefused(ACME, new Assign("bob", "old", SUPPORT), "ROLE_DISCARDED at /changes/0/role");
        assertRefused(ACME, new Assign("ada", "lead", ACCOUNT), "SCOPE_MISMATCH at /changes/0/role");
        assertRefused(ACME, new Assign("ada", "lead", C1), "SCOPE_MISMATCH at /changes/0/role");
        assertRefused(ACME, new Assign("ada", "lead", GONE), "TARGET_NOT_FOUND at /changes/0/target");
        assertRefused(
                ACME, new Assign("ada", "writer", Place.chat("support")), "TARGET_NOT_FOUND at /changes/0/target");
    }

    @Test
    void everything_wrong_with_an_assignment_is_listed() {
        assertRefused(
                ACME,
                new Assign("", "member", GONE),
                "ID_INVALID at /changes/0/user",
                "SCOPE_MISMATCH at /changes/0/role",
                "TARGET_NOT_FOUND at /changes/0/target");
        assertRefused(
                ACME,
                new Assign("bob", "old", ACCOUNT),
                "ROLE_DISCARDED at /changes/0/role",
                "SCOPE_MISMATCH at /changes/0/role");
    }

    @Test
    void taking_away_what_is_held_ends_it_also_of_a_discarded_role() {
        assertWent(ACME, new Unassign("bob", "lead", SUPPORT), "bob is lead at team/support");
        assertWent(ACME, new Unassign("bob", "old", SUPPORT), "bob is old at team/support");
    }

    @Test
    void taking_away_what_is_not_held_changes_nothing() {
        assertNothing(ACME, new Unassign("bob", "lead", Place.team("sales")));
        assertNothing(ACME, new Unassign("nobody", "lead", SUPPORT));
        assertNothing(ACME, new Unassign("", "lead", SUPPORT));
        assertNothing(ACME, new Unassign("bob", "lead", ACCOUNT));
    }

    @Test
    void only_a_known_role_is_taken_away_at_a_known_target() {
        assertRefused(
                ACME,
                new Unassign("bob", "gone", GONE),
                "ROLE_NOT_FOUND at /changes/0/role",
                "TARGET_NOT_FOUND at /changes/0/target");
    }

    @Test
    void s8_who_is_connected_gets_the_defaults_there_and_at_the_account() {
        assertCame(ACME, new Connect("new", SUPPORT), "new is mate at team/support", "new is member at account");
        assertCame(ACME, new Connect("ada", SUPPORT), "ada is mate at team/support");
        assertCame(ACME, new Connect("new", ACCOUNT), "new is member at account");
    }

    @Test
    void s8_who_holds_an_active_role_there_is_connected_already() {
        assertNothing(ACME, new Connect("bob", SUPPORT));
        assertNothing(ACME, new Connect("eve", C1));
        assertNothing(ACME, new Connect("ada", ACCOUNT));
    }

    @Test
    void s9_a_discarded_role_connects_nobody() {
        Sketch onlyOld = ACME.withoutAssignment(new Sketch.Assignment("bob", "lead", SUPPORT));
        assertCame(onlyOld, new Connect("bob", SUPPORT), "bob is mate at team/support", "bob is member at account");
    }

    @Test
    void s8_where_no_default_role_is_nobody_is_connected() {
        assertRefused(ACME, new Connect("ada", C1), "NO_DEFAULT_ROLE at /changes/0/target");
        assertRefused(WITHOUT_ACCOUNT_DEFAULT, new Connect("new", ACCOUNT), "NO_DEFAULT_ROLE at /changes/0/target");
        assertCame(WITHOUT_ACCOUNT_DEFAULT, new Connect("new", SUPPORT), "new is mate at team/support");
    }

    @Test
    void who_is_connected_has_an_id_and_where_is_known() {
        assertRefused(
                ACME, new Connect(" ", GONE), "ID_INVALID at /changes/0/user", "TARGET_NOT_FOUND at /changes/0/target");
    }

    @Test
    void setting_roles_leaves_exactly_the_named_ones_there() {
        Sketch result = applied(ACME, new SetRoles("bob", SUPPORT, List.of("mate", "lead", "mate")));
        assertThat(result.assignments())
                .extracting(Sketch.Assignment::toString)
                .containsExactlyInAnyOrder(
                        "ada is member at account",
                        "bob is lead at team/support",
                        "bob is mate at team/support",
                        "eve is writer at chat/c1");
        assertWent(ACME, new SetRoles("bob", SUPPORT, List.of("lead")), "bob is old at team/support");
        assertCame(ACME, new SetRoles("new", SUPPORT, List.of("lead")), "new is lead at team/support");
    }

    @Test
    void no_named_roles_stand_for_the_defaults_or_for_none_as_the_rules_say() {
        SetRoles edit = new SetRoles("bob", SUPPORT, List.of());
        assertCame(ACME, edit, "bob is mate at team/support", "bob is member at account");
        assertWent(ACME, edit, "bob is lead at team/support", "bob is old at team/support");
        assertCame(under(NONE), edit);
        assertWent(under(NONE), edit, "bob is lead at team/support", "bob is old at team/support");
        assertRefused(ACME, new SetRoles("eve", C1, List.of()), "NO_DEFAULT_ROLE at /changes/0/roles");
        assertNothing(ACME, new SetRoles("ada", ACCOUNT, List.of()));
        assertCame(ACME, new SetRoles("ada", SUPPORT, List.of()), "ada is mate at team/support");
    }

    @Test
    void everything_wrong_with_setting_roles_is_listed() {
        assertRefused(
                ACME,
                new SetRoles("", SUPPORT, List.of("lead", "gone", "old", "member", "gone")),
                "ID_INVALID at /changes/0/user",
                "ROLE_NOT_FOUND at /changes/0/roles/1",
                "ROLE_DISCARDED at /changes/0/roles/2",
                "SCOPE_MISMATCH at /changes/0/roles/3",
                "ROLE_NOT_FOUND at /changes/0/roles/4");
        assertRefused(ACME, new SetRoles("ada", GONE, List.of()), "TARGET_NOT_FOUND at /changes/0/target");
        assertRefused(
                under(NONE),
                new SetRoles("", GONE, List.of()),
                "ID_INVALID at /changes/0/user",
                "TARGET_NOT_FOUND at /changes/0/target");
    }

    @Test
    void setting_users_leaves_exactly_these_and_no_other_role_is_touched() {
        SetUsers edit = new SetUsers("lead", SUPPORT, List.of("eve", "ada", "eve"));
        assertCame(ACME, edit, "eve is lead at team/support", "ada is lead at team/support");
        assertWent(ACME, edit, "bob is lead at team/support");
        assertWent(ACME, new SetUsers("lead", SUPPORT, List.of()), "bob is lead at team/support");
        assertNothing(ACME, new SetUsers("lead", SUPPORT, List.of("bob")));
        assertNothing(ACME, new SetUsers("lead", Place.team("sales"), List.of()));
    }

    @Test
    void everything_wrong_with_setting_users_is_listed() {
        assertRefused(
                ACME,
                new SetUsers("gone", GONE, List.of("ada", "", "x ", "")),
                "ROLE_NOT_FOUND at /changes/0/role",
                "TARGET_NOT_FOUND at /changes/0/target",
                "ID_INVALID at /changes/0/users/1",
                "ID_INVALID at /changes/0/users/2",
                "ID_INVALID at /changes/0/users/3");
        assertRefused(ACME, new SetUsers("old", SUPPORT, List.of()), "ROLE_DISCARDED at /changes/0/role");
        assertRefused(ACME, new SetUsers("lead", C1, List.of()), "SCOPE_MISMATCH at /changes/0/role");
    }

    @Test
    void s16_every_user_means_the_known_ones() {
        assertCame(
                ACME,
                new AssignToAll("owner"),
                "ada is owner at account",
                "bob is owner at account",
                "eve is owner at account");
        assertCame(ACME, new AssignToAll("member"), "bob is member at account", "eve is member at account");
        assertNothing(ACME.withAssignments(List.of()), new AssignToAll("owner"));
    }

    @Test
    void only_an_active_account_role_is_assigned_to_all() {
        assertRefused(ACME, new AssignToAll("gone"), "ROLE_NOT_FOUND at /changes/0/role");
        assertRefused(
                ACME, new AssignToAll("old"), "ROLE_DISCARDED at /changes/0/role", "SCOPE_MISMATCH at /changes/0/role");
        assertRefused(ACME, new AssignToAll("lead"), "SCOPE_MISMATCH at /changes/0/role");
    }

    @Test
    void s11_removing_a_user_removes_his_assignments() {
        assertWent(ACME, new RemoveUser("bob"), "bob is lead at team/support", "bob is old at team/support");
        assertNothing(ACME, new RemoveUser("nobody"));
        assertNothing(ACME, new RemoveUser(""));
    }

    @Test
    void s11_a_user_who_comes_again_holds_nothing_of_the_old_one() {
        Sketch result = applied(ACME, new RemoveUser("bob"), new Assign("bob", "member", ACCOUNT));
        assertThat(Oracle.of(result).rolesOf("bob")).extracting(SketchRole::id).containsExactly("member");
    }
}
