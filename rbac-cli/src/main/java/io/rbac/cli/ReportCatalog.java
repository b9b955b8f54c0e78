package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.RightsGroup;
import io.rbac.model.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The permissions of a policy, and those that only the one before it has, numbered by groups. */
final class ReportCatalog {

    private final PermissionCatalog catalog;
    private final @Nullable PermissionCatalog before;

    private final List<String> groups = new ArrayList<>();
    private final List<Permission> permissions = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    ReportCatalog(PermissionCatalog catalog, @Nullable PermissionCatalog before) {
        this.catalog = catalog;
        this.before = before;
        for (RightsGroup group : catalog.groups()) {
            groups.add(group.name());
            group.permissions().forEach(this::add);
            if (before != null) {
                before.group(group.name()).ifPresent(then -> then.permissions().forEach(this::addRemoved));
            }
        }
        for (RightsGroup group : before == null ? List.<RightsGroup>of() : before.groups()) {
            if (catalog.group(group.name()).isEmpty()) {
                groups.add(group.name());
                group.permissions().forEach(this::addRemoved);
            }
        }
    }

    private void add(Permission permission) {
        numbers.put(permission.key(), permissions.size());
        permissions.add(permission);
    }

    private void addRemoved(Permission permission) {
        if (isRemoved(permission)) {
            add(permission);
        }
    }

    /** Returns whether only the earlier catalog has a permission. */
    private boolean isRemoved(Permission permission) {
        return catalog.find(permission.key()).isEmpty();
    }

    /** Returns whether there is an earlier catalog, and it has no such permission. */
    private boolean isAdded(Permission permission) {
        return before != null && before.find(permission.key()).isEmpty();
    }

    int addedCount() {
        return Math.toIntExact(permissions.stream().filter(this::isAdded).count());
    }

    int removedCount() {
        return Math.toIntExact(permissions.stream().filter(this::isRemoved).count());
    }

    /** Writes the names of the groups as {@code groups} and the permissions as {@code permissions}. */
    void writeFields(JsonGenerator json) throws IOException {
        JsonStrings.write("groups", groups, json);
        json.writeArrayFieldStart("permissions");
        for (Permission permission : permissions) {
            write(permission, json);
        }
        json.writeEndArray();
    }

    private void write(Permission permission, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", permission.key());
        json.writeStringField("action", permission.action());
        json.writeNumberField("group", groups.indexOf(permission.group()));
        if (permission.title().isPresent()) {
            json.writeStringField("title", permission.title().get());
        }
        JsonStrings.write("scopes", permission.scopes(), Scope::name, json);
        if (isRemoved(permission)) {
            json.writeStringField("state", "removed");
        } else if (isAdded(permission)) {
            json.writeStringField("state", "added");
        }
        json.writeEndObject();
    }

    /** Writes the numbers of some permissions, of either policy. */
    void write(String field, Rights rights, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (Permission permission : rights) {
            json.writeNumber(Objects.requireNonNull(numbers.get(permission.key())));
        }
        json.writeEndArray();
    }
}
