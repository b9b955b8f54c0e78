package io.rbac.test;

import io.rbac.test.PlainPolicy.Chat;
import org.jspecify.annotations.Nullable;

/** Applies one edit of a team or chat to a plain policy: S5, S11, S14. Not thread-safe. */
final class TargetEdits {
    private final PlainPolicy plain;
    private final EditViolations violations;

    TargetEdits(PlainPolicy plain, EditViolations violations) {
        this.plain = plain;
        this.violations = violations;
    }

    PlainPolicy addTeam(Edit.AddTeam edit) {
        checkNew(edit.team(), plain.teams().contains(edit.team()), "/team");
        return plain.withTeam(edit.team());
    }

    PlainPolicy removeTeam(Edit.RemoveTeam edit) {
        checkKnown(plain.teams().contains(edit.team()), "/team");
        return plain.withoutTeam(edit.team());
    }

    PlainPolicy addChat(Edit.AddChat edit) {
        checkNew(edit.chat(), isChat(edit.chat()), "/chat");
        checkTeam(edit.team());
        return plain.withChat(edit.chat(), edit.team());
    }

    PlainPolicy moveChat(Edit.MoveChat edit) {
        checkKnown(isChat(edit.chat()), "/chat");
        checkTeam(edit.team());
        return plain.withChats(plain.chats().stream()
                .map(chat -> chat.id().equals(edit.chat()) ? new Chat(chat.id(), edit.team()) : chat)
                .toList());
    }

    PlainPolicy removeChat(Edit.RemoveChat edit) {
        checkKnown(isChat(edit.chat()), "/chat");
        return plain.withoutChat(edit.chat());
    }

    private boolean isChat(String id) {
        return plain.chats().stream().anyMatch(chat -> chat.id().equals(id));
    }

    private void checkNew(String id, boolean known, String path) {
        if (!Spelling.isId(id)) {
            violations.report("ID_INVALID", path);
        } else if (known) {
            violations.report("DUPLICATE_ID", path);
        }
    }

    private void checkTeam(@Nullable String team) {
        checkKnown(team == null || plain.teams().contains(team), "/team");
    }

    private void checkKnown(boolean known, String path) {
        if (!known) {
            violations.report("TARGET_NOT_FOUND", path);
        }
    }
}
