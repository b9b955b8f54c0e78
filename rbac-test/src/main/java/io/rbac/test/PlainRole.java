package io.rbac.test;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A role of a plain policy.
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param id its id
 * @param scope its scope
 * @param name its name; {@code null}: none is given, which is a violation
 * @param description its description, or {@code null}
 * @param system whether it is a system role rather than a custom one
 * @param isDefault whether it has the default flag
 * @param createdAt when it was created, in milliseconds since 1970, or {@code null}
 * @param updatedAt when it last changed, or {@code null}
 * @param discardedAt when it was discarded; {@code null}: it is active
 * @param permissions the keys of the permissions it holds; their order means nothing
 * @since 0.1
 */
public record PlainRole(
        String id,
        PlainScope scope,
        @Nullable String name,
        @Nullable String description,
        boolean system,
        boolean isDefault,
        @Nullable Long createdAt,
        @Nullable Long updatedAt,
        @Nullable Long discardedAt,
        Set<String> permissions) {

    public PlainRole {
        permissions = Collections.unmodifiableSet(new LinkedHashSet<>(permissions));
    }

    /** Returns an active custom role, not a default, named like its id, without description and times. */
    public static PlainRole of(String id, PlainScope scope, String... permissions) {
        Set<String> keys = new LinkedHashSet<>(Arrays.asList(permissions));
        return new PlainRole(id, scope, id, null, false, false, null, null, null, keys);
    }

    /** Returns whether it is not discarded. */
    public boolean isActive() {
        return discardedAt == null;
    }

    /** Returns this role with another id. */
    public PlainRole withId(String newId) {
        return new PlainRole(
                newId, scope, name, description, system, isDefault, createdAt, updatedAt, discardedAt, permissions);
    }

    /** Returns this role with another name and description. */
    public PlainRole withTexts(@Nullable String newName, @Nullable String newDescription) {
        return new PlainRole(
                id, scope, newName, newDescription, system, isDefault, createdAt, updatedAt, discardedAt, permissions);
    }

    /** Returns this role as a system role or as a custom one. */
    public PlainRole withSystem(boolean newSystem) {
        return new PlainRole(
                id, scope, name, description, newSystem, isDefault, createdAt, updatedAt, discardedAt, permissions);
    }

    /** Returns this role with or without the default flag. */
    public PlainRole withDefault(boolean newDefault) {
        return new PlainRole(
                id, scope, name, description, system, newDefault, createdAt, updatedAt, discardedAt, permissions);
    }

    /** Returns this role with other times; it is discarded if {@code newDiscardedAt} is given. */
    public PlainRole withTimes(
            @Nullable Long newCreatedAt, @Nullable Long newUpdatedAt, @Nullable Long newDiscardedAt) {
        return new PlainRole(
                id,
                scope,
                name,
                description,
                system,
                isDefault,
                newCreatedAt,
                newUpdatedAt,
                newDiscardedAt,
                permissions);
    }

    /** Returns this role with the permissions of these keys. */
    public PlainRole withPermissions(Collection<String> keys) {
        return new PlainRole(
                id,
                scope,
                name,
                description,
                system,
                isDefault,
                createdAt,
                updatedAt,
                discardedAt,
                new LinkedHashSet<>(keys));
    }

    /** Returns the role as one readable line. */
    @Override
    public String toString() {
        return PlainPolicyText.of(this);
    }
}
