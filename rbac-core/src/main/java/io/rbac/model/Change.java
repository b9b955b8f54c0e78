package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be changed in a policy, as data: what is applied, stored, delivered and judged.
 *
 * <p>Whether a change is possible is judged where it is applied, by {@link Policy#apply}. All records here are immutable
 * and thread-safe.
 *
 * @since 0.1
 */
public sealed interface Change {

    /** Returns the creation of a role whose id is made when it is committed. */
    static Change createRole(Scope scope, RoleUpdate attributes) {
        return new CreateRole(null, requireNonNull(scope, "scope"), attributes);
    }

    /** Returns the creation of a role. */
    static Change createRole(String id, Scope scope, RoleUpdate attributes) {
        return new CreateRole(requireNonNull(id, "id"), requireNonNull(scope, "scope"), attributes);
    }

    /** Returns an update: what is absent is kept, what is given is replaced. */
    static Change updateRole(String role, RoleUpdate update) {
        return new UpdateRole(role, update);
    }

    /** Returns a deletion: the rules say whether the role is discarded, goes for good, or stays while it has users. */
    static Change deleteRole(String role) {
        return new DeleteRole(role);
    }

    /** Returns the restoration of a discarded role; an active one is left as it is. */
    static Change restoreRole(String role) {
        return new RestoreRole(role);
    }

    /** Returns the removal, for good, of a discarded role and its assignments; for the host alone. */
    static Change purgeRole(String role) {
        return new PurgeRole(role);
    }

    /** Returns the creation of a system role, or the replacement of the rights of one; for the host alone. */
    static Change putSystemRole(Role role) {
        return new PutSystemRole(role);
    }

    /** Returns the assignment of a role to a user at a target. */
    static Change assign(String user, String role, Target target) {
        return new Assign(user, role, target);
    }

    /** Returns the end of an assignment; one that does not exist is no fault. */
    static Change unassign(String user, String role, Target target) {
        return new Unassign(user, role, target);
    }

    /** Returns the connection of a user to a target without naming a role: he gets the default roles. */
    static Change connect(String user, Target target) {
        return new Connect(user, target);
    }

    /** Returns the replacement of all roles that a user holds at a target; the rules say what an empty list means. */
    static Change setRoles(String user, Target target, List<String> roles) {
        return new SetRoles(user, target, roles);
    }

    /** Returns the replacement of all users who hold a role at a target. */
    static Change setUsers(String role, Target target, List<String> users) {
        return new SetUsers(role, target, users);
    }

    /** Returns the assignment of a role of the account to every user whom the account knows. */
    static Change assignToAll(String role) {
        return new AssignToAll(role);
    }

    /** Returns the removal of a user with all his assignments; an unknown user is no fault. */
    static Change removeUser(String user) {
        return new RemoveUser(user);
    }

    /** Returns the addition of a team. */
    static Change addTeam(String team) {
        return new AddTeam(team);
    }

    /** Returns the removal of a team, its chats, and every assignment in it and them. */
    static Change removeTeam(String team) {
        return new RemoveTeam(team);
    }

    /** Returns the addition of a chat that lies directly in the account. */
    static Change addChat(String chat) {
        return new AddChat(chat, null);
    }

    /** Returns the addition of a chat that lies in a team. */
    static Change addChat(String chat, String team) {
        return new AddChat(chat, requireNonNull(team, "team"));
    }

    /** Returns the move of a chat directly into the account. */
    static Change moveChat(String chat) {
        return new MoveChat(chat, null);
    }

    /** Returns the move of a chat into a team. */
    static Change moveChat(String chat, String team) {
        return new MoveChat(chat, requireNonNull(team, "team"));
    }

    /** Returns the removal of a chat with its assignments. */
    static Change removeChat(String chat) {
        return new RemoveChat(chat);
    }

    /**
     * See {@link Change#createRole(String, Scope, RoleUpdate)}.
     *
     * @param idOrNull the id, {@code null} to have one made
     * @param scopeOrNull the scope, {@code null} for the one that the rules have as default
     * @param attributes name, description, default flag and rights
     * @since 0.1
     */
    record CreateRole(@Nullable String idOrNull, @Nullable Scope scopeOrNull, RoleUpdate attributes) implements Change {

        /**
         * Creates the change.
         *
         * @param idOrNull the id, {@code null} to have one made
         * @param scopeOrNull the scope, {@code null} for the one that the rules have as default
         * @param attributes name, description, default flag and rights
         */
        public CreateRole {
            requireNonNull(attributes, "attributes");
        }

        /** Returns the id, if it is given. */
        public Optional<String> id() {
            return Optional.ofNullable(idOrNull);
        }

        /** Returns the scope, if it is given. */
        public Optional<Scope> scope() {
            return Optional.ofNullable(scopeOrNull);
        }
    }

    /**
     * See {@link Change#updateRole(String, RoleUpdate)}.
     *
     * @param role the id of the role
     * @param update what to change
     * @since 0.1
     */
    record UpdateRole(String role, RoleUpdate update) implements Change {

        /**
         * Creates the change.
         *
         * @param role the id of the role
         * @param update what to change
         */
        public UpdateRole {
            requireNonNull(role, "role");
            requireNonNull(update, "update");
        }
    }

    /**
     * See {@link Change#deleteRole(String)}.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record DeleteRole(String role) implements Change {

        /**
         * Creates the change.
         *
         * @param role the id of the role
         */
        public DeleteRole {
            requireNonNull(role, "role");
        }
    }

    /**
     * See {@link Change#restoreRole(String)}.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record RestoreRole(String role) implements Change {

        /**
         * Creates the change.
         *
         * @param role the id of the role
         */
        public RestoreRole {
            requireNonNull(role, "role");
        }
    }

    /**
     * See {@link Change#purgeRole(String)}.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record PurgeRole(String role) implements Change {

        /**
         * Creates the change.
         *
         * @param role the id of the role
         */
        public PurgeRole {
            requireNonNull(role, "role");
        }
    }

    /**
     * See {@link Change#putSystemRole(Role)}.
     *
     * @param role the role; of one that exists only the rights are taken
     * @since 0.1
     */
    record PutSystemRole(Role role) implements Change {

        /**
         * Creates the change.
         *
         * @param role the role; of one that exists only the rights are taken
         */
        public PutSystemRole {
            requireNonNull(role, "role");
        }
    }

    /**
     * See {@link Change#assign(String, String, Target)}.
     *
     * @param user the id of the user
     * @param role the id of the role
     * @param target where
     * @since 0.1
     */
    record Assign(String user, String role, Target target) implements Change {

        /**
         * Creates the change.
         *
         * @param user the id of the user
         * @param role the id of the role
         * @param target where
         */
        public Assign {
            requireNonNull(user, "user");
            requireNonNull(role, "role");
            target = target.unplaced();
        }
    }

    /**
     * See {@link Change#unassign(String, String, Target)}.
     *
     * @param user the id of the user
     * @param role the id of the role
     * @param target where
     * @since 0.1
     */
    record Unassign(String user, String role, Target target) implements Change {

        /**
         * Creates the change.
         *
         * @param user the id of the user
         * @param role the id of the role
         * @param target where
         */
        public Unassign {
            requireNonNull(user, "user");
            requireNonNull(role, "role");
            target = target.unplaced();
        }
    }

    /**
     * See {@link Change#connect(String, Target)}.
     *
     * @param user the id of the user
     * @param target where
     * @since 0.1
     */
    record Connect(String user, Target target) implements Change {

        /**
         * Creates the change.
         *
         * @param user the id of the user
         * @param target where
         */
        public Connect {
            requireNonNull(user, "user");
            target = target.unplaced();
        }
    }

    /**
     * See {@link Change#setRoles(String, Target, List)}.
     *
     * @param user the id of the user
     * @param target where
     * @param roles the ids of the roles
     * @since 0.1
     */
    record SetRoles(String user, Target target, List<String> roles) implements Change {

        /**
         * Creates the change.
         *
         * @param user the id of the user
         * @param target where
         * @param roles the ids of the roles
         */
        public SetRoles {
            requireNonNull(user, "user");
            target = target.unplaced();
            roles = List.copyOf(roles);
        }
    }

    /**
     * See {@link Change#setUsers(String, Target, List)}.
     *
     * @param role the id of the role
     * @param target where
     * @param users the ids of the users
     * @since 0.1
     */
    record SetUsers(String role, Target target, List<String> users) implements Change {

        /**
         * Creates the change.
         *
         * @param role the id of the role
         * @param target where
         * @param users the ids of the users
         */
        public SetUsers {
            requireNonNull(role, "role");
            target = target.unplaced();
            users = List.copyOf(users);
        }
    }

    /**
     * See {@link Change#assignToAll(String)}.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record AssignToAll(String role) implements Change {

        /**
         * Creates the change.
         *
         * @param role the id of the role
         */
        public AssignToAll {
            requireNonNull(role, "role");
        }
    }

    /**
     * See {@link Change#removeUser(String)}.
     *
     * @param user the id of the user
     * @since 0.1
     */
    record RemoveUser(String user) implements Change {

        /**
         * Creates the change.
         *
         * @param user the id of the user
         */
        public RemoveUser {
            requireNonNull(user, "user");
        }
    }

    /**
     * See {@link Change#addTeam(String)}.
     *
     * @param team the id of the team
     * @since 0.1
     */
    record AddTeam(String team) implements Change {

        /**
         * Creates the change.
         *
         * @param team the id of the team
         */
        public AddTeam {
            requireNonNull(team, "team");
        }
    }

    /**
     * See {@link Change#removeTeam(String)}.
     *
     * @param team the id of the team
     * @since 0.1
     */
    record RemoveTeam(String team) implements Change {

        /**
         * Creates the change.
         *
         * @param team the id of the team
         */
        public RemoveTeam {
            requireNonNull(team, "team");
        }
    }

    /**
     * See {@link Change#addChat(String, String)}.
     *
     * @param chat the id of the chat
     * @param teamOrNull the id of the team, {@code null} for the account
     * @since 0.1
     */
    record AddChat(String chat, @Nullable String teamOrNull) implements Change {

        /**
         * Creates the change.
         *
         * @param chat the id of the chat
         * @param teamOrNull the id of the team, {@code null} for the account
         */
        public AddChat {
            requireNonNull(chat, "chat");
        }

        /** Returns the team, empty for the account. */
        public Optional<String> team() {
            return Optional.ofNullable(teamOrNull);
        }
    }

    /**
     * See {@link Change#moveChat(String, String)}.
     *
     * @param chat the id of the chat
     * @param teamOrNull the id of the team, {@code null} for the account
     * @since 0.1
     */
    record MoveChat(String chat, @Nullable String teamOrNull) implements Change {

        /**
         * Creates the change.
         *
         * @param chat the id of the chat
         * @param teamOrNull the id of the team, {@code null} for the account
         */
        public MoveChat {
            requireNonNull(chat, "chat");
        }

        /** Returns the team, empty for the account. */
        public Optional<String> team() {
            return Optional.ofNullable(teamOrNull);
        }
    }

    /**
     * See {@link Change#removeChat(String)}.
     *
     * @param chat the id of the chat
     * @since 0.1
     */
    record RemoveChat(String chat) implements Change {

        /**
         * Creates the change.
         *
         * @param chat the id of the chat
         */
        public RemoveChat {
            requireNonNull(chat, "chat");
        }
    }
}
