package io.rbac.test;

import io.rbac.model.Scope;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A role of a sketch. Immutable and safe for use by several threads.
 *
 * @param id its id
 * @param scope its scope
 * @param name its name; {@code null}: none is given, which is a problem
 * @param description its description, or {@code null}
 * @param system whether it is a system role; else it is a custom one
 * @param isDefault whether it has the default flag
 * @param createdAt when it was created, in milliseconds since 1970, or {@code null}
 * @param updatedAt when it last changed, or {@code null}
 * @param discardedAt when it was discarded; {@code null}: it is active
 * @param permissions the keys of the permissions it holds; their order means nothing
 * @since 0.1
 */
public record SketchRole(
        String id,
        Scope scope,
        @Nullable String name,
        @Nullable String description,
        boolean system,
        boolean isDefault,
        @Nullable Long createdAt,
        @Nullable Long updatedAt,
        @Nullable Long discardedAt,
        Set<String> permissions) {

    /**
     * Makes a role of a copy of the permissions.
     *
     * @param id its id
     * @param scope its scope
     * @param name its name, or {@code null}
     * @param description its description, or {@code null}
     * @param system whether it is a system role
     * @param isDefault whether it has the default flag
     * @param createdAt when it was created, or {@code null}
     * @param updatedAt when it last changed, or {@code null}
     * @param discardedAt when it was discarded, or {@code null}
     * @param permissions the keys of the permissions it holds
     */
    public SketchRole {
        permissions = Collections.unmodifiableSet(new LinkedHashSet<>(permissions));
    }

    /**
     * An active custom role, not default, named like its id, without description and times.
     *
     * @param id its id
     * @param scope its scope
     * @param permissions the keys of the permissions it holds
     * @return the role
     * @since 0.1
     */
    public static SketchRole of(String id, Scope scope, String... permissions) {
        Set<String> keys = new LinkedHashSet<>(Arrays.asList(permissions));
        return new SketchRole(id, scope, id, null, false, false, null, null, null, keys);
    }

    /**
     * Whether it is active: not discarded.
     *
     * @return whether it grants anything
     * @since 0.1
     */
    public boolean isActive() {
        return discardedAt == null;
    }

    /**
     * This role with another id.
     *
     * @param changed the id
     * @return the changed role
     * @since 0.1
     */
    public SketchRole withId(String changed) {
        return new SketchRole(
                changed, scope, name, description, system, isDefault, createdAt, updatedAt, discardedAt, permissions);
    }

    /**
     * This role with another name and description.
     *
     * @param otherName the name, or {@code null}
     * @param otherDescription the description, or {@code null}
     * @return the changed role
     * @since 0.1
     */
    public SketchRole withTexts(@Nullable String otherName, @Nullable String otherDescription) {
        return new SketchRole(
                id,
                scope,
                otherName,
                otherDescription,
                system,
                isDefault,
                createdAt,
                updatedAt,
                discardedAt,
                permissions);
    }

    /**
     * This role as a system role or a custom one.
     *
     * @param changed whether it is a system role
     * @return the changed role
     * @since 0.1
     */
    public SketchRole withSystem(boolean changed) {
        return new SketchRole(
                id, scope, name, description, changed, isDefault, createdAt, updatedAt, discardedAt, permissions);
    }

    /**
     * This role with or without the default flag.
     *
     * @param changed whether it has the flag
     * @return the changed role
     * @since 0.1
     */
    public SketchRole withDefault(boolean changed) {
        return new SketchRole(
                id, scope, name, description, system, changed, createdAt, updatedAt, discardedAt, permissions);
    }

    /**
     * This role with other times.
     *
     * @param created when it was created, or {@code null}
     * @param updated when it last changed, or {@code null}
     * @param discarded when it was discarded; {@code null}: it is active
     * @return the changed role
     * @since 0.1
     */
    public SketchRole withTimes(@Nullable Long created, @Nullable Long updated, @Nullable Long discarded) {
        return new SketchRole(
                id, scope, name, description, system, isDefault, created, updated, discarded, permissions);
    }

    /**
     * This role with other permissions.
     *
     * @param keys the keys of the permissions
     * @return the changed role
     * @since 0.1
     */
    public SketchRole withPermissions(Collection<String> keys) {
        return new SketchRole(
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

    /** The role in one readable line. */
    @Override
    public String toString() {
        return SketchText.of(this);
    }
}
