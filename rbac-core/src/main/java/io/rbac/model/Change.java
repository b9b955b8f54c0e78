package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be changed in a policy, as data.
 *
 * <p>A change is checked only when it is applied, by {@code Policy.apply}. All records here are immutable
 * and thread-safe.
 *
 * @since 0.1
 */
public sealed interface Change {

    /** Returns the kind of this change. */
    Kind kind();

    /** Returns a change that creates a role; its id is generated when the change is committed. */
    static Change createRole(Scope scope, RoleUpdate attributes) {
        return new CreateRole(null, requireNonNull(scope, "scope"), attributes);
    }

    /** Returns a change that creates a role. */
    static Change createRole(String id, Scope scope, RoleUpdate attributes) {
        return new CreateRole(requireNonNull(id, "id"), requireNonNull(scope, "scope"), attributes);
    }

    /** Returns a change that updates a role: given attributes are replaced, the others are kept. */
    static Change updateRole(String role, RoleUpdate update) {
        return new UpdateRole(role, update);
    }

    /**
     * Returns a change that deletes a role: {@linkplain PolicyRules#deletion() the rules} decide whether the role is
     * discarded, removed for good, or kept while it has users.
     */
    static Change deleteRole(String role) {
        return new DeleteRole(role);
    }

    /** Returns a change that restores a discarded role; an active one stays as it is. */
    static Change restoreRole(String role) {
        return new RestoreRole(role);
    }

    /** Returns a change that removes a discarded role and its assignments for good; for the host alone. */
    static Change purgeRole(String role) {
        return new PurgeRole(role);
    }

    /** Returns a change that creates a system role or replaces the rights of one; for the host alone. */
    static Change putSystemRole(Role role) {
        return new PutSystemRole(role);
    }

    /** Returns a change that assigns a role to a user at a target. */
    static Change assign(String user, String role, Target target) {
        return new Assign(user, role, target);
    }

    /** Returns a change that ends an assignment; one that does not exist is ignored. */
    static Change unassign(String user, String role, Target target) {
        return new Unassign(user, role, target);
    }

    /**
     * Returns a change that connects a user to a target without naming a role: they get the default roles, unless they
     * already hold an active role there.
     */
    static Change connect(String user, Target target) {
        return new Connect(user, target);
    }

    /**
     * Returns a change that replaces all roles that a user holds at a target; {@linkplain PolicyRules#emptyRoles() the
     * rules} decide what an empty list means.
     */
    static Change setRoles(String user, Target target, List<String> roles) {
        return new SetRoles(user, target, roles);
    }

    /** Returns a change that replaces all users who hold a role at a target. */
    static Change setUsers(String role, Target target, List<String> users) {
        return new SetUsers(role, target, users);
    }

    /** Returns a change that assigns a role of the account to every user whom the account knows. */
    static Change assignToAll(String role) {
        return new AssignToAll(role);
    }

    /** Returns a change that removes a user with all their assignments; an unknown user is ignored. */
    static Change removeUser(String user) {
        return new RemoveUser(user);
    }

    /** Returns a change that adds a target directly to the account. */
    static Change addTarget(Target target) {
        return new AddTarget(target, Target.account());
    }

    /** Returns a change that adds a target to a parent. */
    static Change addTarget(Target target, Target parent) {
        return new AddTarget(target, parent);
    }

    /** Returns a change that moves a target to another parent, with everything that lies in it. */
    static Change moveTarget(Target target, Target parent) {
        return new MoveTarget(target, parent);
    }

    /** Returns a change that removes a target, everything that lies in it, and every assignment in any of them. */
    static Change removeTarget(Target target) {
        return new RemoveTarget(target);
    }

    /** Returns a change that adds a team. */
    static Change addTeam(String team) {
        return addTarget(Target.team(team));
    }

    /** Returns a change that removes a team, its chats, and every assignment in any of them. */
    static Change removeTeam(String team) {
        return removeTarget(Target.team(team));
    }

    /** Returns a change that adds a chat directly to the account. */
    static Change addChat(String chat) {
        return addTarget(Target.chat(chat));
    }

    /** Returns a change that adds a chat to a team. */
    static Change addChat(String chat, String team) {
        return addTarget(Target.chat(chat), Target.team(team));
    }

    /** Returns a change that moves a chat directly into the account. */
    static Change moveChat(String chat) {
        return moveTarget(Target.chat(chat), Target.account());
    }

    /** Returns a change that moves a chat into a team. */
    static Change moveChat(String chat, String team) {
        return moveTarget(Target.chat(chat), Target.team(team));
    }

    /** Returns a change that removes a chat with its assignments. */
    static Change removeChat(String chat) {
        return removeTarget(Target.chat(chat));
    }

    /**
     * The kinds of change, one per record. Code that decides by kind should do so in a {@code switch} over all of them,
     * so that a new kind does not compile until it is handled.
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
        PURGE_ROLE(true),
        /** {@link PutSystemRole}. */
        PUT_SYSTEM_ROLE(true),
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
        REMOVE_TARGET;

        private final boolean hostOnly;

        Kind() {
            this(false);
        }

        Kind(boolean hostOnly) {
            this.hostOnly = hostOnly;
        }

        /** Returns whether only the host may make such changes, and no edit that names an actor or is restricted. */
        public boolean isHostOnly() {
            return hostOnly;
        }
    }

    /**
     * See {@link Change#createRole(String, Scope, RoleUpdate)}.
     *
     * @param idOrNull the id, {@code null} to have one generated
     * @param scopeOrNull the scope, {@code null} for the default scope of the rules
     * @param attributes name, description, default flag and rights
     * @since 0.1
     */
    record CreateRole(@Nullable String idOrNull, @Nullable Scope scopeOrNull, RoleUpdate attributes) implements Change {

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

        @Override
        public Kind kind() {
            return Kind.CREATE_ROLE;
        }
    }

    /**
     * See {@link Change#updateRole(String, RoleUpdate)}.
     *
     * @param role the id of the role
     * @param update the attributes to change
     * @since 0.1
     */
    record UpdateRole(String role, RoleUpdate update) implements Change {

        public UpdateRole {
            requireNonNull(role, "role");
            requireNonNull(update, "update");
        }

        @Override
        public Kind kind() {
            return Kind.UPDATE_ROLE;
        }
    }

    /**
     * See {@link Change#deleteRole(String)}.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record DeleteRole(String role) implements Change {

        public DeleteRole {
            requireNonNull(role, "role");
        }

        @Override
        public Kind kind() {
            return Kind.DELETE_ROLE;
        }
    }

    /**
     * See {@link Change#restoreRole(String)}.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record RestoreRole(String role) implements Change {

        public RestoreRole {
            requireNonNull(role, "role");
        }

        @Override
        public Kind kind() {
            return Kind.RESTORE_ROLE;
        }
    }

    /**
     * See {@link Change#purgeRole(String)}.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record PurgeRole(String role) implements Change {

        public PurgeRole {
            requireNonNull(role, "role");
        }

        @Override
        public Kind kind() {
            return Kind.PURGE_ROLE;
        }
    }

    /**
     * See {@link Change#putSystemRole(Role)}.
     *
     * @param role the role; if it exists, only its rights are replaced
     * @since 0.1
     */
    record PutSystemRole(Role role) implements Change {

        public PutSystemRole {
            requireNonNull(role, "role");
        }

        @Override
        public Kind kind() {
            return Kind.PUT_SYSTEM_ROLE;
        }
    }

    /**
     * See {@link Change#assign(String, String, Target)}.
     *
     * @param user the id of the user
     * @param role the id of the role
     * @param target the target
     * @since 0.1
     */
    record Assign(String user, String role, Target target) implements Change {

        public Assign {
            requireNonNull(user, "user");
            requireNonNull(role, "role");
            target = target.withoutParent();
        }

        @Override
        public Kind kind() {
            return Kind.ASSIGN;
        }
    }

    /**
     * See {@link Change#unassign(String, String, Target)}.
     *
     * @param user the id of the user
     * @param role the id of the role
     * @param target the target
     * @since 0.1
     */
    record Unassign(String user, String role, Target target) implements Change {

        public Unassign {
            requireNonNull(user, "user");
            requireNonNull(role, "role");
            target = target.withoutParent();
        }

        @Override
        public Kind kind() {
            return Kind.UNASSIGN;
        }
    }

    /**
     * See {@link Change#connect(String, Target)}.
     *
     * @param user the id of the user
     * @param target the target
     * @since 0.1
     */
    record Connect(String user, Target target) implements Change {

        public Connect {
            requireNonNull(user, "user");
            target = target.withoutParent();
        }

        @Override
        public Kind kind() {
            return Kind.CONNECT;
        }
    }

    /**
     * See {@link Change#setRoles(String, Target, List)}.
     *
     * @param user the id of the user
     * @param target the target
     * @param roles the ids of the roles
     * @since 0.1
     */
    record SetRoles(String user, Target target, List<String> roles) implements Change {

        public SetRoles {
            requireNonNull(user, "user");
            target = target.withoutParent();
            roles = List.copyOf(roles);
        }

        @Override
        public Kind kind() {
            return Kind.SET_ROLES;
        }
    }

    /**
     * See {@link Change#setUsers(String, Target, List)}.
     *
     * @param role the id of the role
     * @param target the target
     * @param users the ids of the users
     * @since 0.1
     */
    record SetUsers(String role, Target target, List<String> users) implements Change {

        public SetUsers {
            requireNonNull(role, "role");
            target = target.withoutParent();
            users = List.copyOf(users);
        }

        @Override
        public Kind kind() {
            return Kind.SET_USERS;
        }
    }

    /**
     * See {@link Change#assignToAll(String)}.
     *
     * @param role the id of the role
     * @since 0.1
     */
    record AssignToAll(String role) implements Change {

        public AssignToAll {
            requireNonNull(role, "role");
        }

        @Override
        public Kind kind() {
            return Kind.ASSIGN_TO_ALL;
        }
    }

    /**
     * See {@link Change#removeUser(String)}.
     *
     * @param user the id of the user
     * @since 0.1
     */
    record RemoveUser(String user) implements Change {

        public RemoveUser {
            requireNonNull(user, "user");
        }

        @Override
        public Kind kind() {
            return Kind.REMOVE_USER;
        }
    }

    /**
     * See {@link Change#addTarget(Target, Target)}.
     *
     * @param target the target
     * @param parent what it is to lie in
     * @since 0.1
     */
    record AddTarget(Target target, Target parent) implements Change {

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
     * See {@link Change#moveTarget(Target, Target)}.
     *
     * @param target the target
     * @param parent what it is to lie in
     * @since 0.1
     */
    record MoveTarget(Target target, Target parent) implements Change {

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
     * See {@link Change#removeTarget(Target)}.
     *
     * @param target the target
     * @since 0.1
     */
    record RemoveTarget(Target target) implements Change {

        public RemoveTarget {
            target = target.withoutParent();
        }

        @Override
        public Kind kind() {
            return Kind.REMOVE_TARGET;
        }
    }
}
