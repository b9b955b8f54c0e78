package io.rbac.test;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be changed in a plain policy, as plain data. A target's given parent is dropped.
 *
 * <p>All records here are immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface Edit {

    /** Returns what kind of edit this is. */
    Kind kind();

    /**
     * The kinds of edit, one for each record here that is an edit.
     *
     * @since 0.1
     */
    enum Kind {
        /** {@link CreateRole}. */
        CREATE_ROLE,
        /** {@link UpdateRole}. */
        UPDATE_ROLE,
        /** {@link DeleteRole}. */
        DELETE_ROLE,
        /** {@link RestoreRole}. */
        RESTORE_ROLE,
        /** {@link PurgeRole}. */
        PURGE_ROLE,
        /** {@link PutSystemRole}. */
        PUT_SYSTEM_ROLE,
        /** {@link Assign}. */
        ASSIGN,
        /** {@link Unassign}. */
        UNASSIGN,
        /** {@link Connect}. */
        CONNECT,
        /** {@link SetRoles}. */
        SET_ROLES,
        /** {@link SetUsers}. */
        SET_USERS,
        /** {@link AssignToAll}. */
        ASSIGN_TO_ALL,
        /** {@link RemoveUser}. */
        REMOVE_USER,
        /** {@link AddTarget}. */
        ADD_TARGET,
        /** {@link MoveTarget}. */
        MOVE_TARGET,
        /** {@link RemoveTarget}. */
        REMOVE_TARGET
    }

    /** Returns the addition of a team directly to the account, in the standard tree. */
    static Edit addTeam(String team) {
        return new AddTarget(PlainTarget.team(team), PlainTarget.account());
    }

    /** Returns the removal of a team, in the standard tree. */
    static Edit removeTeam(String team) {
        return new RemoveTarget(PlainTarget.team(team));
    }

    /**
     * Returns the addition of a chat, in the standard tree.
     *
     * @param team the id of its team; {@code null}: it lies directly in the account
     */
    static Edit addChat(String chat, @Nullable String team) {
        return new AddTarget(PlainTarget.chat(chat), team == null ? PlainTarget.account() : PlainTarget.team(team));
    }

    /**
     * Returns the move of a chat, in the standard tree.
     *
     * @param team the id of the team; {@code null}: directly into the account
     */
    static Edit moveChat(String chat, @Nullable String team) {
        return new MoveTarget(PlainTarget.chat(chat), team == null ? PlainTarget.account() : PlainTarget.team(team));
    }

    /** Returns the removal of a chat, in the standard tree. */
    static Edit removeChat(String chat) {
        return new RemoveTarget(PlainTarget.chat(chat));
    }

    /**
     * What is given of a role: what it is created with, or what an update changes.
     *
     * @param name the name; {@code null}: none is given
     * @param describes whether a description is given, even if only to clear it
     * @param description the description; {@code null}: none, or clear it
     * @param isDefault the default flag; {@code null}: none is given
     * @param permissions the keys of the whole rights; {@code null}: none are given
     * @since 0.1
     */
    record Attributes(
            @Nullable String name,
            boolean describes,
            @Nullable String description,
            @Nullable Boolean isDefault,
            @Nullable Set<String> permissions) {
        private static final Attributes NONE = new Attributes(null, false, null, null, null);

        public Attributes {
            permissions = permissions == null ? null : Collections.unmodifiableSet(new LinkedHashSet<>(permissions));
        }

        /** Returns attributes of which none is given. */
        public static Attributes none() {
            return NONE;
        }

        /** Returns attributes of which only a name is given. */
        public static Attributes named(String name) {
            return NONE.withName(name);
        }

        /** Returns these attributes with a name. */
        public Attributes withName(@Nullable String newName) {
            return new Attributes(newName, describes, description, isDefault, permissions);
        }

        /** Returns these attributes with a description, {@code null} to clear it. */
        public Attributes withDescription(@Nullable String newDescription) {
            return new Attributes(name, true, newDescription, isDefault, permissions);
        }

        /** Returns these attributes with a default flag. */
        public Attributes withDefault(boolean newDefault) {
            return new Attributes(name, describes, description, newDefault, permissions);
        }

        /** Returns these attributes with the whole rights. */
        public Attributes withPermissions(Collection<String> keys) {
            return new Attributes(name, describes, description, isDefault, new LinkedHashSet<>(keys));
        }
    }

    /**
     * The creation of a role.
     *
     * @param id the id; {@code null}: none is given
     * @param scope the scope; {@code null}: none is given
     * @param attributes what the role is created with
     * @since 0.1
     */
    record CreateRole(@Nullable String id, @Nullable PlainScope scope, Attributes attributes) implements Edit {
        @Override
        public Kind kind() {
            return Kind.CREATE_ROLE;
        }
    }

    /**
     * An update of a role.
     *
     * @param role the id of the role
     * @param attributes what is changed
     * @since 0.1
     */
    record UpdateRole(String role, Attributes attributes) implements Edit {
        @Override
        public Kind kind() {
            return Kind.UPDATE_ROLE;
        }
    }

    /**
     * The deletion of a role, which means what the rules say.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record DeleteRole(String role) implements Edit {
        @Override
        public Kind kind() {
            return Kind.DELETE_ROLE;
        }
    }

    /**
     * The restoration of a discarded role.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record RestoreRole(String role) implements Edit {
        @Override
        public Kind kind() {
            return Kind.RESTORE_ROLE;
        }
    }

    /**
     * The removal of a discarded role for good.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record PurgeRole(String role) implements Edit {
        @Override
        public Kind kind() {
            return Kind.PURGE_ROLE;
        }
    }

    /**
     * The creation of a system role, or the replacement of the rights of one.
     *
     * @param role the role; its type and times are ignored
     * @since 0.1
     */
    record PutSystemRole(PlainRole role) implements Edit {
        @Override
        public Kind kind() {
            return Kind.PUT_SYSTEM_ROLE;
        }
    }

    /**
     * The assignment of a role to a user.
     *
     * @param user the id of the user
     * @param role the id of the role
     * @param target where
     * @since 0.1
     */
    record Assign(String user, String role, PlainTarget target) implements Edit {
        public Assign {
            target = target.withoutParent();
        }

        @Override
        public Kind kind() {
            return Kind.ASSIGN;
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
    record Unassign(String user, String role, PlainTarget target) implements Edit {
        public Unassign {
            target = target.withoutParent();
        }

        @Override
        public Kind kind() {
            return Kind.UNASSIGN;
        }
    }

    /**
     * The connection of a user to a target.
     *
     * @param user the id of the user
     * @param target where
     * @since 0.1
     */
    record Connect(String user, PlainTarget target) implements Edit {
        public Connect {
            target = target.withoutParent();
        }

        @Override
        public Kind kind() {
            return Kind.CONNECT;
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
    record SetRoles(String user, PlainTarget target, List<String> roles) implements Edit {
        public SetRoles {
            target = target.withoutParent();
            roles = List.copyOf(roles);
        }

        @Override
        public Kind kind() {
            return Kind.SET_ROLES;
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
    record SetUsers(String role, PlainTarget target, List<String> users) implements Edit {
        public SetUsers {
            target = target.withoutParent();
            users = List.copyOf(users);
        }

        @Override
        public Kind kind() {
            return Kind.SET_USERS;
        }
    }

    /**
     * The assignment of an account role to every known user.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record AssignToAll(String role) implements Edit {
        @Override
        public Kind kind() {
            return Kind.ASSIGN_TO_ALL;
        }
    }

    /**
     * The removal of a user.
     *
     * @param user the id of the user
     * @since 0.1
     */
    record RemoveUser(String user) implements Edit {
        @Override
        public Kind kind() {
            return Kind.REMOVE_USER;
        }
    }

    /**
     * The addition of a target.
     *
     * @param target the target
     * @param parent what it is to lie in
     * @since 0.1
     */
    record AddTarget(PlainTarget target, PlainTarget parent) implements Edit {
        public AddTarget {
            target = target.withoutParent();
            parent = parent.withoutParent();
        }

        @Override
        public Kind kind() {
            return Kind.ADD_TARGET;
        }
    }

    /**
     * The move of a target, with everything below it.
     *
     * @param target the target
     * @param parent what it is to lie in
     * @since 0.1
     */
    record MoveTarget(PlainTarget target, PlainTarget parent) implements Edit {
        public MoveTarget {
            target = target.withoutParent();
            parent = parent.withoutParent();
        }

        @Override
        public Kind kind() {
            return Kind.MOVE_TARGET;
        }
    }

    /**
     * The removal of a target, with everything below it.
     *
     * @param target the target
     * @since 0.1
     */
    record RemoveTarget(PlainTarget target) implements Edit {
        public RemoveTarget {
            target = target.withoutParent();
        }

        @Override
        public Kind kind() {
            return Kind.REMOVE_TARGET;
        }
    }
}
