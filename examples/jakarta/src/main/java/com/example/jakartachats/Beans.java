package com.example.jakartachats;

import io.rbac.guard.AdminGuard;
import io.rbac.jackson.CatalogJson;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** What the engine is made of, which is a bean of its own then. */
@Dependent
class Beans {

    @Produces
    @Singleton
    PermissionCatalog catalog() throws IOException {
        try (InputStream file = Objects.requireNonNull(Beans.class.getResourceAsStream("/catalog.json"))) {
            return CatalogJson.read(file);
        }
    }

    @Produces
    @Singleton
    AdminGuard guard(PermissionCatalog catalog) {
        Permission share = catalog.permission("chat:share");
        return AdminGuard.builder(catalog)
                .needsForRoles(share)
                .needsForMemberships(share)
                .needsForTargets(share)
                .build();
    }
}
