package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One difference that a batch of changes made to a policy: a role, team, chat or assignment that was added, changed
 * or removed.
 *
 * <p>Effects are net: what a batch both adds and removes is not among them. All records here are immutable and
 * thread-safe.
 *
 * @since 0.1
 */
public sealed interface Effect {

    /** Returns the kind of this effect. */
    Kind kind();

    /**
     * The kinds of effect, one per record.
     *
     * @since 0.1
     */
    enum Kind {
        /** {@link RoleAdded}. */
        ROLE_ADDED,
        /** {@link RoleChanged}. */
        ROLE_CHANGED,
        /** {@link RoleRemoved}. */
        ROLE_REMOVED,
        /** {@link TeamAdded}. */
        TEAM_ADDED,
        /** {@link TeamRemoved}. */
        TEAM_REMOVED,
        /** {@link ChatAdded}. */
        CHAT_ADDED,
        /** {@link ChatMoved}. */
        CHAT_MOVED,
        /** {@link ChatRemoved}. */
        CHAT_REMOVED,
        /** {@link AssignmentAdded}. */
        ASSIGNMENT_ADDED,
        /** {@link AssignmentRemoved}. */
        ASSIGNMENT_REMOVED
    }

    /**
     * A role was added.
     *
     * @param role the role
     * @since 0.1
     */
    record RoleAdded(Role role) implements Effect {
        public RoleAdded {
            requireNonNull(role, "role");
        }

        @Override
        public Kind kind() {
            return Kind.ROLE_ADDED;
        }
    }

    /**
     * A role changed: its name, description, default flag, rights or state.
     *
     * @param before the role as it was
     * @param after the role as it is now
     * @since 0.1
     */
    record RoleChanged(Role before, Role after) implements Effect {
        public RoleChanged {
            requireNonNull(before, "before");
            requireNonNull(after, "after");
        }

        @Override
        public Kind kind() {
            return Kind.ROLE_CHANGED;
        }
    }

    /**
     * A role was removed for good.
     *
     * @param role the role as it was
     * @since 0.1
     */
    record RoleRemoved(Role role) implements Effect {
        public RoleRemoved {
            requireNonNull(role, "role");
        }

        @Override
        public Kind kind() {
            return Kind.ROLE_REMOVED;
        }
    }

    /**
     * A team was added.
     *
     * @param team its id
     * @since 0.1
     */
    record TeamAdded(String team) implements Effect {
        public TeamAdded {
            requireNonNull(team, "team");
        }

        @Override
        public Kind kind() {
            return Kind.TEAM_ADDED;
        }
    }

    /**
     * A team was removed.
     *
     * @param team its id
     * @since 0.1
     */
    record TeamRemoved(String team) implements Effect {
        public TeamRemoved {
            requireNonNull(team, "team");
        }

        @Override
        public Kind kind() {
            return Kind.TEAM_REMOVED;
        }
    }

    /**
     * A chat was added.
     *
     * @param chat its id
     * @param teamOrNull the team that it lies in, {@code null} for the account
     * @since 0.1
     */
    record ChatAdded(String chat, @Nullable String teamOrNull) implements Effect {
        public ChatAdded {
            requireNonNull(chat, "chat");
        }

        /** Returns the team, or empty if the chat lies directly in the account. */
        public Optional<String> team() {
            return Optional.ofNullable(teamOrNull);
        }

        @Override
        public Kind kind() {
            return Kind.CHAT_ADDED;
        }
    }

    /**
     * A chat was moved.
     *
     * @param chat its id
     * @param beforeOrNull the team that it lay in, {@code null} for the account
     * @param afterOrNull the team that it lies in, {@code null} for the account
     * @since 0.1
     */
    record ChatMoved(
            String chat,
            @Nullable String beforeOrNull,
            @Nullable String afterOrNull) implements Effect {
        public ChatMoved {
            requireNonNull(chat, "chat");
        }

        @Override
        public Kind kind() {
            return Kind.CHAT_MOVED;
        }
    }

    /**
     * A chat was removed.
     *
     * @param chat its id
     * @param teamOrNull the team that it lay in, {@code null} for the account
     * @since 0.1
     */
    record ChatRemoved(String chat, @Nullable String teamOrNull) implements Effect {
        public ChatRemoved {
            requireNonNull(chat, "chat");
        }

        @Override
        public Kind kind() {
            return Kind.CHAT_REMOVED;
        }
    }

    /**
     * An assignment was added.
     *
     * @param assignment the assignment
     * @since 0.1
     */
    record AssignmentAdded(Assignment assignment) implements Effect {
        public AssignmentAdded {
            requireNonNull(assignment, "assignment");
        }

        @Override
        public Kind kind() {
            return Kind.ASSIGNMENT_ADDED;
        }
    }

    /**
     * An assignment was removed.
     *
     * @param assignment the assignment
     * @since 0.1
     */
    record AssignmentRemoved(Assignment assignment) implements Effect {
        public AssignmentRemoved {
            requireNonNull(assignment, "assignment");
        }

        @Override
        public Kind kind() {
            return Kind.ASSIGNMENT_REMOVED;
        }
    }
}
