package io.rbac.model;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a check asks for: one action of one rights group, such as {@code team_membership:manage}.
 *
 * <p>Permissions come from a {@link PermissionCatalog}. With a permission in a constant, checks are faster than by key,
 * and a misspelt key fails at start-up. A policy of another catalog looks a permission up by its key.
 *
 * <p>Two permissions are equal if their keys are equal. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Permission {

    private final PermissionCatalog catalog;
    private final int number;
    private final String key;
    private final String group;
    private final String action;
    private final Set<Scope> scopes;
    private final @Nullable String title;
    private final @Nullable String description;

    Permission(
            PermissionCatalog catalog,
            int number,
            String key,
            String group,
            Set<Scope> scopes,
            PermissionCatalog.Action action) {
        this.catalog = catalog;
        this.number = number;
        this.key = key.intern(); // the instance of a literal, which is then found equal without being read
        this.group = group;
        this.action = action.name();
        this.scopes = scopes;
        this.title = action.title().orElse(null);
        this.description = action.description().orElse(null);
    }

    /** Returns the unique key, {@code group:action} unless the catalog gives another. */
    public String key() {
        return key;
    }

    /** Returns the name of the rights group. */
    public String group() {
        return group;
    }

    /** Returns the name of the action within its group. */
    public String action() {
        return action;
    }

    /** Returns the scopes whose roles may hold this permission, widest first; never empty. */
    public Set<Scope> scopes() {
        return scopes;
    }

    /** Returns the human-readable title, if there is one. */
    public Optional<String> title() {
        return Optional.ofNullable(title);
    }

    /** Returns the human-readable description, if there is one. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    PermissionCatalog catalog() {
        return catalog;
    }

    int number() {
        return number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Permission that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** Returns the key. */
    @Override
    public String toString() {
        return key;
    }
}
