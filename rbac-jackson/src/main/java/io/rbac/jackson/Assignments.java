package io.rbac.jackson;

import io.rbac.model.Policy;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the {@code assignments} of a document. */
final class Assignments {

    private static final Fields FIELDS = Fields.of("user", "role", "team", "chat");

    /** The most that are read; more do not fit in a policy. */
    private static final int MAX = 1 << 30;

    private final Policy.Builder builder;
    private @Nullable String user;
    private @Nullable String role;
    private @Nullable String team;
    private @Nullable String chat;

    Assignments(Policy.Builder builder) {
        this.builder = builder;
    }

    void read(Tokens tokens, Elements elements) throws IOException {
        tokens.array(MAX, () -> readOne(tokens, elements));
    }

    private void readOne(Tokens tokens, Elements elements) throws IOException {
        long place = tokens.place();
        elements.add(place);
        user = null;
        role = null;
        team = null;
        chat = null;
        long seen = tokens.object(FIELDS, field -> field(tokens, field));
        boolean targetIsRead = isRead(seen, "team", team) && isRead(seen, "chat", chat);
        if (seen != Tokens.NO_OBJECT) {
            if ((seen & FIELDS.bit("user")) == 0) {
                tokens.missing(Code.MISSING_FIELD, "user", "the assignment has no `user`", place);
            }
            if ((seen & FIELDS.bit("role")) == 0) {
                tokens.missing(Code.MISSING_FIELD, "role", "the assignment has no `role`", place);
            }
            if (team != null && chat != null) {
                String message =
                        "the assignment has a `team` and a `chat`: expected at most one of them, because a role"
                                + " is assigned at one target";
                tokens.problems().add(Code.UNKNOWN_FIELD, tokens.pointer() + "/chat", chat, message, place);
                targetIsRead = false;
            }
        }
        if (user == null || role == null || !targetIsRead) {
            elements.omit();
        } else {
            builder.assign(user, role, target());
        }
    }

    private static boolean isRead(long seen, String field, @Nullable String value) {
        return value != null || (seen & FIELDS.bit(field)) == 0;
    }

    private void field(Tokens tokens, String field) throws IOException {
        switch (field) {
            case "user" -> user = tokens.text("the id of a user");
            case "role" -> role = tokens.text("the id of a role");
            case "team" -> team = tokens.text("the id of a team");
            default -> chat = tokens.text("the id of a chat");
        }
    }

    private Target target() {
        if (team != null) {
            return Target.team(team);
        }
        return chat != null ? Target.chat(chat) : Target.account();
    }
}
