package io.rbac.jackson;

import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A role as it is written in a document, as far as it could be read. */
final class ParsedRole {

    private static final FieldSet FIELDS = FieldSet.of(
            "id", "name", "description", "scope", "type", "default", "rights", "createdAt", "updatedAt", "discardedAt");

    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String description;
    private final DocumentScopes scopes;
    private final @Nullable StoredRights stored;

    /** The scope that is named, of the document's tree. */
    private @Nullable Scope ownScope;

    /** The same at the host. */
    private @Nullable Scope scope;

    private RoleType type = RoleType.CUSTOM;
    private boolean defaultRole;
    private @Nullable ParsedRights parsedRights;
    private Rights rights = Rights.none();
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;
    private @Nullable Instant discardedAt;
    private boolean stateIsKnown = true;

    private ParsedRole(DocumentScopes scopes, @Nullable StoredRights stored) {
        this.scopes = scopes;
        this.stored = stored;
    }

    /** Reads a role; what is wrong with its form is reported. */
    static ParsedRole read(Tokens tokens, DocumentScopes scopes) throws IOException {
        return read(tokens, new ParsedRole(scopes, null));
    }

    /** Reads a role of a commit, with its rights; what is wrong with its form is reported. */
    static ParsedRole read(Tokens tokens, DocumentScopes scopes, StoredRights stored) throws IOException {
        return read(tokens, new ParsedRole(scopes, stored));
    }

    private static ParsedRole read(Tokens tokens, ParsedRole role) throws IOException {
        long location = tokens.location();
        long seen = tokens.readObject(FIELDS, field -> role.readField(tokens, field));
        if (FIELDS.lacks(seen, "id")) {
            tokens.reportMissing(Code.MISSING_FIELD, "id", "the role has no `id`: expected one", location);
        }
        String which = role.id == null ? "the role" : "role " + Violation.quote(role.id);
        if (FIELDS.lacks(seen, "name")) {
            tokens.reportMissing(Code.NAME_MISSING, "name", which + " has no `name`: expected one", location);
        }
        if (FIELDS.lacks(seen, "scope")) {
            String message = which + " has no `scope`: expected one of "
                    + role.scopes.document().scopes();
            tokens.reportMissing(Code.MISSING_FIELD, "scope", message, location);
        }
        return role;
    }

    private void readField(Tokens tokens, String field) throws IOException {
        switch (field) {
            case "id" -> id = readMarkedString(tokens);
            case "name" -> name = readMarkedString(tokens);
            case "description" -> description = readMarkedString(tokens);
            case "scope" -> {
                tokens.mark();
                readScope(tokens);
            }
            case "type" ->
                type = Objects.requireNonNullElse(
                        tokens.readWord(WireFormat.ROLE_TYPES, "a type of role", Code.WRONG_TYPE), type);
            case "default" -> {
                Boolean flag = tokens.readBoolean();
                stateIsKnown &= flag != null;
                defaultRole = flag != null && flag;
            }
            case "rights" -> {
                if (stored == null) {
                    parsedRights = ParsedRights.read(tokens);
                } else {
                    rights = stored.read(tokens);
                }
            }
            case "createdAt" -> createdAt = tokens.readInstant();
            case "updatedAt" -> updatedAt = tokens.readInstant();
            default -> {
                discardedAt = tokens.readInstant();
                stateIsKnown &= discardedAt != null;
            }
        }
    }

    private void readScope(Tokens tokens) throws IOException {
        ownScope = scopes.readScope(tokens);
        if (ownScope != null) {
            String name = ownScope.name();
            scope = scopes.findAtHost(name);
            if (scope == null) {
                tokens.report(Code.SCOPE_INVALID, name, scopes.lacksAtHost(name));
            }
        }
    }

    private static @Nullable String readMarkedString(Tokens tokens) throws IOException {
        tokens.mark();
        return tokens.readString("a string");
    }

    @Nullable
    String id() {
        return id;
    }

    @Nullable
    String name() {
        return name;
    }

    /** Returns whether enough could be read to create the role. */
    boolean isComplete() {
        return id != null && name != null && scope != null;
    }

    /** Returns whether it could be read if this is a default role, and if it is discarded. */
    boolean stateIsKnown() {
        return stateIsKnown;
    }

    /** Looks up the rights; what is wrong with them is reported. */
    void lookUpRights(RightsLookup lookup) {
        if (parsedRights != null) {
            rights = lookup.rights(parsedRights, new RightsLookup.Holder(id, ownScope, scope));
            parsedRights = null;
        }
    }

    /** Leaves out the rights, because there is no catalog to look them up in. */
    void dropRights() {
        parsedRights = null;
    }

    /** Returns the role, with substitutes for what could not be read. */
    Role role(String otherId, String otherName, Scope otherScope) {
        return Role.builder(Objects.requireNonNullElse(id, otherId), Objects.requireNonNullElse(scope, otherScope))
                .name(Objects.requireNonNullElse(name, otherName))
                .description(description)
                .type(type)
                .defaultRole(defaultRole)
                .rights(rights)
                .createdAt(createdAt)
                .updatedAt(updatedAt)
                .discardedAt(discardedAt)
                .build();
    }
}
