package io.rbac.jackson;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code catalog} of a document.
 *
 * <p>A name that cannot be read is replaced by a placeholder, so that everything else keeps its position and is
 * checked.
 */
final class CatalogReader {

    private static final FieldSet GROUP = FieldSet.of("group", "actions", "scopes");
    private static final FieldSet ACTION = FieldSet.of("action", "key", "scopes", "title", "description");

    private final Tokens tokens;
    private final SourceMap sourceMap;
    private final DocumentScopes scopes;
    private final PermissionCatalog.Builder builder;
    private final Set<String> placeholders = new HashSet<>();
    private int permissions;

    private CatalogReader(Tokens tokens, SourceMap sourceMap, DocumentScopes scopes) {
        this.tokens = tokens;
        this.sourceMap = sourceMap;
        this.scopes = scopes;
        this.builder = PermissionCatalog.builder().scopes(scopes.document());
    }

    /** Reads a catalog; null if anything is wrong with it, which is reported. */
    static @Nullable PermissionCatalog read(Tokens tokens, SourceMap sourceMap, DocumentScopes scopes)
            throws IOException {
        return read(tokens, sourceMap, scopes, builder -> {});
    }

    /** Reads a catalog to which something is added that stands elsewhere. */
    static @Nullable PermissionCatalog read(
            Tokens tokens, SourceMap sourceMap, DocumentScopes scopes, Consumer<PermissionCatalog.Builder> addition)
            throws IOException {
        CatalogReader reader = new CatalogReader(tokens, sourceMap, scopes);
        addition.accept(reader.builder);
        return reader.read();
    }

    private @Nullable PermissionCatalog read() throws IOException {
        DocumentViolations violations = tokens.violations();
        long before = violations.total();
        tokens.readArray(PermissionCatalog.MAX_PERMISSIONS, this::readGroup);
        try {
            PermissionCatalog catalog = builder.build();
            return violations.total() == before ? catalog : null;
        } catch (PolicyViolationException e) {
            violations.addAll(
                    e, violation -> !placeholders.contains(violation.value().orElse("")), sourceMap);
            return null;
        }
    }

    private void readGroup() throws IOException {
        tokens.mark();
        ParsedGroup group = new ParsedGroup();
        long location = tokens.location();
        long seen = tokens.readObject(GROUP, field -> {
            tokens.mark();
            switch (field) {
                case "group" -> group.name = tokens.readString("the name of the group");
                case "actions" -> tokens.readArray(remaining(), () -> group.actions.add(readAction()));
                default -> group.scopes = scopes.readScopes(tokens);
            }
        });
        if (GROUP.lacks(seen, "group")) {
            reportMissing("group", "the rights group has no `group`: expected its name", location);
        }
        if (GROUP.lacks(seen, "actions")) {
            reportMissing("actions", "the rights group has no `actions`: expected a list of them", location);
        }
        String name = group.name == null ? placeholder() : group.name;
        if (group.scopes == null) {
            builder.group(name, group.actions);
        } else {
            builder.group(name, group.scopes, group.actions);
        }
    }

    private static final class ParsedGroup {
        @Nullable
        String name;

        /** Null for all. */
        @Nullable
        Set<Scope> scopes;

        final List<Action> actions = new ArrayList<>();
    }

    private Action readAction() throws IOException {
        permissions++;
        tokens.mark();
        if (!tokens.isObject()) {
            String name = tokens.readString("the name of an action, or an object");
            return Action.of(name == null ? placeholder() : name);
        }
        long location = tokens.location();
        ParsedAction parsed = new ParsedAction();
        long seen = tokens.readObject(ACTION, field -> {
            tokens.mark();
            switch (field) {
                case "action" -> parsed.name = tokens.readString("the name of the action");
                case "key" -> parsed.key = tokens.readString("the key of the permission");
                case "scopes" -> parsed.scopes = scopes.readScopes(tokens);
                case "title" -> parsed.title = tokens.readString("a string");
                default -> parsed.description = tokens.readString("a string");
            }
        });
        if (ACTION.lacks(seen, "action")) {
            reportMissing("action", "the action has no `action`: expected its name", location);
        }
        Action action = Action.of(parsed.name == null ? placeholder() : parsed.name);
        action = parsed.key == null ? action : action.withKey(parsed.key);
        action = parsed.scopes == null ? action : action.withScopes(parsed.scopes);
        action = parsed.title == null ? action : action.withTitle(parsed.title);
        return parsed.description == null ? action : action.withDescription(parsed.description);
    }

    private static final class ParsedAction {
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

    private int remaining() {
        return PermissionCatalog.MAX_PERMISSIONS - permissions;
    }

    private String placeholder() {
        String name = "unreadable-" + placeholders.size();
        placeholders.add(name);
        return name;
    }

    private void reportMissing(String field, String message, long location) {
        tokens.reportMissing(Code.MISSING_FIELD, field, message, location);
    }
}
