package io.rbac.engine;

import io.rbac.model.AppliedChanges;

/**
 * A commit that could be made, and what it leads to.
 *
 * @param commit the commit
 * @param applied the policy that results, and the effects
 */
record PlannedCommit(Commit commit, AppliedChanges applied) {

    boolean changesNothing() {
        return commit.effects().isEmpty();
    }
}
