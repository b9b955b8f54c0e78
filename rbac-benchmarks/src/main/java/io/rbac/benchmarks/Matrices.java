package io.rbac.benchmarks;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.policy.Policy;

/** What a field holds until it is set up. */
final class Matrices {

    private Matrices() {}

    static Policy nobody() {
        return Policy.builder()
                .account("none")
                .catalog(PermissionCatalog.empty())
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
