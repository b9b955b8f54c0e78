package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.test.EditEffect.AssignmentAdded;
import io.rbac.test.EditEffect.AssignmentRemoved;
import io.rbac.test.EditEffect.ChatAdded;
import io.rbac.test.EditEffect.ChatMoved;
import io.rbac.test.EditEffect.ChatRemoved;
import io.rbac.test.EditEffect.RoleAdded;
import io.rbac.test.EditEffect.RoleChanged;
import io.rbac.test.EditEffect.RoleRemoved;
import io.rbac.test.EditEffect.TeamAdded;
import io.rbac.test.EditEffect.TeamRemoved;
import io.rbac.test.Sketch.Chat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What effects alone make of a sketch; each of them has to fit what the ones before it led to. */
final class EffectReplay {
    private EffectReplay() {}

    static Sketch apply(Sketch before, List<EditEffect> effects) {
        Sketch sketch = before;
        for (EditEffect effect : effects) {
            sketch = step(sketch, effect);
        }
        return sketch;
    }

    private static Sketch step(Sketch sketch, EditEffect effect) {
        if (effect instanceof AssignmentAdded added) {
            assertThat(sketch.assignments()).doesNotContain(added.assignment());
            return sketch.withAssignments(with(sketch.assignments(), added.assignment()));
        } else if (effect instanceof AssignmentRemoved removed) {
            assertThat(sketch.assignments()).contains(removed.assignment());
            return sketch.withoutAssignment(removed.assignment());
        } else if (effect instanceof TeamAdded added) {
            assertThat(sketch.teams()).doesNotContain(added.team());
            return sketch.withTeam(added.team());
        } else if (effect instanceof TeamRemoved removed) {
            return sketch.withTeams(without(sketch.teams(), removed.team()));
        }
        return stepOfRolesAndChats(sketch, effect);
    }

    private static Sketch stepOfRolesAndChats(Sketch sketch, EditEffect effect) {
        if (effect instanceof RoleAdded added) {
            assertThat(RoleEdits.find(sketch, added.role().id())).isNull();
            return sketch.withRole(added.role());
        } else if (effect instanceof RoleChanged changed) {
            assertThat(changed.after().id()).isEqualTo(changed.before().id());
            return sketch.withRoles(with(without(sketch.roles(), changed.before()), changed.after()));
        } else if (effect instanceof RoleRemoved removed) {
            return sketch.withRoles(without(sketch.roles(), removed.role()));
        } else if (effect instanceof ChatAdded added) {
            assertThat(sketch.chats()).extracting(Chat::id).doesNotContain(added.chat());
            return withChat(sketch, added.chat(), added.team());
        } else if (effect instanceof ChatMoved moved) {
            return withChat(withoutChat(sketch, moved.chat(), moved.before()), moved.chat(), moved.after());
        } else if (effect instanceof ChatRemoved removed) {
            return withoutChat(sketch, removed.chat(), removed.team());
        }
        throw new AssertionError(effect);
    }

    private static Sketch withChat(Sketch sketch, String chat, @Nullable String team) {
        assertThat(team == null || sketch.teams().contains(team)).isTrue();
        return sketch.withChat(chat, team);
    }

    private static Sketch withoutChat(Sketch sketch, String chat, @Nullable String team) {
        return sketch.withChats(without(sketch.chats(), new Chat(chat, team)));
    }

    private static <T> List<T> with(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }

    private static <T> List<T> without(List<T> list, T gone) {
        List<T> rest = new ArrayList<>(list);
        assertThat(rest.remove(gone)).as("%s is among %s", gone, list).isTrue();
        return rest;
    }
}
