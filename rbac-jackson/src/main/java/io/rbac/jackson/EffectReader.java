package io.rbac.jackson;

import io.rbac.jackson.CommitPart.Kind;
import io.rbac.jackson.CommitPart.Maker;
import io.rbac.model.Assignment;
import io.rbac.model.Effect;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the effects of a commit. */
final class EffectReader {

    private static final Fields FIELDS = Fields.of("effect", "role", "before", "after", "user", "team", "chat");

    private static final List<String> NONE = List.of();
    private static final List<String> ROLE = List.of("role");
    private static final List<String> ROLES = List.of("before", "after");
    private static final List<String> TEAM = List.of("team");
    private static final List<String> CHAT = List.of("chat");
    private static final List<String> ASSIGNMENT = List.of("user", "role");
    private static final List<String> TARGET = List.of("team", "chat");

    private static final Map<String, Kind<Effect>> KINDS = kinds();

    private EffectReader() {}

    static @Nullable Effect read(Tokens tokens, RightsLookup lookup) throws IOException {
        return CommitPart.read(tokens, lookup, FIELDS, "effect", KINDS);
    }

    private static Map<String, Kind<Effect>> kinds() {
        Map<String, Kind<Effect>> kinds = new LinkedHashMap<>();
        kinds.put("roleAdded", kind(ROLE, NONE, part -> new Effect.RoleAdded(part.role("role"))));
        kinds.put(
                "roleChanged",
                kind(ROLES, NONE, part -> new Effect.RoleChanged(part.role("before"), part.role("after"))));
        kinds.put("roleRemoved", kind(ROLE, NONE, part -> new Effect.RoleRemoved(part.role("role"))));
        kinds.put("teamAdded", kind(TEAM, NONE, part -> new Effect.TeamAdded(part.text("team"))));
        kinds.put("teamRemoved", kind(TEAM, NONE, part -> new Effect.TeamRemoved(part.text("team"))));
        kinds.put(
                "chatAdded",
                kind(CHAT, TEAM, part -> new Effect.ChatAdded(part.text("chat"), part.textOrNull("team"))));
        kinds.put(
                "chatMoved",
                kind(
                        CHAT,
                        ROLES,
                        part -> new Effect.ChatMoved(
                                part.text("chat"), part.textOrNull("before"), part.textOrNull("after"))));
        kinds.put(
                "chatRemoved",
                kind(CHAT, TEAM, part -> new Effect.ChatRemoved(part.text("chat"), part.textOrNull("team"))));
        kinds.put("assignmentAdded", kind(ASSIGNMENT, TARGET, part -> new Effect.AssignmentAdded(assignment(part))));
        kinds.put(
                "assignmentRemoved", kind(ASSIGNMENT, TARGET, part -> new Effect.AssignmentRemoved(assignment(part))));
        return kinds;
    }

    private static Kind<Effect> kind(List<String> required, List<String> optional, Maker<Effect> maker) {
        return new Kind<>(required, optional, maker);
    }

    private static Assignment assignment(CommitPart part) {
        return new Assignment(part.text("user"), part.text("role"), part.target());
    }
}
