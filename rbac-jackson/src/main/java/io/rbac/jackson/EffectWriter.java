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
            case TARGET_ADDED -> targetAdded((Effect.TargetAdded) effect);
            case TARGET_MOVED -> targetMoved((Effect.TargetMoved) effect);
            case TARGET_REMOVED -> targetRemoved((Effect.TargetRemoved) effect);
            case ASSIGNMENT_ADDED -> out.assignment(((Effect.AssignmentAdded) effect).assignment());
            case ASSIGNMENT_REMOVED -> out.assignment(((Effect.AssignmentRemoved) effect).assignment());
        }
    }

    private void roleChanged(Effect.RoleChanged changed) throws IOException {
        out.role("before", changed.before());
        out.role("after", changed.after());
    }

    private void targetAdded(Effect.TargetAdded added) throws IOException {
        out.target(added.target(), added.parent());
    }

    private void targetMoved(Effect.TargetMoved moved) throws IOException {
        out.targetBelowAccount(moved.target());
        out.targetUnlessAccount("before", moved.before());
        out.targetUnlessAccount("after", moved.after());
    }

    private void targetRemoved(Effect.TargetRemoved removed) throws IOException {
        out.target(removed.target(), removed.parent());
    }
}
