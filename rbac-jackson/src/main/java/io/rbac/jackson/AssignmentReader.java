package io.rbac.jackson;

import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the {@code assignments} of a document. */
final class AssignmentReader {

    private static final FieldSet FIELDS = FieldSet.of("user", "role", "team", "chat");

    private final Policy.Builder builder;
    private @Nullable String user;
    private @Nullable String role;
    private @Nullable String team;
    private @Nullable String chat;

    AssignmentReader(Policy.Builder builder) {
        this.builder = builder;
    }

    void read(Tokens tokens, ArrayLocations locations) throws IOException {
        tokens.readArray(Policy.MAX_ASSIGNMENTS, () -> readOne(tokens, locations));
    }

    private void readOne(Tokens tokens, ArrayLocations locations) throws IOException {
        long location = tokens.location();
        locations.add(location);
        user = null;
        role = null;
        team = null;
        chat = null;
        long seen = tokens.readObject(FIELDS, field -> readField(tokens, field));
        if (FIELDS.lacks(seen, "user")) {
            tokens.reportMissing(
                    Code.MISSING_FIELD, "user", "the assignment has no `user`: expected the id of one", location);
        }
        if (FIELDS.lacks(seen, "role")) {
            tokens.reportMissing(
                    Code.MISSING_FIELD, "role", "the assignment has no `role`: expected the id of one", location);
        }
        boolean hasTwoTargets = team != null && chat != null;
        if (hasTwoTargets) {
            String message =
                    "the assignment has a `team` and a `chat`: expected at most one of them, because a role is assigned at"
                            + " one target";
            tokens.violations().add(Code.UNKNOWN_FIELD, tokens.pointer() + "/chat", chat, message, location);
        }
        boolean targetIsKnown = !hasTwoTargets && isComplete(seen, "team", team) && isComplete(seen, "chat", chat);
        if (user == null || role == null || !targetIsKnown) {
            locations.omitLast();
        } else {
            builder.assign(user, role, target());
        }
    }

    /** Returns whether a field could be read, or is not there. */
    private static boolean isComplete(long seen, String field, @Nullable String value) {
        return value != null || FIELDS.lacks(seen, field);
    }

    private void readField(Tokens tokens, String field) throws IOException {
        switch (field) {
            case "user" -> user = tokens.readString("the id of a user");
            case "role" -> role = tokens.readString("the id of a role");
            case "team" -> team = tokens.readString("the id of a team");
            default -> chat = tokens.readString("the id of a chat");
        }
    }

    private Target target() {
        if (team != null) {
            return Target.team(team);
        }
        return chat != null ? Target.chat(chat) : Target.account();
    }
}
