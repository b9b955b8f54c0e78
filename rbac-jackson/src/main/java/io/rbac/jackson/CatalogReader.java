package io.rbac.jackson;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code catalog} of a document.
 *
 * <p>What cannot be read gets a name that stands in for it, so that all else keeps its position and is judged.
 */
final class CatalogReader {

    private static final Fields GROUP = Fields.of("group", "actions", "scopes");
    private static final Fields ACTION = Fields.of("action", "key", "scopes", "title", "description");

    private final Tokens tokens;
    private final Locations locations;
    private final PermissionCatalog.Builder builder = PermissionCatalog.builder();
    private final Set<String> standIns = new HashSet<>();
    private int permissions;

    private CatalogReader(Tokens tokens, Locations locations) {
        this.tokens = tokens;
        this.locations = locations;
    }

    /** Reads a catalog; null where anything is wrong with it. */
    static @Nullable PermissionCatalog read(Tokens tokens, Locations locations) throws IOException {
        return new CatalogReader(tokens, locations).read();
    }

    private @Nullable PermissionCatalog read() throws IOException {
        Problems problems = tokens.problems();
        long before = problems.total();
        tokens.array(PermissionCatalog.MAX_PERMISSIONS, this::group);
        try {
            PermissionCatalog catalog = builder.build();
            return problems.total() == before ? catalog : null;
        } catch (PolicyViolationException e) {
            problems.addAll(e, violation -> !standIns.contains(violation.value().orElse("")), locations);
            return null;
        }
    }

    private void group() throws IOException {
        tokens.mark();
        Group group = new Group();
        long place = tokens.place();
        long seen = tokens.object(GROUP, field -> {
            tokens.mark();
            switch (field) {
                case "group" -> group.name = tokens.text("the name of the group");
                case "actions" -> tokens.array(limit(), () -> group.actions.add(action()));
                default -> group.scopes = scopes();
            }
        });
        if (seen != Tokens.NO_OBJECT) {
            requireField(seen, GROUP, "group", "the rights group has no `group`: expected its name", place);
            requireField(seen, GROUP, "actions", "the rights group has no `actions`", place);
        }
        builder.group(group.name == null ? standIn() : group.name, group.scopes, group.actions);
    }

    private static final class Group {
        @Nullable
        String name;

        Set<Scope> scopes = EnumSet.allOf(Scope.class);
        final List<Action> actions = new ArrayList<>();
    }

    private Action action() throws IOException {
        permissions++;
        tokens.mark();
        if (!tokens.isObject()) {
            String name = tokens.text("the name of an action, or an object");
            return Action.of(name == null ? standIn() : name);
        }
        long place = tokens.place();
        ActionFields fields = new ActionFields();
        long seen = tokens.object(ACTION, field -> {
            tokens.mark();
            switch (field) {
                case "action" -> fields.name = tokens.text("the name of the action");
                case "key" -> fields.key = tokens.text("the key of the permission");
                case "scopes" -> fields.scopes = scopes();
                case "title" -> fields.title = tokens.text("a text");
                default -> fields.description = tokens.text("a text");
            }
        });
        requireField(seen, ACTION, "action", "the action has no `action`: expected its name", place);
        Action action = Action.of(fields.name == null ? standIn() : fields.name);
        action = fields.key == null ? action : action.withKey(fields.key);
        action = fields.scopes == null ? action : action.withScopes(fields.scopes);
        action = fields.title == null ? action : action.withTitle(fields.title);
        return fields.description == null ? action : action.withDescription(fields.description);
    }

    private static final class ActionFields {
        @Nullable
        String name;

        @Nullable
        String key;

        @Nullable
        Set<Scope> scopes;

        @Nullable
        String title;

        @Nullable
        String description;
    }

    private Set<Scope> scopes() throws IOException {
        Set<Scope> scopes = Words.scopes(tokens);
        return scopes == null ? EnumSet.allOf(Scope.class) : scopes;
    }

    private int limit() {
        return PermissionCatalog.MAX_PERMISSIONS - permissions;
    }

    private String standIn() {
        String name = "unreadable-" + standIns.size();
        standIns.add(name);
        return name;
    }

    private void requireField(long seen, Fields fields, String field, String message, long place) {
        if ((seen & fields.bit(field)) == 0) {
            tokens.missing(Code.MISSING_FIELD, field, message, place);
        }
    }
}
