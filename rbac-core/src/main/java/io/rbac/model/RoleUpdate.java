package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a role to set when it is created, or to change when it is updated. An attribute that is not given
 * stays as it is. Rights that are given replace all rights of the role.
 *
 * <p>Scope and type are not among the attributes: they are fixed when a role is created.
 *
 * <p>Two updates are equal if they give the same attributes with equal values. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class RoleUpdate {

    private static final RoleUpdate NONE = builder().build();

    private final @Nullable String name;
    private final boolean describes;
    private final @Nullable String description;
    private final @Nullable Boolean defaultRole;
    private final @Nullable Rights rights;

    private RoleUpdate(Builder builder) {
        this.name = builder.name;
        this.describes = builder.describes;
        this.description = builder.description;
        this.defaultRole = builder.defaultRole;
        this.rights = builder.rights;
    }

    /** Returns the update that gives no attribute. */
    public static RoleUpdate none() {
        return NONE;
    }

    /** Returns a builder for an update that gives no attribute at first. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the name, if it is given. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** Returns whether the description is given, if only to clear it. */
    public boolean describes() {
        return describes;
    }

    /** Returns the description, or empty if it is not given or is to be cleared: see {@link #describes()}. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** Returns whether the role is a default of its scope, if that is given. */
    public Optional<Boolean> defaultRole() {
        return Optional.ofNullable(defaultRole);
    }

    /** Returns the rights, if they are given. */
    public Optional<Rights> rights() {
        return Optional.ofNullable(rights);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RoleUpdate that
                && Objects.equals(name, that.name)
                && describes == that.describes
                && Objects.equals(description, that.description)
                && Objects.equals(defaultRole, that.defaultRole)
                && Objects.equals(rights, that.rights);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, describes, description, defaultRole, rights);
    }

    /** Returns the given attributes in human-readable form. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("RoleUpdate");
        name().ifPresent(value -> text.append(" name=").append(value));
        if (describes) {
            text.append(" description=").append(description);
        }
        defaultRole().ifPresent(value -> text.append(" default=").append(value));
        rights().ifPresent(value -> text.append(" rights=").append(value));
        return text.toString();
    }

    /**
     * Builder for {@link RoleUpdate}.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private @Nullable String name;
        private boolean describes;
        private @Nullable String description;
        private @Nullable Boolean defaultRole;
        private @Nullable Rights rights;

        private Builder() {}

        /** Sets the name. */
        public Builder name(String newName) {
            name = requireNonNull(newName, "name");
            return this;
        }

        /** Sets the description; {@code null} clears it. */
        public Builder description(@Nullable String newDescription) {
            describes = true;
            description = newDescription;
            return this;
        }

        /** Sets whether the role is a default of its scope. */
        public Builder defaultRole(boolean isDefault) {
            defaultRole = isDefault;
            return this;
        }

        /** Sets the rights, which replace all rights of the role. */
        public Builder rights(Rights newRights) {
            rights = requireNonNull(newRights, "rights");
            return this;
        }

        /** Returns the update. */
        public RoleUpdate build() {
            return new RoleUpdate(this);
        }
    }
}
