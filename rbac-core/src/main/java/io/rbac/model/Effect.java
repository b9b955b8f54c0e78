package io.rbac.model;

import static java.util.Objects.requireNonNull;

/**
 * One difference that a batch of changes made to a policy: a role, target or assignment that was added, moved, changed
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
        /** {@link TargetAdded}. */
        TARGET_ADDED,
        /** {@link TargetMoved}. */
        TARGET_MOVED,
        /** {@link TargetRemoved}. */
        TARGET_REMOVED,
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
     * A target was added.
     *
     * @param target the target
     * @param parent what it lies in
     * @since 0.1
     */
    record TargetAdded(Target target, Target parent) implements Effect {
        public TargetAdded {
            requireNonNull(target, "target");
            requireNonNull(parent, "parent");
        }

        @Override
        public Kind kind() {
            return Kind.TARGET_ADDED;
        }
    }

    /**
     * A target was moved, with everything that lies in it: targets that keep their parent are not among the effects.
     *
     * @param target the target
     * @param before what it lay in
     * @param after what it lies in
     * @since 0.1
     */
    record TargetMoved(Target target, Target before, Target after) implements Effect {
        public TargetMoved {
            requireNonNull(target, "target");
            requireNonNull(before, "before");
            requireNonNull(after, "after");
        }

        @Override
        public Kind kind() {
            return Kind.TARGET_MOVED;
        }
    }

    /**
     * A target was removed.
     *
     * @param target the target
     * @param parent what it lay in
     * @since 0.1
     */
    record TargetRemoved(Target target, Target parent) implements Effect {
        public TargetRemoved {
            requireNonNull(target, "target");
            requireNonNull(parent, "parent");
        }

        @Override
        public Kind kind() {
            return Kind.TARGET_REMOVED;
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
