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

/** A role as a document states it, as far as it could be read. */
final class RoleDraft {

    private static final Fields FIELDS = Fields.of(
            "id", "name", "description", "scope", "type", "default", "rights", "createdAt", "updatedAt", "discardedAt");

    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String description;
    private @Nullable Scope scope;
    private RoleType type = RoleType.CUSTOM;
    private boolean defaultRole;
    private @Nullable RightsDraft rightsDraft;
    private Rights rights = Rights.none();
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;
    private @Nullable Instant discardedAt;
    private boolean stateIsKnown = true;

    private RoleDraft() {}

    /** Reads a role; what is wrong with its form is reported. */
    static RoleDraft read(Tokens tokens) throws IOException {
        RoleDraft draft = new RoleDraft();
        long place = tokens.place();
        long seen = tokens.object(FIELDS, field -> draft.read(tokens, field));
        if (seen != Tokens.NO_OBJECT) {
            if ((seen & FIELDS.bit("id")) == 0) {
                tokens.missing(Code.MISSING_FIELD, "id", "the role has no `id`", place);
            }
            String which = draft.id == null ? "the role" : "role " + Violation.quote(draft.id);
            if ((seen & FIELDS.bit("name")) == 0) {
                tokens.missing(Code.NAME_MISSING, "name", which + " has no `name`", place);
            }
            if ((seen & FIELDS.bit("scope")) == 0) {
                String message = which + " has no `scope`: expected one of " + Words.SCOPES.keySet();
                tokens.missing(Code.MISSING_FIELD, "scope", message, place);
            }
        }
        return draft;
    }

    private void read(Tokens tokens, String field) throws IOException {
        switch (field) {
            case "id" -> id = markedText(tokens);
            case "name" -> name = markedText(tokens);
            case "description" -> description = markedText(tokens);
            case "scope" -> {
                tokens.mark();
                scope = Words.scope(tokens);
            }
            case "type" ->
                type = Objects.requireNonNullElse(tokens.word(Words.TYPES, "a type of role", Code.WRONG_TYPE), type);
            case "default" -> {
                Boolean flag = tokens.flag();
                stateIsKnown &= flag != null;
                defaultRole = flag != null && flag;
            }
            case "rights" -> rightsDraft = RightsDraft.read(tokens);
            case "createdAt" -> createdAt = tokens.instant();
            case "updatedAt" -> updatedAt = tokens.instant();
            default -> {
                discardedAt = tokens.instant();
                stateIsKnown &= discardedAt != null;
            }
        }
    }

    private static @Nullable String markedText(Tokens tokens) throws IOException {
        tokens.mark();
        return tokens.text("a text");
    }

    @Nullable
    String id() {
        return id;
    }

    @Nullable
    String name() {
        return name;
    }

    /** Whether there is enough to make a role of it. */
    boolean isComplete() {
        return id != null && name != null && scope != null;
    }

    /** Whether it is known that it is a default role, or discarded. */
    boolean stateIsKnown() {
        return stateIsKnown;
    }

    /** Looks the rights up; what is wrong with them is reported. */
    void find(RightsLookup lookup) {
        if (rightsDraft != null) {
            rights = lookup.rights(rightsDraft, id, scope);
            rightsDraft = null;
        }
    }

    /** Leaves the rights out, because there is nothing to look them up in. */
    void dropRights() {
        rightsDraft = null;
    }

    /** The role, with these in place of what could not be read. */
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
