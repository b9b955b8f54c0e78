package io.rbac.spring;

import io.rbac.matrix.PermissionRequirement;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.spring.RequiresPermission.Match;
import java.util.List;

/** Makes requirements of annotations and rules; what is wrong with them is a mistake of the program. */
final class Requirements {

    private Requirements() {}

    /**
     * Returns what a rule requires.
     *
     * @throws InvalidRulesException with everything that is wrong with it
     */
    static PermissionRequirement of(PermissionCatalog catalog, List<String> permissions, Match match, String at) {
        try {
            return match == Match.ALL
                    ? PermissionRequirement.allOf(catalog, permissions, at)
                    : PermissionRequirement.anyOf(catalog, permissions, at);
        } catch (PolicyViolationException e) {
            throw new InvalidRulesException(
                    e.violations().stream().map(Violation::message).toList());
        }
    }

    /** Checks the permissions of a rule whose place is not known yet; throws what {@link #of} throws. */
    static void check(PermissionCatalog catalog, List<String> permissions) {
        try {
            catalog.rights(permissions);
        } catch (PolicyViolationException e) {
            throw new InvalidRulesException(
                    e.violations().stream().map(Violation::message).toList());
        }
    }
}
