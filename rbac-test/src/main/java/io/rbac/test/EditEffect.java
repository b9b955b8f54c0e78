package io.rbac.test;

import io.rbac.test.PlainPolicy.Assignment;

/**
 * One net difference that a batch of edits made, as plain data.
 *
 * <p>All records here are immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface EditEffect {

    /**
     * A role was added.
     *
     * @param role the role
     * @since 0.1
     */
    record RoleAdded(PlainRole role) implements EditEffect {}

    /**
     * A role changed.
     *
     * @param before the role as it was
     * @param after the role as it is
     * @since 0.1
     */
    record RoleChanged(PlainRole before, PlainRole after) implements EditEffect {}

    /**
     * A role was removed.
     *
     * @param role the role as it was
     * @since 0.1
     */
    record RoleRemoved(PlainRole role) implements EditEffect {}

    /**
     * A target was added.
     *
     * @param target the target
     * @param parent what it lies in
     * @since 0.1
     */
    record TargetAdded(PlainTarget target, PlainTarget parent) implements EditEffect {}

    /**
     * A target was moved.
     *
     * @param target the target
     * @param before what it lay in
     * @param after what it lies in
     * @since 0.1
     */
    record TargetMoved(PlainTarget target, PlainTarget before, PlainTarget after) implements EditEffect {}

    /**
     * A target was removed.
     *
     * @param target the target
     * @param parent what it lay in
     * @since 0.1
     */
    record TargetRemoved(PlainTarget target, PlainTarget parent) implements EditEffect {}

    /**
     * An assignment was added.
     *
     * @param assignment the assignment
     * @since 0.1
     */
    record AssignmentAdded(Assignment assignment) implements EditEffect {}

    /**
     * An assignment was removed.
     *
     * @param assignment the assignment
     * @since 0.1
     */
    record AssignmentRemoved(Assignment assignment) implements EditEffect {}
}
