package io.rbac.roleapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.RightsGroup;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rights of a role, as a list of keys or as an object of groups and actions. What is retired is dropped; what is
 * wrong is reported and left out.
 */
final class RightsReader {

    private final PermissionCatalog catalog;
    private final @Nullable Scope scope;
    private final boolean lenient;
    private final Violation.Collector faults;
    private final List<String> keys = new ArrayList<>();

    /**
     * @param scope of the role, {@code null} where it is not known
     * @param lenient whether an unknown right that is {@code false} is dropped
     */
    RightsReader(PermissionCatalog catalog, @Nullable Scope scope, boolean lenient, Violation.Collector faults) {
        this.catalog = catalog;
        this.scope = scope;
        this.lenient = lenient;
        this.faults = faults;
    }

    /** Reads an array of keys; the answer is {@code null} where the field is not there. */
    @Nullable
    Rights keys(Fields fields, String name) {
        JsonNode value = fields.value(name);
        List<String> texts = fields.texts(name);
        if (value == null || texts == null) {
            return null;
        }
        for (int i = 0; i < texts.size(); i++) {
            if (value.get(i).isTextual()) {
                key(texts.get(i), fields.pointer(name) + '/' + i);
            }
        }
        return catalog.rights(keys);
    }

    private void key(String key, String pointer) {
        Permission permission = catalog.find(key).orElse(null);
        if (permission != null) {
            if (isInScope(permission, pointer)) {
                keys.add(key);
            }
        } else if (!catalog.retired().contains(key)) {
            faults.add(
                    Code.UNKNOWN_PERMISSION,
                    pointer,
                    key,
                    Violation.quote(key) + " is not a permission of the catalog"
                            + faults.didYouMean(key, names(catalog.permissions(), Permission::key)));
        }
    }

    /** The names of things, to look for near ones if there is room for suggestions; else nothing is done. */
    private static <T> List<String> names(List<T> things, Function<T, String> name) {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return name.apply(things.get(index));
            }

            @Override
            public int size() {
                return things.size();
            }
        };
    }

    /** Reads an object of groups and actions; the answer is {@code null} where the field is not there. */
    @Nullable
    Rights groups(Fields fields, String name) {
        JsonNode value = fields.value(name);
        if (value == null) {
            return null;
        }
        String pointer = fields.pointer(name);
        if (!value.isObject()) {
            Fields.wrongType(faults, pointer, value, "an object of rights groups");
            return null;
        }
        for (Map.Entry<String, JsonNode> group : value.properties()) {
            group(group.getKey(), group.getValue(), pointer + Violation.pointer(group.getKey()));
        }
        return catalog.rights(keys);
    }

    private void group(String name, JsonNode actions, String pointer) {
        RightsGroup group = catalog.group(name).orElse(null);
        if (!actions.isObject()) {
            Fields.wrongType(faults, pointer, actions, "an object of actions");
        } else if (group != null) {
            actions.properties()
                    .forEach(action -> action(
                            group, action.getKey(), action.getValue(), pointer + Violation.pointer(action.getKey())));
        } else if (!isDropped(name, actions)) {
            faults.add(
                    Code.UNKNOWN_GROUP,
                    pointer,
                    name,
                    Violation.quote(name) + " is not a rights group of the catalog"
                            + faults.didYouMean(name, names(catalog.groups(), RightsGroup::name)));
        }
    }

    /** Whether nothing is granted by a group that there is not: all its actions are retired or, leniently, false. */
    private boolean isDropped(String group, JsonNode actions) {
        for (Map.Entry<String, JsonNode> action : actions.properties()) {
            if (!isRetired(group, action.getKey()) && !(lenient && isFalse(action.getValue()))) {
                return false;
            }
        }
        return lenient || !actions.isEmpty();
    }

    private void action(RightsGroup group, String name, JsonNode granted, String pointer) {
        Permission permission = group.find(name).orElse(null);
        if (lenient && isFalse(granted)) {
            return;
        }
        if (permission == null) {
            if (!isRetired(group.name(), name)) {
                faults.add(
                        Code.ACTION_NOT_ALLOWED,
                        pointer,
                        name,
                        Violation.quote(name) + " is not an action of the rights group " + Violation.quote(group.name())
                                + faults.didYouMean(name, names(group.permissions(), Permission::action)));
            }
        } else if (!granted.isBoolean()) {
            Fields.wrongType(faults, pointer, granted, "`true` or `false`");
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
        faults.add(
                Code.PERMISSION_NOT_IN_SCOPE,
                pointer,
                permission.key(),
                "a role of the scope `" + scope.word() + "` names " + Violation.quote(permission.key())
                        + ": only roles of "
                        + permission.scopes().stream().map(Scope::word).toList() + " may hold it");
        return false;
    }
}
