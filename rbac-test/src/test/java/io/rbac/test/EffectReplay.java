package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Effect;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Chat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies effects alone to a plain policy; each of them has to fit the result of the ones before it. */
final class EffectReplay {
    private EffectReplay() {}

    static PlainPolicy apply(PlainPolicy before, List<Effect> effects) {
        PlainPolicy plain = before;
        for (Effect effect : effects) {
            plain = step(plain, effect);
        }
        return plain;
    }

    private static PlainPolicy step(PlainPolicy plain, Effect effect) {
        return switch (effect.kind()) {
            case ROLE_ADDED -> {
                PlainRole role = PolicyConverter.plain(((Effect.RoleAdded) effect).role());
                assertThat(RoleEdits.find(plain, role.id())).isNull();
                yield plain.withRole(role);
            }
            case ROLE_CHANGED -> {
                PlainRole before = PolicyConverter.plain(((Effect.RoleChanged) effect).before());
                PlainRole after = PolicyConverter.plain(((Effect.RoleChanged) effect).after());
                assertThat(List.of(after.id(), after.scope(), after.system()))
                        .isEqualTo(List.of(before.id(), before.scope(), before.system()));
                yield plain.withRoles(without(plain.roles(), before)).withRole(after);
            }
            case ROLE_REMOVED ->
                plain.withRoles(without(plain.roles(), PolicyConverter.plain(((Effect.RoleRemoved) effect).role())));
            case TEAM_ADDED -> {
                String team = ((Effect.TeamAdded) effect).team();
                assertThat(plain.teams()).doesNotContain(team);
                yield plain.withTeam(team);
            }
            case TEAM_REMOVED -> plain.withTeams(without(plain.teams(), ((Effect.TeamRemoved) effect).team()));
            case CHAT_ADDED -> {
                Effect.ChatAdded added = (Effect.ChatAdded) effect;
                assertThat(plain.chats()).extracting(Chat::id).doesNotContain(added.chat());
                yield withChat(plain, added.chat(), added.teamOrNull());
            }
            case CHAT_MOVED -> {
                Effect.ChatMoved moved = (Effect.ChatMoved) effect;
                PlainPolicy rest = withoutChat(plain, moved.chat(), moved.beforeOrNull());
                yield withChat(rest, moved.chat(), moved.afterOrNull());
            }
            case CHAT_REMOVED -> {
                Effect.ChatRemoved removed = (Effect.ChatRemoved) effect;
                yield withoutChat(plain, removed.chat(), removed.teamOrNull());
            }
            case ASSIGNMENT_ADDED -> {
                Assignment assignment = PolicyConverter.plain(((Effect.AssignmentAdded) effect).assignment());
                assertThat(plain.assignments()).doesNotContain(assignment);
                yield plain.withAssignment(assignment.user(), assignment.role(), assignment.target());
            }
            case ASSIGNMENT_REMOVED ->
                plain.withAssignments(without(
                        plain.assignments(), PolicyConverter.plain(((Effect.AssignmentRemoved) effect).assignment())));
        };
    }

    private static PlainPolicy withChat(PlainPolicy plain, String chat, @Nullable String team) {
        assertThat(team == null || plain.teams().contains(team)).isTrue();
        return plain.withChat(chat, team);
    }

    private static PlainPolicy withoutChat(PlainPolicy plain, String chat, @Nullable String team) {
        return plain.withChats(without(plain.chats(), new Chat(chat, team)));
    }

    private static <T> List<T> without(List<T> list, T removed) {
        List<T> rest = new ArrayList<>(list);
        assertThat(rest.remove(removed)).as("%s is among %s", removed, list).isTrue();
        return rest;
    }
}
