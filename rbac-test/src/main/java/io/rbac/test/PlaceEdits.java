package io.rbac.test;

import io.rbac.test.Sketch.Chat;
import org.jspecify.annotations.Nullable;

/** What one edit of teams and chats makes of a sketch: S5, S11, S14. Not safe for use by several threads. */
final class PlaceEdits {
    private final Sketch sketch;
    private final Findings findings;

    PlaceEdits(Sketch sketch, Findings findings) {
        this.sketch = sketch;
        this.findings = findings;
    }

    Sketch addTeam(Edit.AddTeam edit) {
        checkNew(edit.team(), sketch.teams().contains(edit.team()), "/team");
        return sketch.withTeam(edit.team());
    }

    Sketch removeTeam(Edit.RemoveTeam edit) {
        checkKnown(sketch.teams().contains(edit.team()), "/team");
        return sketch.withoutTeam(edit.team());
    }

    Sketch addChat(Edit.AddChat edit) {
        checkNew(edit.chat(), isChat(edit.chat()), "/chat");
        checkTeam(edit.team());
        return sketch.withChat(edit.chat(), edit.team());
    }

    Sketch moveChat(Edit.MoveChat edit) {
        checkKnown(isChat(edit.chat()), "/chat");
        checkTeam(edit.team());
        return sketch.withChats(sketch.chats().stream()
                .map(chat -> chat.id().equals(edit.chat()) ? new Chat(chat.id(), edit.team()) : chat)
                .toList());
    }

    Sketch removeChat(Edit.RemoveChat edit) {
        checkKnown(isChat(edit.chat()), "/chat");
        return sketch.withoutChat(edit.chat());
    }

    private boolean isChat(String id) {
        return sketch.chats().stream().anyMatch(chat -> chat.id().equals(id));
    }

    private void checkNew(String id, boolean known, String path) {
        if (!Spelling.isId(id)) {
            findings.report("ID_INVALID", path);
        } else if (known) {
            findings.report("DUPLICATE_ID", path);
        }
    }

    private void checkTeam(@Nullable String team) {
        checkKnown(team == null || sketch.teams().contains(team), "/team");
    }

    private void checkKnown(boolean known, String path) {
        if (!known) {
            findings.report("TARGET_NOT_FOUND", path);
        }
    }
}
