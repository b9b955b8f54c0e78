package io.rbac.engine;

import io.rbac.policy.AppliedChanges;

/**
 * A commit that an edit would make, and what it leads to.
 *
 * @param commit the commit
 * @param applied the resulting policy and the effects
 */
record PlannedCommit(Commit commit, AppliedChanges applied) {

    boolean changesNothing() {
        return commit.effects().isEmpty();
    }
}
