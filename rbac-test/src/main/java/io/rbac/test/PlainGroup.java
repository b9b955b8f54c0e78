package io.rbac.test;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A rights group of the catalog of a plain policy.
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param name its name
 * @param actions its actions, in order
 * @since 0.1
 */
public record PlainGroup(String name, List<Action> actions) {

    public PlainGroup {
        actions = List.copyOf(actions);
    }

    /** Returns a group of actions with standard keys that roles of every scope of the standard tree may hold. */
    public static PlainGroup of(String name, String... actions) {
        return of(name, PlainScope.standard(), actions);
    }

    /** Returns a group of actions with standard keys that roles of these scopes may hold. */
    public static PlainGroup of(String name, Collection<PlainScope> scopes, String... actions) {
        List<Action> made = new ArrayList<>();
        for (String action : actions) {
            made.add(new Action(action, name + ":" + action, new LinkedHashSet<>(scopes)));
        }
        return new PlainGroup(name, made);
    }

    /**
     * An action of a group, which is a permission.
     *
     * @param name its name in the group
     * @param key the key of the permission, {@code group:action} unless the catalog gives another
     * @param scopes the scopes of the roles that may hold it
     * @since 0.1
     */
    public record Action(String name, String key, Set<PlainScope> scopes) {
        public Action {
            scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
        }
    }
}
