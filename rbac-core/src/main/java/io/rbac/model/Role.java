package io.rbac.model;

import static java.util.Objects.requireNonNull;

import io.rbac.text.CodePoints;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A named set of rights of one account, with one scope.
 *
 * <p>A role is a plain value: the {@code Policy} that it is added to checks its name, scope and rights. Instants are
 * truncated to milliseconds.
 *
 * <p>Two roles are equal if all their parts are equal. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Role {

    /** The order in which roles are listed: by creation time, absent first, then by the code points of the id. */
    public static final Comparator<Role> LIST_ORDER = Comparator.comparing(
                    Role::createdAtOrNull, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(Role::id, CodePoints.ORDER);

    private final String id;
    private final Scope scope;
    private final String name;
    private final @Nullable String description;
    private final RoleType type;
    private final boolean defaultRole;
    private final Rights rights;
    private final @Nullable Instant createdAt;
    private final @Nullable Instant updatedAt;
    private final @Nullable Instant discardedAt;

    private Role(Builder builder, String name) {
        this.id = builder.id;
        this.scope = builder.scope;
        this.name = name;
        this.description = builder.description;
        this.type = builder.type;
        this.defaultRole = builder.defaultRole;
        this.rights = builder.rights;
        this.createdAt = builder.createdAt;
        this.updatedAt = builder.updatedAt;
        this.discardedAt = builder.discardedAt;
    }

    /** Returns a builder for a custom role that is not a default and has no rights. */
    public static Builder builder(String id, Scope scope) {
        return new Builder(id, scope);
    }

    /** Returns a builder that starts from this role. */
    public Builder toBuilder() {
        return new Builder(id, scope).attributesOf(this);
    }

    /** Returns this role with another scope, as under a catalog with another scope tree. */
    public Role withScope(Scope newScope) {
        return new Builder(id, newScope).attributesOf(this).build();
    }

    /** Returns the id, unique in the account, among discarded roles too. */
    public String id() {
        return id;
    }

    /** Returns the kind of target this role is assigned at. */
    public Scope scope() {
        return scope;
    }

    /** Returns the human-readable name. */
    public String name() {
        return name;
    }

    /** Returns the human-readable description, if there is one. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** Returns the type: whether the role belongs to the host application or to the account. */
    public RoleType type() {
        return type;
    }

    /** Returns whether users who are connected to a target get this role if none is named. */
    public boolean isDefault() {
        return defaultRole;
    }

    /** Returns what the role grants while it is active. */
    public Rights rights() {
        return rights;
    }

    /** Returns when the role was created, if that is known. */
    public Optional<Instant> createdAt() {
        return Optional.ofNullable(createdAt);
    }

    /** Returns when the role was last changed, if that is known. */
    public Optional<Instant> updatedAt() {
        return Optional.ofNullable(updatedAt);
    }

    /** Returns when the role was discarded, or empty if it is active. */
    public Optional<Instant> discardedAt() {
        return Optional.ofNullable(discardedAt);
    }

    /** Returns whether the role is not discarded: only an active role grants anything. */
    public boolean isActive() {
        return discardedAt == null;
    }

    private @Nullable Instant createdAtOrNull() {
        return createdAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Role that
                        && id.equals(that.id)
                        && scope.equals(that.scope)
                        && name.equals(that.name)
                        && Objects.equals(description, that.description)
                        && type == that.type
                        && defaultRole == that.defaultRole
                        && rights.equals(that.rights)
                        && Objects.equals(createdAt, that.createdAt)
                        && Objects.equals(updatedAt, that.updatedAt)
                        && Objects.equals(discardedAt, that.discardedAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, scope, name, type, defaultRole, createdAt, discardedAt);
    }

    /** Returns the id, scope, name and rights in human-readable form. */
    @Override
    public String toString() {
        return "Role " + id + " (" + scope.name() + ", " + name + (isActive() ? "" : ", discarded") + ") " + rights;
    }

    /**
     * Builder for {@link Role}.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final String id;
        private final Scope scope;
        private @Nullable String name;
        private @Nullable String description;
        private RoleType type = RoleType.CUSTOM;
        private boolean defaultRole;
        private Rights rights = Rights.none();
        private @Nullable Instant createdAt;
        private @Nullable Instant updatedAt;
        private @Nullable Instant discardedAt;

        private Builder(String id, Scope scope) {
            this.id = requireNonNull(id, "id");
            this.scope = requireNonNull(scope, "scope");
        }

        private Builder attributesOf(Role role) {
            return name(role.name)
                    .description(role.description)
                    .type(role.type)
                    .defaultRole(role.defaultRole)
                    .rights(role.rights)
                    .createdAt(role.createdAt)
                    .updatedAt(role.updatedAt)
                    .discardedAt(role.discardedAt);
        }

        /** Sets the name. Required. */
        public Builder name(String newName) {
            name = requireNonNull(newName, "name");
            return this;
        }

        /** Sets the description, {@code null} for none. */
        public Builder description(@Nullable String newDescription) {
            description = newDescription;
            return this;
        }

        /** Sets the type: {@link RoleType#CUSTOM} by default. */
        public Builder type(RoleType newType) {
            type = requireNonNull(newType, "type");
            return this;
        }

        /** Sets whether the role is a default of its scope. */
        public Builder defaultRole(boolean isDefault) {
            defaultRole = isDefault;
            return this;
        }

        /** Sets the rights, which replace any set before. */
        public Builder rights(Rights newRights) {
            rights = requireNonNull(newRights, "rights");
            return this;
        }

        /** Sets when the role was created, {@code null} if that is not known. */
        public Builder createdAt(@Nullable Instant instant) {
            createdAt = inMillis(instant);
            return this;
        }

        /** Sets when the role was last changed, {@code null} if that is not known. */
        public Builder updatedAt(@Nullable Instant instant) {
            updatedAt = inMillis(instant);
            return this;
        }

        /** Sets when the role was discarded, {@code null} if it is active. */
        public Builder discardedAt(@Nullable Instant instant) {
            discardedAt = inMillis(instant);
            return this;
        }

        private static @Nullable Instant inMillis(@Nullable Instant instant) {
            return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS);
        }

        /**
         * Returns the role.
         *
         * @throws PolicyViolationException ({@link Violation.Code#NAME_MISSING}) if no name was given
         */
        public Role build() {
            if (name == null) {
                throw PolicyViolationException.of(Violation.of(
                        Violation.Code.NAME_MISSING,
                        "/name",
                        null,
                        "role " + Violation.quote(id) + " has no name: expected one"));
            }
            return new Role(this, name);
        }
    }
}
