package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.ScopeTree;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Writes roles and rights; what is at its default is left out. */
final class RoleWriter {

    private RoleWriter() {}

    /** @param tree the scopes of which the role has one */
    static void write(Role role, ScopeTree tree, JsonGenerator json) throws IOException {
        write(role, tree, false, json);
    }

    /** Writes a role whose permissions have the keys that are written, whatever a catalog says of their groups and actions. */
    static void writeWithKeys(Role role, ScopeTree tree, JsonGenerator json) throws IOException {
        write(role, tree, true, json);
    }

    private static void write(Role role, ScopeTree tree, boolean withKeys, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", role.id());
        json.writeStringField("name", role.name());
        if (role.description().isPresent()) {
            json.writeStringField("description", role.description().get());
        }
        json.writeStringField("scope", DocumentScopes.name(role.scope(), tree));
        if (role.type() == RoleType.SYSTEM) {
            json.writeStringField("type", role.type().word());
        }
        if (role.isDefault()) {
            json.writeBooleanField("default", true);
        }
        if (!role.rights().isEmpty()) {
            json.writeFieldName("rights");
            write(role.rights(), withKeys, json);
        }
        instant("createdAt", role.createdAt(), json);
        instant("updatedAt", role.updatedAt(), json);
        instant("discardedAt", role.discardedAt(), json);
        json.writeEndObject();
    }

    private static void instant(String field, Optional<Instant> instant, JsonGenerator json) throws IOException {
        if (instant.isPresent()) {
            json.writeStringField(field, instant.get().toString());
        }
    }

    /** Writes rights, groups and actions in the order of the catalog. */
    static void write(Rights rights, JsonGenerator json) throws IOException {
        write(rights, false, json);
    }

    /** Writes rights with the keys that are not {@code group:action}. */
    static void writeWithKeys(Rights rights, JsonGenerator json) throws IOException {
        write(rights, true, json);
    }

    private static void write(Rights rights, boolean withKeys, JsonGenerator json) throws IOException {
        json.writeStartObject();
        String group = null;
        for (Permission permission : rights) {
            if (!permission.group().equals(group)) {
                if (group != null) {
                    json.writeEndObject();
                }
                group = permission.group();
                json.writeObjectFieldStart(group);
            }
            if (withKeys && hasOwnKey(permission)) {
                json.writeStringField(permission.action(), permission.key());
            } else {
                json.writeBooleanField(permission.action(), true);
            }
        }
        if (group != null) {
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    static boolean hasOwnKey(Permission permission) {
        return !permission.key().equals(permission.group() + ':' + permission.action());
    }
}
