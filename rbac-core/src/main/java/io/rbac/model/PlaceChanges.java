package io.rbac.model;

import org.jspecify.annotations.Nullable;

/** Adds, moves and removes teams and chats (S5, S11). */
final class PlaceChanges {

    private final TableEditor editor;
    private final ChangeLookup lookup;

    PlaceChanges(TableEditor editor, ChangeLookup lookup) {
        this.editor = editor;
        this.lookup = lookup;
    }

    /** Applies a change of a team or chat. */
    void apply(Change change, String path) {
        if (change instanceof Change.AddTeam add) {
            if (isNew(Target.team(add.team()), path + "/team")) {
                editor.addTeam(add.team());
            }
        } else if (change instanceof Change.AddChat add) {
            boolean isNew = isNew(Target.chat(add.chat()), path + "/chat");
            if (isKnown(add.teamOrNull(), path + "/team") && isNew) {
                editor.addChat(add.chat(), add.teamOrNull());
            }
        } else if (change instanceof Change.MoveChat move) {
            move(move, path);
        } else if (change instanceof Change.RemoveTeam remove) {
            remove(Target.team(remove.team()), path + "/team");
        } else if (change instanceof Change.RemoveChat remove) {
            remove(Target.chat(remove.chat()), path + "/chat");
        } else {
            throw new IllegalArgumentException("unknown kind of change: " + change.getClass());
        }
    }

    private void move(Change.MoveChat move, String path) {
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

    private void remove(Target target, String path) {
        if (lookup.target(target, path) != null) {
            editor.removeTarget(target);
        }
    }

    private boolean isNew(Target target, String path) {
        return lookup.isNew(target.scope().word(), target.id(), editor.target(target) != null, path);
    }

    private boolean isKnown(@Nullable String team, String path) {
        return team == null || lookup.target(Target.team(team), path) != null;
    }
}
