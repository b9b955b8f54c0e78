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

    private static final FieldSet FIELDS =
            FieldSet.of("effect", "role", "before", "after", "user", "at", "target", "in");

    private static final List<String> NONE = List.of();
    private static final List<String> ROLE = List.of("role");
    private static final List<String> BEFORE_AND_AFTER = List.of("before", "after");
    private static final List<String> TARGET = List.of("target");
    private static final List<String> PARENT = List.of("in");
    private static final List<String> ASSIGNMENT = List.of("user", "role");
    private static final List<String> PLACE = List.of("at");

    private static final Map<String, Form<Effect>> FORMS = forms();

    private EffectReader() {}

    static @Nullable Effect read(Tokens tokens, StoredRights storedRights, DocumentScopes scopes) throws IOException {
        return ParsedEntry.read(tokens, storedRights, scopes, FIELDS, "effect", FORMS);
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
}
