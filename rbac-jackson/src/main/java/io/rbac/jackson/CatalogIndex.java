package io.rbac.jackson;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.RightsGroup;
import java.util.HashMap;
import java.util.Map;

/** A catalog with its permissions by group and action: both are found in constant time. */
final class CatalogIndex {

    private final PermissionCatalog catalog;
    private final Map<String, Map<String, Permission>> groups = new HashMap<>();

    CatalogIndex(PermissionCatalog catalog) {
        this.catalog = catalog;
        for (RightsGroup group : catalog.groups()) {
            Map<String, Permission> actions = new HashMap<>();
            group.permissions().forEach(permission -> actions.put(permission.action(), permission));
            groups.put(group.name(), actions);
        }
    }

    PermissionCatalog catalog() {
        return catalog;
    }

    /** Returns the permissions by group and action. */
    Map<String, Map<String, Permission>> groups() {
        return groups;
    }
}
