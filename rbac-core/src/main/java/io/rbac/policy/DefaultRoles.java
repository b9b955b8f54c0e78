package io.rbac.policy;

import io.rbac.model.Role;
import io.rbac.model.Scope;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The ordinals of the active default roles of each scope, kept up while roles change. Not for several threads. */
final class DefaultRoles {

    private final Map<Scope, SortedSet<Integer>> byScope = new EnumMap<>(Scope.class);

    DefaultRoles(List<RoleEntry> roles) {
        for (Scope scope : Scope.values()) {
            byScope.put(scope, new TreeSet<>());
        }
        roles.forEach(this::put);
    }

    SortedSet<Integer> of(Scope scope) {
        return byScope.getOrDefault(scope, new TreeSet<>());
    }

    void put(RoleEntry entry) {
        Role role = entry.role();
        if (role.isDefault() && role.isActive()) {
            of(role.scope()).add(entry.ordinal());
        } else {
            remove(entry);
        }
    }

    void remove(RoleEntry entry) {
        of(entry.role().scope()).remove(entry.ordinal());
    }
}
