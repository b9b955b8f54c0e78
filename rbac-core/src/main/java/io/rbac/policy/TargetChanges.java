package io.rbac.policy;

import io.rbac.model.Change;
import io.rbac.model.Target;
import org.jspecify.annotations.Nullable;

/** Adds, moves and removes teams and chats (S5, S11). */
final class TargetChanges {

    private final TableEditor editor;
    private final ChangeLookup lookup;

    TargetChanges(TableEditor editor, ChangeLookup lookup) {
        this.editor = editor;
        this.lookup = lookup;
    }

    void addTeam(String team, String path) {
        if (checkNew(Target.team(team), path + "/team")) {
            editor.addTeam(team);
        }
    }

    void addChat(Change.AddChat add, String path) {
        boolean isNew = checkNew(Target.chat(add.chat()), path + "/chat");
        if (isKnown(add.teamOrNull(), path + "/team") && isNew) {
            editor.addChat(add.chat(), add.teamOrNull());
        }
    }

    void moveChat(Change.MoveChat move, String path) {
        TargetEntry chat = lookup.target(Target.chat(move.chat()), path + "/chat");
        if (isKnown(move.teamOrNull(), path + "/team") && chat != null) {
            Target old = chat.team() < 0
                    ? Target.account()
                    : editor.targetOf(chat.team()).target();
            Target wanted = move.team().map(Target::team).orElse(Target.account());
            if (!old.equals(wanted)) {
                editor.moveChat(move.chat(), move.teamOrNull());
            }
        }
    }

    void remove(Target target, String path) {
        if (lookup.target(target, path) != null) {
            editor.removeTarget(target);
        }
    }

    private boolean checkNew(Target target, String path) {
        return lookup.checkNew(target.scope().word(), target.id(), editor.target(target) != null, path);
    }

    private boolean isKnown(@Nullable String team, String path) {
        return team == null || lookup.target(Target.team(team), path) != null;
    }
}
