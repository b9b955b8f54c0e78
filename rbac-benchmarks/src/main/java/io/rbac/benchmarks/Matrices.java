package io.rbac.benchmarks;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.Role;
import io.rbac.model.Scope;

/** What stands in a field until it is set up. */
final class Matrices {

    private Matrices() {}

    static Policy nobody() {
        return Policy.builder("none", PermissionCatalog.empty())
                .role(Role.builder("none", Scope.ACCOUNT)
                        .name("None")
                        .defaultRole(true)
                        .build())
                .build();
    }

    static PermissionMatrix none() {
        return PermissionMatrix.compile(nobody());
    }
}
