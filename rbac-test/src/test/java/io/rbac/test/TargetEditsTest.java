package io.rbac.test;

import static io.rbac.test.EditedAcme.ACME;
import static io.rbac.test.EditedAcme.C1;
import static io.rbac.test.EditedAcme.SUPPORT;
import static io.rbac.test.EditedAcme.applied;
import static io.rbac.test.EditedAcme.assertEffects;
import static io.rbac.test.EditedAcme.assertRefused;
import static io.rbac.test.EditedAcme.assertUnchanged;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.test.Edit.AddChat;
import io.rbac.test.Edit.AddTeam;
import io.rbac.test.Edit.MoveChat;
import io.rbac.test.Edit.RemoveChat;
import io.rbac.test.Edit.RemoveTeam;
import io.rbac.test.EditEffect.AssignmentRemoved;
import io.rbac.test.EditEffect.ChatAdded;
import io.rbac.test.EditEffect.ChatMoved;
import io.rbac.test.EditEffect.ChatRemoved;
import io.rbac.test.EditEffect.TeamAdded;
import io.rbac.test.EditEffect.TeamRemoved;
import io.rbac.test.PlainPolicy.Assignment;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TargetEditsTest {
    private static final Assignment EVE_WRITES = new Assignment("eve", "writer", C1);

    @Test
    void a_team_is_added_under_an_id_that_no_team_has() {
        assertEffects(ACME, List.of(new AddTeam("c1")), new TeamAdded("c1"));
        assertRefused(ACME, new AddTeam("support"), "DUPLICATE_ID at /changes/0/team");
        assertRefused(ACME, new AddTeam("\uD800"), "ID_INVALID at /changes/0/team");
    }

    @Test
    @Tag("S11")
    void a_team_is_removed_with_its_chats_and_every_assignment_in_it_and_them() {
        assertEffects(
                ACME,
                List.of(new RemoveTeam("support")),
                new AssignmentRemoved(new Assignment("bob", "lead", SUPPORT)),
                new AssignmentRemoved(new Assignment("bob", "old", SUPPORT)),
                new AssignmentRemoved(EVE_WRITES),
                new ChatRemoved("c1", "support"),
                new TeamRemoved("support"));
        assertRefused(ACME, new RemoveTeam("c1"), "TARGET_NOT_FOUND at /changes/0/team");
    }

    @Test
    @Tag("S11")
    void a_team_and_a_chat_added_again_hold_nothing_of_the_old_ones() {
        PlainPolicy result =
                applied(ACME, new RemoveTeam("support"), new AddTeam("support"), new AddChat("c1", "support"));
        assertThat(result.assignments()).extracting(Assignment::toString).containsExactly("ada is member at account");
    }

    @Test
    void a_chat_is_added_to_the_account_or_to_a_known_team() {
        assertEffects(ACME, List.of(new AddChat("c3", null)), new ChatAdded("c3", null));
        assertEffects(ACME, List.of(new AddChat("support", "sales")), new ChatAdded("support", "sales"));
        assertRefused(ACME, new AddChat("c2", null), "DUPLICATE_ID at /changes/0/chat");
        assertRefused(ACME, new AddChat("c3", "c1"), "TARGET_NOT_FOUND at /changes/0/team");
        assertRefused(
                ACME, new AddChat("", "gone"), "ID_INVALID at /changes/0/chat", "TARGET_NOT_FOUND at /changes/0/team");
    }

    @Test
    @Tag("S11")
    void a_chat_moves_with_its_assignments() {
        PlainPolicy result = applied(ACME, new MoveChat("c1", "sales"));
        assertThat(result.chats()).contains(new PlainPolicy.Chat("c1", "sales"));
        assertThat(result.assignments()).isEqualTo(ACME.assignments());
        assertEffects(ACME, List.of(new MoveChat("c1", null)), new ChatMoved("c1", "support", null));
        assertEffects(ACME, List.of(new MoveChat("c2", "sales")), new ChatMoved("c2", null, "sales"));
    }

    @Test
    @Tag("S11")
    void moving_a_chat_to_where_it_lies_changes_nothing() {
        assertUnchanged(ACME, new MoveChat("c1", "support"));
        assertUnchanged(ACME, new MoveChat("c2", null));
        assertUnchanged(ACME, new MoveChat("c1", "sales"), new MoveChat("c1", "support"));
    }

    @Test
    void only_a_known_chat_moves_and_only_to_a_known_team() {
        assertRefused(
                ACME,
                new MoveChat("support", "c1"),
                "TARGET_NOT_FOUND at /changes/0/chat",
                "TARGET_NOT_FOUND at /changes/0/team");
    }

    @Test
    @Tag("S11")
    void a_chat_is_removed_with_its_assignments() {
        assertEffects(
                ACME,
                List.of(new RemoveChat("c1")),
                new AssignmentRemoved(EVE_WRITES),
                new ChatRemoved("c1", "support"));
        assertRefused(ACME, new RemoveChat("support"), "TARGET_NOT_FOUND at /changes/0/chat");
    }
}
