package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One difference that a batch of changes made to a policy: a role, team, chat or assignment that came, changed or went.
 *
 * <p>Effects are net: what came and went within one batch is not among them. All records here are immutable and
 * thread-safe.
 *
 * @since 0.1
 */
public sealed interface Effect {

    /**
     * A role came.
     *
     * @param role the role
     * @since 0.1
     */
    record RoleAdded(Role role) implements Effect {
        /**
         * Creates the effect.
         *
         * @param role the role
         */
        public RoleAdded {
            requireNonNull(role, "role");
        }
    }

    /**
     * A role changed: its name, description, default flag, rights or state.
     *
     * @param before the role as it was
     * @param after the role as it is
     * @since 0.1
     */
    record RoleChanged(Role before, Role after) implements Effect {
        /**
         * Creates the effect.
         *
         * @param before the role as it was
         * @param after the role as it is
         */
        public RoleChanged {
            requireNonNull(before, "before");
            requireNonNull(after, "after");
        }
    }

    /**
     * A role went for good.
     *
     * @param role the role as it was
     * @since 0.1
     */
    record RoleRemoved(Role role) implements Effect {
        /**
         * Creates the effect.
         *
         * @param role the role as it was
         */
        public RoleRemoved {
            requireNonNull(role, "role");
        }
    }

    /**
     * A team came.
     *
     * @param team its id
     * @since 0.1
     */
    record TeamAdded(String team) implements Effect {
        /**
         * Creates the effect.
         *
         * @param team its id
         */
        public TeamAdded {
            requireNonNull(team, "team");
        }
    }

    /**
     * A team went.
     *
     * @param team its id
     * @since 0.1
     */
    record TeamRemoved(String team) implements Effect {
        /**
         * Creates the effect.
         *
         * @param team its id
         */
        public TeamRemoved {
            requireNonNull(team, "team");
        }
    }

    /**
     * A chat came.
     *
     * @param chat its id
     * @param teamOrNull the team it lies in, {@code null} for the account
     * @since 0.1
     */
    record ChatAdded(String chat, @Nullable String teamOrNull) implements Effect {
        /**
         * Creates the effect.
         *
         * @param chat its id
         * @param teamOrNull the team it lies in, {@code null} for the account
         */
        public ChatAdded {
            requireNonNull(chat, "chat");
        }

        /** Returns the team, empty for the account. */
        public Optional<String> team() {
            return Optional.ofNullable(teamOrNull);
        }
    }

    /**
     * A chat moved.
     *
     * @param chat its id
     * @param beforeOrNull the team it lay in, {@code null} for the account
     * @param afterOrNull the team it lies in, {@code null} for the account
     * @since 0.1
     */
    record ChatMoved(
            String chat,
            @Nullable String beforeOrNull,
            @Nullable String afterOrNull) implements Effect {
        /**
         * Creates the effect.
         *
         * @param chat its id
         * @param beforeOrNull the team it lay in, {@code null} for the account
         * @param afterOrNull the team it lies in, {@code null} for the account
         */
        public ChatMoved {
            requireNonNull(chat, "chat");
        }
    }

    /**
     * A chat went.
     *
     * @param chat its id
     * @param teamOrNull the team it lay in, {@code null} for the account
     * @since 0.1
     */
    record ChatRemoved(String chat, @Nullable String teamOrNull) implements Effect {
        /**
         * Creates the effect.
         *
         * @param chat its id
         * @param teamOrNull the team it lay in, {@code null} for the account
         */
        public ChatRemoved {
            requireNonNull(chat, "chat");
        }
    }

    /**
     * An assignment came.
     *
     * @param assignment the assignment
     * @since 0.1
     */
    record AssignmentAdded(Assignment assignment) implements Effect {
        /**
         * Creates the effect.
         *
         * @param assignment the assignment
         */
        public AssignmentAdded {
            requireNonNull(assignment, "assignment");
        }
    }

    /**
     * An assignment went.
     *
     * @param assignment the assignment
     * @since 0.1
     */
    record AssignmentRemoved(Assignment assignment) implements Effect {
        /**
         * Creates the effect.
         *
         * @param assignment the assignment
         */
        public AssignmentRemoved {
            requireNonNull(assignment, "assignment");
        }
    }
}
