package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named group of actions in a catalog, such as {@code team_membership {create, read, update, delete, manage}}.
 *
 * <p>Two groups are equal if their names, scopes and permissions are equal. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class RightsGroup {

    private final String name;
    private final Set<Scope> scopes;
    private final List<Permission> permissions;
    private final Map<String, Permission> byAction = new HashMap<>();

    RightsGroup(String name, Set<Scope> scopes, List<Permission> permissions) {
        this.name = name;
        this.scopes = scopes;
        this.permissions = List.copyOf(permissions);
        permissions.forEach(permission -> byAction.put(permission.action(), permission));
    }

    /** Returns the name, unique in its catalog. */
    public String name() {
        return name;
    }

    /** Returns the scopes of the permissions that have none of their own, widest first; never empty. */
    public Set<Scope> scopes() {
        return scopes;
    }

    /** Returns the permissions, in the order of the catalog. */
    public List<Permission> permissions() {
        return permissions;
    }

    /** Returns the permission for an action of this group, or empty if the group has no such action. */
    public Optional<Permission> find(String action) {
        return Optional.ofNullable(byAction.get(requireNonNull(action, "action")));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RightsGroup that
                && name.equals(that.name)
                && scopes.equals(that.scopes)
                && permissions.equals(that.permissions);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + permissions.hashCode();
    }

    /** Returns the name and the actions in human-readable form. */
    @Override
    public String toString() {
        return name + permissions.stream().map(Permission::action).toList();
    }
}
