package io.rbac.roleapi;

import io.rbac.engine.Commit;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Role;

/**
 * A commit together with the revisions before and after it.
 *
 * @param commit the commit
 * @param base the revision that it was made on
 * @param matrix the revision that it led to, whatever was committed since
 */
record EditResult(Commit commit, PermissionMatrix base, PermissionMatrix matrix) {

    /** Derives the revision that a commit led to from the one that it was made on. */
    static EditResult of(PermissionMatrix base, Commit commit) {
        return new EditResult(
                commit,
                base,
                commit.effects().isEmpty()
                        ? base
                        : base.updatedTo(base.policy()
                                .apply(commit.changes(), commit.time())
                                .policy()));
    }

    Role role(String id) {
        return matrix.policy().role(id).orElseThrow();
    }

    /** Returns the role that the first change created. */
    Role createdRole() {
        Change.CreateRole create = (Change.CreateRole) commit.changes().get(0);
        return role(create.id().orElseThrow());
    }
}
