package io.rbac.jackson;

import io.rbac.model.Policy;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code teams} and {@code chats} of a document and holds them until all else is known. */
final class Targets {

    private static final Fields CHAT = Fields.of("id", "team");

    /** The most of either that are read; more do not fit in a policy. */
    private static final int MAX = 1 << 27;

    private final List<String> teams = new ArrayList<>();
    private final List<Chat> chats = new ArrayList<>();
    private boolean teamsAreRead = true;
    private boolean chatsAreRead = true;

    private record Chat(String id, @Nullable String team) {}

    void readTeams(Tokens tokens, Elements elements) throws IOException {
        teamsAreRead = tokens.array(MAX, () -> {
            elements.add(tokens.place());
            String id = tokens.text("the id of a team");
            if (id == null) {
                elements.omit();
            } else {
                teams.add(id);
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
        if (id == null) {
            elements.omit();
        } else {
            chats.add(new Chat(id, values[1]));
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

    void addTo(Policy.Builder builder) {
        teams.forEach(builder::team);
        for (Chat chat : chats) {
            if (chat.team == null) {
                builder.chat(chat.id);
            } else {
                builder.chat(chat.id, chat.team);
            }
        }
    }
}
