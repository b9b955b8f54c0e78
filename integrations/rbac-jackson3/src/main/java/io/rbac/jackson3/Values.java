package io.rbac.jackson3;

import io.rbac.guard.Capabilities;
import io.rbac.model.Permission;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Violation;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes values as rbac-jackson does; a test compares the two. */
final class Values {

    private Values() {}

    /** Writes rights, groups and actions in the order of the catalog. */
    static void write(Rights rights, JsonGenerator json) {
        json.writeStartObject();
        String group = null;
        for (Permission permission : rights) {
            if (!permission.group().equals(group)) {
                if (group != null) {
                    json.writeEndObject();
                }
                group = permission.group();
                json.writeObjectPropertyStart(group);
            }
            json.writeBooleanProperty(permission.action(), true);
        }
        if (group != null) {
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /**
     * Writes a role; what is at its default is left out.
     *
     * @param tree the scopes of which the role has one
     */
    static void write(Role role, ScopeTree tree, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("id", role.id());
        json.writeStringProperty("name", role.name());
        role.description().ifPresent(description -> json.writeStringProperty("description", description));
        Scope scope = role.scope();
        json.writeStringProperty("scope", scope.isAccount() ? tree.account().name() : scope.name());
        if (role.type() == RoleType.SYSTEM) {
            json.writeStringProperty("type", role.type().word());
        }
        if (role.isDefault()) {
            json.writeBooleanProperty("default", true);
        }
        if (!role.rights().isEmpty()) {
            json.writeName("rights");
            write(role.rights(), json);
        }
        write("createdAt", role.createdAt(), json);
        write("updatedAt", role.updatedAt(), json);
        write("discardedAt", role.discardedAt(), json);
        json.writeEndObject();
    }

    private static void write(String field, Optional<Instant> instant, JsonGenerator json) {
        instant.ifPresent(time -> json.writeStringProperty(field, time.toString()));
    }

    static void write(Violation violation, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("code", violation.code().name());
        json.writeStringProperty("path", violation.path());
        violation.value().ifPresent(value -> json.writeStringProperty("value", value));
        json.writeStringProperty("message", violation.message());
        if (violation.line() > 0) {
            json.writeNumberProperty("line", violation.line());
            json.writeNumberProperty("column", violation.column());
        }
        json.writeEndObject();
    }

    static void write(Capabilities capabilities, JsonGenerator json) {
        json.writeStartObject();
        json.writeBooleanProperty("edit", capabilities.mayEdit());
        json.writeBooleanProperty("delete", capabilities.mayDelete());
        json.writeBooleanProperty("editRights", capabilities.mayEditRights());
        json.writeBooleanProperty("assign", capabilities.mayAssign());
        json.writeEndObject();
    }
}
