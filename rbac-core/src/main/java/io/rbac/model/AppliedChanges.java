package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What became of a batch of changes that could be applied.
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param policy the policy that results; the very object that was changed when there is no effect
 * @param effects what came, changed and went: what went first (assignments, roles, chats, teams), then what changed or
 *     came (teams, chats, roles, assignments), each in list order
 * @since 0.1
 */
public record AppliedChanges(Policy policy, List<Effect> effects) {

    /**
     * Creates the result.
     *
     * @param policy the policy that results
     * @param effects what came, changed and went
     */
    public AppliedChanges {
        requireNonNull(policy, "policy");
        effects = List.copyOf(effects);
    }
}
