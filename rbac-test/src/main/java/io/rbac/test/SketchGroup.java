package io.rbac.test;

import io.rbac.model.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A rights group of the catalog of a sketch. Immutable and safe for use by several threads.
 *
 * @param name its name
 * @param actions its actions, in order
 * @since 0.1
 */
public record SketchGroup(String name, List<Action> actions) {
    /**
     * Makes a group of a copy of the actions.
     *
     * @param name its name
     * @param actions its actions, in order
     */
    public SketchGroup {
        actions = List.copyOf(actions);
    }

    /**
     * A group whose actions have the standard keys and are for roles of every scope.
     *
     * @param name its name
     * @param actions the names of its actions
     * @return the group
     * @since 0.1
     */
    public static SketchGroup of(String name, String... actions) {
        return of(name, List.of(Scope.values()), actions);
    }

    /**
     * A group whose actions have the standard keys.
     *
     * @param name its name
     * @param scopes the scopes of the roles that may hold them
     * @param actions the names of its actions
     * @return the group
     * @since 0.1
     */
    public static SketchGroup of(String name, Collection<Scope> scopes, String... actions) {
        List<Action> made = new ArrayList<>();
        for (String action : actions) {
            made.add(new Action(action, name + ":" + action, new LinkedHashSet<>(scopes)));
        }
        return new SketchGroup(name, made);
    }

    /**
     * An action of a group: a permission.
     *
     * @param name its name in the group
     * @param key the key of the permission, {@code group:action} unless given explicitly
     * @param scopes the scopes of the roles that may hold it
     * @since 0.1
     */
    public record Action(String name, String key, Set<Scope> scopes) {
        /**
         * Makes an action of a copy of the scopes.
         *
         * @param name its name in the group
         * @param key the key of the permission
         * @param scopes the scopes of the roles that may hold it
         */
        public Action {
            scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
        }
    }
}
