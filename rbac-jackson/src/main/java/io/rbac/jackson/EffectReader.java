package io.rbac.jackson;

import io.rbac.jackson.ParsedEntry.Form;
import io.rbac.model.Effect;
import io.rbac.model.Target;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the effects of a commit, as {@link EffectWriter} writes them, or wrote them once. */
final class EffectReader {

    private static final FieldSet FIELDS =
            FieldSet.of("effect", "role", "before", "after", "user", "at", "target", "in", "team", "chat");

    private static final List<String> NONE = List.of();
    private static final List<String> ROLE = List.of("role");
    private static final List<String> BEFORE_AND_AFTER = List.of("before", "after");
    private static final List<String> TARGET = List.of("target");
    private static final List<String> PARENT = List.of("in");
    private static final List<String> TEAM = List.of("team");
    private static final List<String> CHAT = List.of("chat");
    private static final List<String> ASSIGNMENT = List.of("user", "role");
    private static final List<String> PLACE = ParsedEntry.PLACES;

    private static final Map<String, Form<Effect>> FORMS = forms();

    private EffectReader() {}

    static @Nullable Effect read(Tokens tokens, RightsLookup lookup, DocumentScopes scopes) throws IOException {
        return ParsedEntry.read(tokens, lookup, scopes, FIELDS, "effect", FORMS);
    }

    private static Map<String, Form<Effect>> forms() {
        Map<String, Form<Effect>> forms = new LinkedHashMap<>();
        for (Effect.Kind kind : Effect.Kind.values()) {
            forms.put(WireFormat.word(kind), form(kind));
        }
        forms.putAll(formerForms());
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
            case TARGET_ADDED ->
                new Form<>(TARGET, PARENT, entry -> new Effect.TargetAdded(entry.target(), entry.parent()));
            case TARGET_MOVED ->
                new Form<>(
                        TARGET,
                        BEFORE_AND_AFTER,
                        entry -> new Effect.TargetMoved(
                                entry.target(), entry.targetIn("before"), entry.targetIn("after")));
            case TARGET_REMOVED ->
                new Form<>(TARGET, PARENT, entry -> new Effect.TargetRemoved(entry.target(), entry.parent()));
            case ASSIGNMENT_ADDED ->
                new Form<>(ASSIGNMENT, PLACE, entry -> new Effect.AssignmentAdded(entry.assignment()));
            case ASSIGNMENT_REMOVED ->
                new Form<>(ASSIGNMENT, PLACE, entry -> new Effect.AssignmentRemoved(entry.assignment()));
        };
    }

    /** The forms of what was written before effects named targets of any scope. */
    private static Map<String, Form<Effect>> formerForms() {
        Map<String, Form<Effect>> forms = new LinkedHashMap<>();
        forms.put(
                "teamAdded",
                new Form<>(TEAM, NONE, entry -> new Effect.TargetAdded(entry.team("team"), Target.account())));
        forms.put(
                "teamRemoved",
                new Form<>(TEAM, NONE, entry -> new Effect.TargetRemoved(entry.team("team"), Target.account())));
        forms.put(
                "chatAdded",
                new Form<>(
                        CHAT, TEAM, entry -> new Effect.TargetAdded(entry.chat("chat"), entry.teamOrAccount("team"))));
        forms.put(
                "chatMoved",
                new Form<>(
                        CHAT,
                        BEFORE_AND_AFTER,
                        entry -> new Effect.TargetMoved(
                                entry.chat("chat"), entry.teamOrAccount("before"), entry.teamOrAccount("after"))));
        forms.put(
                "chatRemoved",
                new Form<>(
                        CHAT,
                        TEAM,
                        entry -> new Effect.TargetRemoved(entry.chat("chat"), entry.teamOrAccount("team"))));
        return forms;
    }
}
