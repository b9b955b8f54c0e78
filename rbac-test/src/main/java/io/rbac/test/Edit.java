package io.rbac.test;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Scope;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be changed in a sketch, as plain data. All records here are immutable and safe for use by several
 * threads; what of a target is stated to lie elsewhere is dropped.
 *
 * @since 0.1
 */
public sealed interface Edit {

    /**
     * What is given of a role: to set when it is created, to change when it is updated.
     *
     * @param name the name; {@code null}: not given
     * @param describes whether a description is given, if only to clear it
     * @param description the description, {@code null} to clear it
     * @param isDefault the default flag; {@code null}: not given
     * @param permissions the keys of the whole rights; {@code null}: not given
     * @since 0.1
     */
    record Attributes(
            @Nullable String name,
            boolean describes,
            @Nullable String description,
            @Nullable Boolean isDefault,
            @Nullable Set<String> permissions) {
        private static final Attributes NONE = new Attributes(null, false, null, null, null);

        /**
         * Makes attributes of a copy of the keys.
         *
         * @param name the name, or {@code null}
         * @param describes whether a description is given
         * @param description the description, or {@code null}
         * @param isDefault the default flag, or {@code null}
         * @param permissions the keys of the whole rights, or {@code null}
         */
        public Attributes {
            permissions = permissions == null ? null : Collections.unmodifiableSet(new LinkedHashSet<>(permissions));
        }

        /** Nothing is given. */
        public static Attributes none() {
            return NONE;
        }

        /** A name is given. */
        public static Attributes named(String name) {
            return NONE.withName(name);
        }

        /** These attributes with a name. */
        public Attributes withName(@Nullable String other) {
            return new Attributes(other, describes, description, isDefault, permissions);
        }

        /** These attributes with a description, {@code null} to clear it. */
        public Attributes withDescription(@Nullable String other) {
            return new Attributes(name, true, other, isDefault, permissions);
        }

        /** These attributes with a default flag. */
        public Attributes withDefault(boolean other) {
            return new Attributes(name, describes, description, other, permissions);
        }

        /** These attributes with the whole rights. */
        public Attributes withPermissions(Collection<String> keys) {
            return new Attributes(name, describes, description, isDefault, new LinkedHashSet<>(keys));
        }
    }

    /**
     * The creation of a role.
     *
     * @param id the id; {@code null}: none is given
     * @param scope the scope; {@code null}: none is named
     * @param attributes what is given of the role
     * @since 0.1
     */
    record CreateRole(@Nullable String id, @Nullable Scope scope, Attributes attributes) implements Edit {}

    /**
     * An update of a role.
     *
     * @param role the id of the role
     * @param attributes what is given of the role
     * @since 0.1
     */
    record UpdateRole(String role, Attributes attributes) implements Edit {}

    /**
     * The deletion of a role, as the rules say.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record DeleteRole(String role) implements Edit {}

    /**
     * The restoration of a discarded role.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record RestoreRole(String role) implements Edit {}

    /**
     * The removal of a discarded role for good.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record PurgeRole(String role) implements Edit {}

    /**
     * The creation of a system role, or the replacement of the rights of one.
     *
     * @param role the role; its type and times mean nothing
     * @since 0.1
     */
    record PutSystemRole(SketchRole role) implements Edit {}

    /**
     * The assignment of a role.
     *
     * @param user the id of the user
     * @param role the id of the role
     * @param target where
     * @since 0.1
     */
    record Assign(String user, String role, Place target) implements Edit {
        /**
         * Makes the edit.
         *
         * @param user the id of the user
         * @param role the id of the role
         * @param target where
         */
        public Assign {
            target = target.bare();
        }
    }

    /**
     * The end of an assignment.
     *
     * @param user the id of the user
     * @param role the id of the role
     * @param target where
     * @since 0.1
     */
    record Unassign(String user, String role, Place target) implements Edit {
        /**
         * Makes the edit.
         *
         * @param user the id of the user
         * @param role the id of the role
         * @param target where
         */
        public Unassign {
            target = target.bare();
        }
    }

    /**
     * The connection of a user to a target.
     *
     * @param user the id of the user
     * @param target where
     * @since 0.1
     */
    record Connect(String user, Place target) implements Edit {
        /**
         * Makes the edit.
         *
         * @param user the id of the user
         * @param target where
         */
        public Connect {
            target = target.bare();
        }
    }

    /**
     * The replacement of all roles of a user at a target.
     *
     * @param user the id of the user
     * @param target where
     * @param roles the ids of the roles
     * @since 0.1
     */
    record SetRoles(String user, Place target, List<String> roles) implements Edit {
        /**
         * Makes the edit.
         *
         * @param user the id of the user
         * @param target where
         * @param roles the ids of the roles
         */
        public SetRoles {
            target = target.bare();
            roles = List.copyOf(roles);
        }
    }

    /**
     * The replacement of all users of a role at a target.
     *
     * @param role the id of the role
     * @param target where
     * @param users the ids of the users
     * @since 0.1
     */
    record SetUsers(String role, Place target, List<String> users) implements Edit {
        /**
         * Makes the edit.
         *
         * @param role the id of the role
         * @param target where
         * @param users the ids of the users
         */
        public SetUsers {
            target = target.bare();
            users = List.copyOf(users);
        }
    }

    /**
     * The assignment of an account role to every known user.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record AssignToAll(String role) implements Edit {}

    /**
     * The removal of a user.
     *
     * @param user the id of the user
     * @since 0.1
     */
    record RemoveUser(String user) implements Edit {}

    /**
     * The addition of a team.
     *
     * @param team the id of the team
     * @since 0.1
     */
    record AddTeam(String team) implements Edit {}

    /**
     * The removal of a team.
     *
     * @param team the id of the team
     * @since 0.1
     */
    record RemoveTeam(String team) implements Edit {}

    /**
     * The addition of a chat.
     *
     * @param chat the id of the chat
     * @param team the id of its team; {@code null}: directly in the account
     * @since 0.1
     */
    record AddChat(String chat, @Nullable String team) implements Edit {
        /**
         * Makes the edit.
         *
         * @param chat the id of the chat
         * @param team the id of its team, or {@code null}
         */
        public AddChat {
            requireNonNull(chat, "chat");
        }
    }

    /**
     * The move of a chat.
     *
     * @param chat the id of the chat
     * @param team the id of the team; {@code null}: directly into the account
     * @since 0.1
     */
    record MoveChat(String chat, @Nullable String team) implements Edit {
        /**
         * Makes the edit.
         *
         * @param chat the id of the chat
         * @param team the id of the team, or {@code null}
         */
        public MoveChat {
            requireNonNull(chat, "chat");
        }
    }

    /**
     * The removal of a chat.
     *
     * @param chat the id of the chat
     * @since 0.1
     */
    record RemoveChat(String chat) implements Edit {}
}
