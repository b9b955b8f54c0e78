package io.rbac.test;

import io.rbac.test.Sketch.Assignment;
import org.jspecify.annotations.Nullable;

/**
 * One net difference that a batch of edits made, as plain data. All records here are immutable and safe for use by
 * several threads.
 *
 * @since 0.1
 */
public sealed interface EditEffect {

    /**
     * A role came.
     *
     * @param role the role
     * @since 0.1
     */
    record RoleAdded(SketchRole role) implements EditEffect {}

    /**
     * A role is other than it was.
     *
     * @param before as it was
     * @param after as it is
     * @since 0.1
     */
    record RoleChanged(SketchRole before, SketchRole after) implements EditEffect {}

    /**
     * A role went.
     *
     * @param role as it was
     * @since 0.1
     */
    record RoleRemoved(SketchRole role) implements EditEffect {}

    /**
     * A team came.
     *
     * @param team its id
     * @since 0.1
     */
    record TeamAdded(String team) implements EditEffect {}

    /**
     * A team went.
     *
     * @param team its id
     * @since 0.1
     */
    record TeamRemoved(String team) implements EditEffect {}

    /**
     * A chat came.
     *
     * @param chat its id
     * @param team the team it lies in; {@code null}: the account
     * @since 0.1
     */
    record ChatAdded(String chat, @Nullable String team) implements EditEffect {}

    /**
     * A chat lies elsewhere.
     *
     * @param chat its id
     * @param before the team it lay in; {@code null}: the account
     * @param after the team it lies in; {@code null}: the account
     * @since 0.1
     */
    record ChatMoved(
            String chat, @Nullable String before, @Nullable String after) implements EditEffect {}

    /**
     * A chat went.
     *
     * @param chat its id
     * @param team the team it lay in; {@code null}: the account
     * @since 0.1
     */
    record ChatRemoved(String chat, @Nullable String team) implements EditEffect {}

    /**
     * An assignment came.
     *
     * @param assignment the assignment
     * @since 0.1
     */
    record AssignmentAdded(Assignment assignment) implements EditEffect {}

    /**
     * An assignment went.
     *
     * @param assignment the assignment
     * @since 0.1
     */
    record AssignmentRemoved(Assignment assignment) implements EditEffect {}
}
