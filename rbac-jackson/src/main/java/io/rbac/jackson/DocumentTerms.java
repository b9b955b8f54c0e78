package io.rbac.jackson;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import java.util.List;

/**
 * The catalog and the rules in the document of an account.
 *
 * @param catalog the catalog; what it lists as retired is not part of a document
 * @param rules the rules
 */
record DocumentTerms(PermissionCatalog catalog, PolicyRules rules) {

    /** Returns whether a document would have the same catalog and rules. */
    boolean areThoseOf(PermissionCatalog otherCatalog, PolicyRules otherRules) {
        return rules.equals(otherRules) && isStatedAs(otherCatalog);
    }

    @SuppressWarnings("ReferenceEquality") // a shortcut for the instance that an application has
    private boolean isStatedAs(PermissionCatalog other) {
        if (catalog == other) {
            return true;
        }
        if (!catalog.scopes().equals(other.scopes()) || !catalog.groups().equals(other.groups())) {
            return false;
        }
        List<Permission> permissions = catalog.permissions();
        for (int i = 0; i < permissions.size(); i++) {
            if (!isStatedAs(permissions.get(i), other.permissions().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStatedAs(Permission one, Permission other) {
        return one.action().equals(other.action())
                && one.scopes().equals(other.scopes())
                && one.title().equals(other.title())
                && one.description().equals(other.description());
    }
}
