package io.rbac.jackson;

import io.rbac.jackson.ParsedEntry.Form;
import io.rbac.model.Effect;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the effects of a commit, as {@link EffectWriter} writes them. */
final class EffectReader {

    private static final FieldSet FIELDS = FieldSet.of("effect", "role", "before", "after", "user", "team", "chat");

    private static final List<String> NONE = List.of();
    private static final List<String> ROLE = List.of("role");
    private static final List<String> BEFORE_AND_AFTER = List.of("before", "after");
    private static final List<String> TEAM = List.of("team");
    private static final List<String> CHAT = List.of("chat");
    private static final List<String> ASSIGNMENT = List.of("user", "role");
    private static final List<String> TARGET = List.of("team", "chat");

    private static final Map<String, Form<Effect>> FORMS = forms();

    private EffectReader() {}

    static @Nullable Effect read(Tokens tokens, RightsLookup lookup) throws IOException {
        return ParsedEntry.read(tokens, lookup, FIELDS, "effect", FORMS);
    }

    private static Map<String, Form<Effect>> forms() {
        Map<String, Form<Effect>> forms = new LinkedHashMap<>();
        for (Effect.Kind kind : Effect.Kind.values()) {
            forms.put(WireFormat.word(kind), form(kind));
        }
        return forms;
    }

    private static Form<Effect> form(Effect.Kind kind) {
        return switch (kind) {
            case ROLE_ADDED -> new Form<>(ROLE, NONE, entry -> new Effect.RoleAdded(entry.role("role")));
            case ROLE_CHANGED ->
                new Form<>(
                        BEFORE_AND_AFTER,
                        NONE,
                        entry -> new Effect.RoleChanged(entry.role("before"), entry.role("after")));
            case ROLE_REMOVED -> new Form<>(ROLE, NONE, entry -> new Effect.RoleRemoved(entry.role("role")));
            case TEAM_ADDED -> new Form<>(TEAM, NONE, entry -> new Effect.TeamAdded(entry.string("team")));
            case TEAM_REMOVED -> new Form<>(TEAM, NONE, entry -> new Effect.TeamRemoved(entry.string("team")));
            case CHAT_ADDED ->
                new Form<>(CHAT, TEAM, entry -> new Effect.ChatAdded(entry.string("chat"), entry.stringOrNull("team")));
            case CHAT_MOVED ->
                new Form<>(
                        CHAT,
                        BEFORE_AND_AFTER,
                        entry -> new Effect.ChatMoved(
                                entry.string("chat"), entry.stringOrNull("before"), entry.stringOrNull("after")));
            case CHAT_REMOVED ->
                new Form<>(
                        CHAT, TEAM, entry -> new Effect.ChatRemoved(entry.string("chat"), entry.stringOrNull("team")));
            case ASSIGNMENT_ADDED ->
                new Form<>(ASSIGNMENT, TARGET, entry -> new Effect.AssignmentAdded(entry.assignment()));
            case ASSIGNMENT_REMOVED ->
                new Form<>(ASSIGNMENT, TARGET, entry -> new Effect.AssignmentRemoved(entry.assignment()));
        };
    }
}
