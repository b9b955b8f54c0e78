package io.rbac.test;

import static io.rbac.test.EditedAcme.ACCOUNT;
import static io.rbac.test.EditedAcme.ACME;
import static io.rbac.test.EditedAcme.C1;
import static io.rbac.test.EditedAcme.SUPPORT;
import static io.rbac.test.EditedAcme.applied;
import static io.rbac.test.EditedAcme.assertAdded;
import static io.rbac.test.EditedAcme.assertRefused;
import static io.rbac.test.EditedAcme.assertRemoved;
import static io.rbac.test.EditedAcme.assertUnchanged;
import static io.rbac.test.EditedAcme.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.test.Edit.Assign;
import io.rbac.test.Edit.AssignToAll;
import io.rbac.test.Edit.Connect;
import io.rbac.test.Edit.RemoveUser;
import io.rbac.test.Edit.SetRoles;
import io.rbac.test.Edit.SetUsers;
import io.rbac.test.Edit.Unassign;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AssignmentEditsTest {
    private static final PlainTarget UNKNOWN_TEAM = PlainTarget.team("gone");
    private static final PlainRules EMPTY_MEANS_NONE =
            PlainRules.standard().withEdits("none", "discard", new PlainRules.SystemRoles(true, true));
    private static final PlainPolicy WITHOUT_ACCOUNT_DEFAULT = ACME.withRules(
                    PlainRules.standard().withDefaults(PlainScope.ACCOUNT, 0, null))
            .withRole(0, EditedAcme.MEMBER.withDefault(false));

    @Test
    @Tag("S8")
    void assigning_gives_just_the_named_role() {
        assertAdded(ACME, new Assign("new", "lead", SUPPORT), "new is lead at team/support");
        assertAdded(ACME, new Assign("ada", "writer", C1.inAccount()), "ada is writer at chat/c1");
        assertUnchanged(ACME, new Assign("bob", "lead", SUPPORT));
    }

    @Test
    @Tag("S4")
    void an_assignment_names_a_user_an_active_role_and_a_known_target_of_its_scope() {
        assertRefused(ACME, new Assign("a\u200B", "lead", SUPPORT), "ID_INVALID at /changes/0/user");
        assertRefused(ACME, new Assign("ada", "gone", SUPPORT), "ROLE_NOT_FOUND at /changes/0/role");
        assertRefused(ACME, new Assign("ada", "old", SUPPORT), "ROLE_DISCARDED at /changes/0/role");
        assertRefused(ACME, new Assign("bob", "old", SUPPORT), "ROLE_DISCARDED at /changes/0/role");
        assertRefused(ACME, new Assign("ada", "lead", ACCOUNT), "SCOPE_MISMATCH at /changes/0/role");
        assertRefused(ACME, new Assign("ada", "lead", C1), "SCOPE_MISMATCH at /changes/0/role");
        assertRefused(ACME, new Assign("ada", "lead", UNKNOWN_TEAM), "TARGET_NOT_FOUND at /changes/0/target");
        assertRefused(
                ACME,
                new Assign("ada", "writer", PlainTarget.chat("support")),
                "TARGET_NOT_FOUND at /changes/0/target");
    }

    @Test
    void every_violation_of_an_assignment_is_listed() {
        assertRefused(
                ACME,
                new Assign("", "member", UNKNOWN_TEAM),
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
    @Tag("S9")
    void an_assignment_is_ended_even_if_its_role_is_discarded() {
        assertRemoved(ACME, new Unassign("bob", "lead", SUPPORT), "bob is lead at team/support");
        assertRemoved(ACME, new Unassign("bob", "old", SUPPORT), "bob is old at team/support");
    }

    @Test
    @Tag("S4")
    void ending_an_assignment_that_does_not_exist_changes_nothing() {
        assertUnchanged(ACME, new Unassign("bob", "lead", PlainTarget.team("sales")));
        assertUnchanged(ACME, new Unassign("nobody", "lead", SUPPORT));
        assertUnchanged(ACME, new Unassign("", "lead", SUPPORT));
        assertUnchanged(ACME, new Unassign("bob", "lead", ACCOUNT));
    }

    @Test
    void only_a_known_role_is_unassigned_at_a_known_target() {
        assertRefused(
                ACME,
                new Unassign("bob", "gone", UNKNOWN_TEAM),
                "ROLE_NOT_FOUND at /changes/0/role",
                "TARGET_NOT_FOUND at /changes/0/target");
    }

    @Test
    @Tag("S8")
    void a_connected_user_gets_the_defaults_there_and_at_the_account() {
        assertAdded(ACME, new Connect("new", SUPPORT), "new is mate at team/support", "new is member at account");
        assertAdded(ACME, new Connect("ada", SUPPORT), "ada is mate at team/support");
        assertAdded(ACME, new Connect("new", ACCOUNT), "new is member at account");
    }

    @Test
    @Tag("S8")
    void a_user_with_an_active_role_there_is_connected_already() {
        assertUnchanged(ACME, new Connect("bob", SUPPORT));
        assertUnchanged(ACME, new Connect("eve", C1));
        assertUnchanged(ACME, new Connect("ada", ACCOUNT));
    }

    @Test
    @Tag("S9")
    void a_discarded_role_does_not_count_as_connected() {
        PlainPolicy onlyOld = ACME.withoutAssignment(new PlainPolicy.Assignment("bob", "lead", SUPPORT));
        assertAdded(onlyOld, new Connect("bob", SUPPORT), "bob is mate at team/support", "bob is member at account");
    }

    @Test
    @Tag("S8")
    void nobody_is_connected_where_there_is_no_default_role() {
        assertRefused(ACME, new Connect("ada", C1), "NO_DEFAULT_ROLE at /changes/0/target");
        assertRefused(WITHOUT_ACCOUNT_DEFAULT, new Connect("new", ACCOUNT), "NO_DEFAULT_ROLE at /changes/0/target");
        assertAdded(WITHOUT_ACCOUNT_DEFAULT, new Connect("new", SUPPORT), "new is mate at team/support");
    }

    @Test
    void only_a_valid_user_is_connected_to_a_known_target() {
        assertRefused(
                ACME,
                new Connect(" ", UNKNOWN_TEAM),
                "ID_INVALID at /changes/0/user",
                "TARGET_NOT_FOUND at /changes/0/target");
    }

    @Test
    @Tag("S8")
    void setting_roles_leaves_exactly_the_named_ones_there() {
        PlainPolicy result = applied(ACME, new SetRoles("bob", SUPPORT, List.of("mate", "lead", "mate")));
        assertThat(result.assignments())
                .extracting(PlainPolicy.Assignment::toString)
                .containsExactlyInAnyOrder(
                        "ada is member at account",
                        "bob is lead at team/support",
                        "bob is mate at team/support",
                        "eve is writer at chat/c1");
        assertRemoved(ACME, new SetRoles("bob", SUPPORT, List.of("lead")), "bob is old at team/support");
        assertAdded(ACME, new SetRoles("new", SUPPORT, List.of("lead")), "new is lead at team/support");
    }

    @Test
    @Tag("S8")
    void an_empty_list_of_roles_means_the_defaults_or_none_as_the_rules_say() {
        SetRoles edit = new SetRoles("bob", SUPPORT, List.of());
        assertAdded(ACME, edit, "bob is mate at team/support", "bob is member at account");
        assertRemoved(ACME, edit, "bob is lead at team/support", "bob is old at team/support");
        assertAdded(under(EMPTY_MEANS_NONE), edit);
        assertRemoved(under(EMPTY_MEANS_NONE), edit, "bob is lead at team/support", "bob is old at team/support");
        assertRefused(ACME, new SetRoles("eve", C1, List.of()), "NO_DEFAULT_ROLE at /changes/0/roles");
        assertUnchanged(ACME, new SetRoles("ada", ACCOUNT, List.of()));
        assertAdded(ACME, new SetRoles("ada", SUPPORT, List.of()), "ada is mate at team/support");
    }

    @Test
    void every_violation_of_setting_roles_is_listed() {
        assertRefused(
                ACME,
                new SetRoles("", SUPPORT, List.of("lead", "gone", "old", "member", "gone")),
                "ID_INVALID at /changes/0/user",
                "ROLE_NOT_FOUND at /changes/0/roles/1",
                "ROLE_DISCARDED at /changes/0/roles/2",
                "SCOPE_MISMATCH at /changes/0/roles/3",
                "ROLE_NOT_FOUND at /changes/0/roles/4");
        assertRefused(ACME, new SetRoles("ada", UNKNOWN_TEAM, List.of()), "TARGET_NOT_FOUND at /changes/0/target");
        assertRefused(
                under(EMPTY_MEANS_NONE),
                new SetRoles("", UNKNOWN_TEAM, List.of()),
                "ID_INVALID at /changes/0/user",
                "TARGET_NOT_FOUND at /changes/0/target");
    }

    @Test
    @Tag("S8")
    void setting_users_leaves_exactly_these_and_touches_no_other_role() {
        SetUsers edit = new SetUsers("lead", SUPPORT, List.of("eve", "ada", "eve"));
        assertAdded(ACME, edit, "eve is lead at team/support", "ada is lead at team/support");
        assertRemoved(ACME, edit, "bob is lead at team/support");
        assertRemoved(ACME, new SetUsers("lead", SUPPORT, List.of()), "bob is lead at team/support");
        assertUnchanged(ACME, new SetUsers("lead", SUPPORT, List.of("bob")));
        assertUnchanged(ACME, new SetUsers("lead", PlainTarget.team("sales"), List.of()));
    }

    @Test
    void every_violation_of_setting_users_is_listed() {
        assertRefused(
                ACME,
                new SetUsers("gone", UNKNOWN_TEAM, List.of("ada", "", "x ", "")),
                "ROLE_NOT_FOUND at /changes/0/role",
                "TARGET_NOT_FOUND at /changes/0/target",
                "ID_INVALID at /changes/0/users/1",
                "ID_INVALID at /changes/0/users/2",
                "ID_INVALID at /changes/0/users/3");
        assertRefused(ACME, new SetUsers("old", SUPPORT, List.of()), "ROLE_DISCARDED at /changes/0/role");
        assertRefused(ACME, new SetUsers("lead", C1, List.of()), "SCOPE_MISMATCH at /changes/0/role");
    }

    @Test
    @Tag("S16")
    void every_user_means_the_known_ones() {
        assertAdded(
                ACME,
                new AssignToAll("owner"),
                "ada is owner at account",
                "bob is owner at account",
                "eve is owner at account");
        assertAdded(ACME, new AssignToAll("member"), "bob is member at account", "eve is member at account");
        assertUnchanged(ACME.withAssignments(List.of()), new AssignToAll("owner"));
    }

    @Test
    void only_an_active_account_role_is_assigned_to_all() {
        assertRefused(ACME, new AssignToAll("gone"), "ROLE_NOT_FOUND at /changes/0/role");
        assertRefused(
                ACME, new AssignToAll("old"), "ROLE_DISCARDED at /changes/0/role", "SCOPE_MISMATCH at /changes/0/role");
        assertRefused(ACME, new AssignToAll("lead"), "SCOPE_MISMATCH at /changes/0/role");
    }

    @Test
    @Tag("S11")
    void removing_a_user_removes_their_assignments() {
        assertRemoved(ACME, new RemoveUser("bob"), "bob is lead at team/support", "bob is old at team/support");
        assertUnchanged(ACME, new RemoveUser("nobody"));
        assertUnchanged(ACME, new RemoveUser(""));
    }

    @Test
    @Tag("S11")
    void a_user_who_is_added_again_holds_nothing_of_the_old_one() {
        PlainPolicy result = applied(ACME, new RemoveUser("bob"), new Assign("bob", "member", ACCOUNT));
        assertThat(Oracle.of(result).rolesOf("bob")).extracting(PlainRole::id).containsExactly("member");
    }
}
