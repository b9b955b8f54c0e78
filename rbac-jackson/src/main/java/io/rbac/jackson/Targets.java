package io.rbac.jackson;

import io.rbac.model.Policy;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the {@code teams} and {@code chats} of a document. */
final class Targets {

    private static final Fields CHAT = Fields.of("id", "team");

    /** The most of either that are read; more do not fit in a policy. */
    private static final int MAX = 1 << 27;

    private final Policy.Builder builder;
    private boolean teamsAreRead = true;
    private boolean chatsAreRead = true;

    Targets(Policy.Builder builder) {
        this.builder = builder;
    }

    void readTeams(Tokens tokens, Elements elements) throws IOException {
        teamsAreRead = tokens.array(MAX, () -> {
            elements.add(tokens.place());
            String id = tokens.text("the id of a team");
            if (id == null) {
                elements.omit();
            } else {
                builder.team(id);
            }
        });
        teamsAreRead &= !elements.isIncomplete();
    }

    void readChats(Tokens tokens, Elements elements) throws IOException {
        chatsAreRead = tokens.array(MAX, () -> readChat(tokens, elements));
        chatsAreRead &= !elements.isIncomplete();
    }

    private void readChat(Tokens tokens, Elements elements) throws IOException {
        long place = tokens.place();
        elements.add(place);
        @Nullable String[] values = new String[CHAT.names().size()];
        long seen = tokens.object(CHAT, field -> {
            if (field.equals("id")) {
                values[0] = tokens.text("the id of a chat");
            } else {
                values[1] = tokens.text("the id of a team");
            }
        });
        if (seen != Tokens.NO_OBJECT && (seen & CHAT.bit("id")) == 0) {
            tokens.missing(Code.MISSING_FIELD, "id", "the chat has no `id`", place);
        }
        String id = values[0];
        String team = values[1];
        if (id == null) {
            elements.omit();
        } else if (team == null) {
            builder.chat(id);
        } else {
            builder.chat(id, team);
        }
    }

    /** Whether every team is known. */
    boolean teamsAreRead() {
        return teamsAreRead;
    }

    /** Whether every chat is known. */
    boolean chatsAreRead() {
        return chatsAreRead;
    }
}
