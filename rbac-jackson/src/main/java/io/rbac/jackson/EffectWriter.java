package io.rbac.jackson;

import io.rbac.model.Effect;
import java.io.IOException;

/** Writes the fields of an effect. */
final class EffectWriter {

    private final EntryWriter out;

    EffectWriter(EntryWriter out) {
        this.out = out;
    }

    void write(Effect effect) throws IOException {
        out.string("effect", WireFormat.word(effect.kind()));
        switch (effect.kind()) {
            case ROLE_ADDED -> out.role("role", ((Effect.RoleAdded) effect).role());
            case ROLE_CHANGED -> roleChanged((Effect.RoleChanged) effect);
            case ROLE_REMOVED -> out.role("role", ((Effect.RoleRemoved) effect).role());
            case TEAM_ADDED -> out.string("team", ((Effect.TeamAdded) effect).team());
            case TEAM_REMOVED -> out.string("team", ((Effect.TeamRemoved) effect).team());
            case CHAT_ADDED -> chatAdded((Effect.ChatAdded) effect);
            case CHAT_MOVED -> chatMoved((Effect.ChatMoved) effect);
            case CHAT_REMOVED -> chatRemoved((Effect.ChatRemoved) effect);
            case ASSIGNMENT_ADDED -> out.assignment(((Effect.AssignmentAdded) effect).assignment());
            case ASSIGNMENT_REMOVED -> out.assignment(((Effect.AssignmentRemoved) effect).assignment());
        }
    }

    private void roleChanged(Effect.RoleChanged changed) throws IOException {
        out.role("before", changed.before());
        out.role("after", changed.after());
    }

    private void chatAdded(Effect.ChatAdded added) throws IOException {
        out.chat(added.chat(), added.teamOrNull());
    }

    private void chatMoved(Effect.ChatMoved moved) throws IOException {
        out.string("chat", moved.chat());
        out.string("before", moved.beforeOrNull());
        out.string("after", moved.afterOrNull());
    }

    private void chatRemoved(Effect.ChatRemoved removed) throws IOException {
        out.chat(removed.chat(), removed.teamOrNull());
    }
}
