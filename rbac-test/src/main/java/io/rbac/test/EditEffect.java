package io.rbac.test;

import io.rbac.test.PlainPolicy.Assignment;
import org.jspecify.annotations.Nullable;

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
     * A team was added.
     *
     * @param team its id
     * @since 0.1
     */
    record TeamAdded(String team) implements EditEffect {}

    /**
     * A team was removed.
     *
     * @param team its id
     * @since 0.1
     */
    record TeamRemoved(String team) implements EditEffect {}

    /**
     * A chat was added.
     *
     * @param chat its id
     * @param team the team it lies in; {@code null}: directly in the account
     * @since 0.1
     */
    record ChatAdded(String chat, @Nullable String team) implements EditEffect {}

    /**
     * A chat was moved.
     *
     * @param chat its id
     * @param before the team it lay in; {@code null}: directly in the account
     * @param after the team it lies in; {@code null}: directly in the account
     * @since 0.1
     */
    record ChatMoved(
            String chat, @Nullable String before, @Nullable String after) implements EditEffect {}

    /**
     * A chat was removed.
     *
     * @param chat its id
     * @param team the team it lay in; {@code null}: directly in the account
     * @since 0.1
     */
    record ChatRemoved(String chat, @Nullable String team) implements EditEffect {}

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
