package io.rbac.store.jdbc;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PermissionCatalog.Action;
import io.rbac.model.Rights;
import io.rbac.model.ScopeTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the permissions that the stored roles of one account hold, for a catalog of just these. A permission is its key:
 * what groups and actions it was in depends on the release that wrote it. Not thread-safe.
 */
final class StoredCatalog {

    private final Map<String, Map<String, String>> keysByGroup = new LinkedHashMap<>();
    private final Map<String, List<String>> keysByRole = new HashMap<>();
    private final Map<String, String> known = new HashMap<>();

    /** Adds a permission of a role. */
    void add(String role, String key, String group, String action) {
        String first = known.putIfAbsent(key, key);
        keysByRole.computeIfAbsent(role, id -> new ArrayList<>()).add(first == null ? key : first);
        if (first == null
                && keysByGroup
                                .computeIfAbsent(group, g -> new LinkedHashMap<>())
                                .putIfAbsent(action, key)
                        != null) {
            // Another permission has the place of this one, as one had before or after it in another release.
            keysByGroup.computeIfAbsent(key, g -> new LinkedHashMap<>()).put(key, key);
        }
    }

    /**
     * Returns the catalog.
     *
     * @throws io.rbac.model.PolicyViolationException if it is not one
     */
    PermissionCatalog build(ScopeTree tree) {
        PermissionCatalog.Builder builder = PermissionCatalog.builder().scopes(tree);
        keysByGroup.forEach((group, keys) -> builder.group(
                group,
                keys.entrySet().stream()
                        .map(entry -> Action.of(entry.getKey()).withKey(entry.getValue()))
                        .toList()));
        return builder.build();
    }

    /** Takes the rights of a role out. */
    Rights rightsOf(String role, PermissionCatalog catalog) {
        List<String> keys = keysByRole.remove(role);
        return keys == null ? catalog.noRights() : catalog.rights(keys);
    }

    /**
     * Checks that the rights of all roles were taken out.
     *
     * @throws IllegalArgumentException if there are rights of a role that is not there
     */
    void requireNoMore() {
        if (!keysByRole.isEmpty()) {
            throw new IllegalArgumentException("there are permissions of `"
                    + keysByRole.keySet().iterator().next() + "`, which is not a role");
        }
    }
}
