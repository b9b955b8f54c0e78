package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.RightsGroup;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rights of a role, from a list of keys or from an object of groups and actions. Retired permissions are
 * dropped; anything wrong is reported and left out.
 */
final class RightsReader {

    private final PermissionCatalog catalog;
    private final @Nullable Scope scope;
    private final boolean lenient;
    private final Violation.Collector violations;
    private final List<String> keys = new ArrayList<>();

    /**
     * @param catalog the permissions that there are
     * @param scope the scope of the role, {@code null} if it is not known
     * @param lenient whether an unknown right that is {@code false} is dropped
     * @param violations collects what is wrong
     */
    RightsReader(PermissionCatalog catalog, @Nullable Scope scope, boolean lenient, Violation.Collector violations) {
        this.catalog = catalog;
        this.scope = scope;
        this.lenient = lenient;
        this.violations = violations;
    }

    /** Reads an array of keys; returns {@code null} if the field is absent. */
    @Nullable
    Rights readKeys(RequestFields fields, String name) {
        JsonNode value = fields.value(name);
        List<String> strings = fields.strings(name);
        if (value == null || strings == null) {
            return null;
        }
        for (int i = 0; i < strings.size(); i++) {
            if (value.get(i).isTextual()) {
                readKey(strings.get(i), fields.pointer(name) + '/' + i);
            }
        }
        return catalog.rights(keys);
    }

    private void readKey(String key, String pointer) {
        Permission permission = catalog.findRenamed(key).orElse(null);
        if (permission != null) {
            if (isInScope(permission, pointer)) {
                keys.add(permission.key());
            }
        } else if (!catalog.retired().contains(key)) {
            violations.add(
                    Code.UNKNOWN_PERMISSION,
                    pointer,
                    key,
                    Violation.quote(key) + " is not a permission of the catalog"
                            + violations.didYouMean(key, catalog::keys));
        }
    }

    /** Reads an object of groups and actions; returns {@code null} if the field is absent. */
    @Nullable
    Rights readGroups(RequestFields fields, String name) {
        JsonNode value = fields.value(name);
        if (value == null) {
            return null;
        }
        String pointer = fields.pointer(name);
        if (!value.isObject()) {
            RequestFields.reportWrongType(violations, pointer, value, "an object of rights groups");
            return null;
        }
        for (Map.Entry<String, JsonNode> group : value.properties()) {
            readGroup(group.getKey(), group.getValue(), pointer + Violation.pointer(group.getKey()));
        }
        return catalog.rights(keys);
    }

    private void readGroup(String name, JsonNode actions, String pointer) {
        RightsGroup group = catalog.group(name).orElse(null);
        if (!actions.isObject()) {
            RequestFields.reportWrongType(violations, pointer, actions, "an object of actions");
        } else if (group != null) {
            actions.properties()
                    .forEach(action -> readAction(
                            group, action.getKey(), action.getValue(), pointer + Violation.pointer(action.getKey())));
        } else if (!isDropped(name, actions)) {
            violations.add(
                    Code.UNKNOWN_GROUP,
                    pointer,
                    name,
                    Violation.quote(name) + " is not a rights group of the catalog"
                            + violations.didYouMean(
                                    name,
                                    () -> catalog.groups().stream()
                                            .map(RightsGroup::name)
                                            .toList()));
        }
    }

    /** Returns whether an unknown group grants nothing: all its actions are retired or, leniently, {@code false}. */
    private boolean isDropped(String group, JsonNode actions) {
        for (Map.Entry<String, JsonNode> action : actions.properties()) {
            if (!isRetired(group, action.getKey()) && !(lenient && isFalse(action.getValue()))) {
                return false;
            }
        }
        return lenient || !actions.isEmpty();
    }

    private void readAction(RightsGroup group, String name, JsonNode granted, String pointer) {
        Permission permission = group.find(name).orElse(null);
        if (lenient && isFalse(granted)) {
            return;
        }
        if (permission == null) {
            if (!isRetired(group.name(), name)) {
                violations.add(
                        Code.ACTION_NOT_ALLOWED,
                        pointer,
                        name,
                        Violation.quote(name) + " is not an action of the rights group " + Violation.quote(group.name())
                                + violations.didYouMean(
                                        name,
                                        () -> group.permissions().stream()
                                                .map(Permission::action)
                                                .toList()));
            }
        } else if (!granted.isBoolean()) {
            RequestFields.reportWrongType(violations, pointer, granted, "`true` or `false`");
        } else if (isInScope(permission, pointer) && granted.booleanValue()) {
            keys.add(permission.key());
        }
    }

    private static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.booleanValue();
    }

    private boolean isRetired(String group, String action) {
        return catalog.retired().contains(group + ':' + action);
    }

    private boolean isInScope(Permission permission, String pointer) {
        if (scope == null || permission.scopes().contains(scope)) {
            return true;
        }
        violations.add(
                Code.PERMISSION_NOT_IN_SCOPE,
                pointer,
                permission.key(),
                "a role of the scope `" + scope.name() + "` holds " + Violation.quote(permission.key())
                        + ": only roles of "
                        + permission.scopes().stream().map(Scope::name).toList() + " may");
        return false;
    }
}
