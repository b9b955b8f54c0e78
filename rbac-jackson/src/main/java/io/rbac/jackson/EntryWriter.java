package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Assignment;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the fields of changes and effects, and notes whether all of them can be read back. */
final class EntryWriter {

    private final ScopeTree scopes;
    private final JsonGenerator json;
    private boolean isReadable = true;

    EntryWriter(ScopeTree scopes, JsonGenerator json) {
        this.scopes = scopes;
        this.json = json;
    }

    /** Returns whether everything that was written can be read back. */
    boolean isReadable() {
        return isReadable;
    }

    /** Writes a string, or nothing if there is none. */
    void string(String field, @Nullable String value) throws IOException {
        if (value != null && checkLength(value)) {
            json.writeStringField(field, value);
        }
    }

    void strings(String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            if (checkLength(value)) {
                json.writeString(value);
            }
        }
        json.writeEndArray();
    }

    void assignment(Assignment assignment) throws IOException {
        assignment(assignment.user(), assignment.role(), assignment.target());
    }

    void assignment(String user, String role, Target target) throws IOException {
        string("user", user);
        string("role", role);
        targetUnlessAccount("at", target);
    }

    /** Writes a target, or nothing for the account. */
    void targetUnlessAccount(String field, Target target) throws IOException {
        if (!target.isAccount()) {
            target(field, target);
        }
    }

    /** Writes the target that is added, moved or removed, which is not the account. */
    void targetBelowAccount(Target target) throws IOException {
        isReadable &= !target.isAccount();
        target("target", target);
    }

    private void target(String field, Target target) throws IOException {
        checkScope(target.scope());
        string(field, target.withoutParent().toString());
    }

    /** Writes a target with what it lies in, unless that is the account. */
    void target(Target target, Target parent) throws IOException {
        targetBelowAccount(target);
        targetUnlessAccount("in", parent);
    }

    /** Writes a scope, or nothing if there is none. */
    void scope(@Nullable Scope scope) throws IOException {
        if (scope != null) {
            checkScope(scope);
            string("scope", DocumentScopes.name(scope, scopes));
        }
    }

    void attributes(RoleUpdate update) throws IOException {
        string("name", update.name().orElse(null));
        if (update.describes() && update.description().isEmpty()) {
            json.writeNullField("description");
        }
        string("description", update.description().orElse(null));
        if (update.defaultRole().isPresent()) {
            json.writeBooleanField("default", update.defaultRole().get());
        }
        if (update.rights().isPresent()) {
            json.writeFieldName("rights");
            RoleWriter.writeWithKeys(update.rights().get(), json);
        }
    }

    void role(String field, Role role) throws IOException {
        checkLength(role.id());
        checkLength(role.name());
        role.description().ifPresent(this::checkLength);
        checkScope(role.scope());
        json.writeFieldName(field);
        RoleWriter.writeWithKeys(role, scopes, json);
    }

    private void checkScope(Scope scope) {
        isReadable &= scopes.contains(scope);
    }

    /** Returns whether a string is short enough to be read back, and notes if it is not. */
    private boolean checkLength(String value) {
        boolean fits = value.length() <= JsonDocument.MAX_STRING_CHARS;
        isReadable &= fits;
        return fits;
    }
}
