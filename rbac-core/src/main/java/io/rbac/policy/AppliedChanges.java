package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Effect;
import java.util.List;

/**
 * The result of a batch of changes.
 *
 * <p>This record is immutable and thread-safe.
 *
 * @param policy the resulting policy; the very object that was changed if there is no effect
 * @param effects first what was removed (assignments, roles, targets), then what was changed, moved or added (targets,
 *     roles, assignments), each in list order
 * @since 0.1
 */
public record AppliedChanges(Policy policy, List<Effect> effects) {

    public AppliedChanges {
        requireNonNull(policy, "policy");
        effects = List.copyOf(effects);
    }
}
