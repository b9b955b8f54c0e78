package io.rbac.policy;

import io.rbac.model.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The ordinals of the active default roles of each scope, kept up while roles change. Not for several threads. */
final class DefaultRoles {

    private final Map<Scope, SortedSet<Integer>> byScope = new HashMap<>();

    DefaultRoles(List<RoleEntry> roles) {
        roles.forEach(this::put);
    }

    SortedSet<Integer> of(Scope scope) {
        return byScope.computeIfAbsent(scope, key -> new TreeSet<>());
    }

    void put(RoleEntry entry) {
        if (RoleValidator.isActiveDefault(entry.role())) {
            of(entry.role().scope()).add(entry.ordinal());
        } else {
            remove(entry);
        }
    }

    void remove(RoleEntry entry) {
        of(entry.role().scope()).remove(entry.ordinal());
    }
}
