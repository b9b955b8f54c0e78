package io.rbac.jackson;

import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the {@code teams} and {@code chats} of a document. */
final class TargetReader {

    private static final FieldSet CHAT = FieldSet.of("id", "team");

    private final Policy.Builder builder;
    private boolean teamsAreComplete = true;
    private boolean chatsAreComplete = true;
    private @Nullable String chat;
    private @Nullable String team;

    TargetReader(Policy.Builder builder) {
        this.builder = builder;
    }

    void readTeams(Tokens tokens, ArrayLocations locations) throws IOException {
        boolean isArray = tokens.readArray(Policy.MAX_TARGETS, () -> {
            locations.add(tokens.location());
            String id = tokens.readString("the id of a team");
            if (id == null) {
                locations.omitLast();
            } else {
                builder.team(id);
            }
        });
        teamsAreComplete = isArray && !locations.isIncomplete();
    }

    void readChats(Tokens tokens, ArrayLocations locations) throws IOException {
        boolean isArray = tokens.readArray(Policy.MAX_TARGETS, () -> readChat(tokens, locations));
        chatsAreComplete = isArray && !locations.isIncomplete();
    }

    private void readChat(Tokens tokens, ArrayLocations locations) throws IOException {
        long location = tokens.location();
        locations.add(location);
        chat = null;
        team = null;
        long seen = tokens.readObject(CHAT, field -> {
            if (field.equals("id")) {
                chat = tokens.readString("the id of a chat");
            } else {
                team = tokens.readString("the id of a team");
            }
        });
        if (CHAT.lacks(seen, "id")) {
            tokens.reportMissing(Code.MISSING_FIELD, "id", "the chat has no `id`: expected one", location);
        }
        if (chat == null) {
            locations.omitLast();
        } else if (team == null) {
            builder.chat(chat);
        } else {
            builder.chat(chat, team);
        }
    }

    /** Returns whether every team could be read. */
    boolean teamsAreComplete() {
        return teamsAreComplete;
    }

    /** Returns whether every chat could be read. */
    boolean chatsAreComplete() {
        return chatsAreComplete;
    }
}
