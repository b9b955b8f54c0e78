package io.rbac.roleapi;

import io.rbac.engine.Commit;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Role;

/**
 * A commit that was made, with the revision that it led to.
 *
 * @param commit the commit
 * @param matrix of exactly its revision, whatever was committed since
 */
record Committed(Commit commit, PermissionMatrix matrix) {

    /** Works out the revision that a commit led to from the one that it was made on. */
    static Committed on(PermissionMatrix base, Commit commit) {
        return new Committed(
                commit,
                commit.effects().isEmpty()
                        ? base
                        : base.updatedTo(base.policy()
                                .apply(commit.changes(), commit.time())
                                .policy()));
    }

    Role role(String id) {
        return matrix.policy().role(id).orElseThrow();
    }

    /** The role that the first change created. */
    Role createdRole() {
        Change.CreateRole create = (Change.CreateRole) commit.changes().get(0);
        return role(create.id().orElseThrow());
    }
}
