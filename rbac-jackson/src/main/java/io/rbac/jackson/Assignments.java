package io.rbac.jackson;

import io.rbac.model.Policy;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code assignments} of a document and holds them until all else is known: three references each. An id that
 * comes again is held once; of users only the last one is looked at, because their assignments come together.
 */
final class Assignments {

    private static final Fields FIELDS = Fields.of("user", "role", "team", "chat");

    /** The most that are read; more do not fit in a policy. */
    private static final int MAX = 1 << 30;

    private static final int WAITING = 64;

    private final List<String> users = new ArrayList<>();
    private final List<String> roles = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final Map<String, String> roleIds = new HashMap<>();
    private final Map<String, Target> teams = new HashMap<>();
    private final Map<String, Target> chats = new HashMap<>();

    /** The targets of the last assignments, which are not among {@link #targets} yet. */
    private final Target[] waiting = new Target[WAITING];

    private int waitingCount;

    private String lastUser = "";
    private @Nullable String user;
    private @Nullable String role;
    private @Nullable String team;
    private @Nullable String chat;

    void read(Tokens tokens, Elements elements) throws IOException {
        tokens.array(MAX, () -> readOne(tokens, elements));
        shareWaiting();
        roleIds.clear();
        teams.clear();
        chats.clear();
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
            return;
        }
        lastUser = user.equals(lastUser) ? lastUser : user;
        users.add(lastUser);
        String heldRole = roleIds.putIfAbsent(role, role);
        roles.add(heldRole == null ? role : heldRole);
        waiting[waitingCount++] = target();
        if (waitingCount == WAITING) {
            shareWaiting();
        }
    }

    /**
     * Holds each target once. Many are looked up in a row, as they come from all over the memory, and a processor waits for
     * several of them together where nothing is read in between.
     */
    private void shareWaiting() {
        for (int i = 0; i < waitingCount; i++) {
            Target target = waiting[i];
            targets.add(
                    switch (target.scope()) {
                        case ACCOUNT -> target;
                        case TEAM -> teams.computeIfAbsent(target.id(), id -> target);
                        case CHAT -> chats.computeIfAbsent(target.id(), id -> target);
                    });
        }
        waitingCount = 0;
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

    void addTo(Policy.Builder builder) {
        for (int i = 0; i < users.size(); i++) {
            builder.assign(users.get(i), roles.get(i), targets.get(i));
        }
    }
}
