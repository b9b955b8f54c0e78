package io.rbac.spring;

import io.rbac.matrix.PermissionRequirement;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.spring.RequiresPermission.Match;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
            throw invalid(e);
        }
    }

    /** Checks the permissions of a rule whose place is not known yet; throws what {@link #of} throws. */
    static void check(PermissionCatalog catalog, List<String> permissions) {
        try {
            catalog.rights(permissions);
        } catch (PolicyViolationException e) {
            throw invalid(e);
        }
    }

    private static InvalidRulesException invalid(PolicyViolationException wrong) {
        return new InvalidRulesException(
                wrong.violations().stream().map(Violation::message).toList());
    }

    /** Returns the problem that the pattern of a rule about URLs lacks the variable that it needs, null if there is none. */
    static @Nullable String problem(PermissionRequirement requirement, Map<String, ?> variables) {
        String placeholder = requirement.placeholder().orElse(null);
        return placeholder == null || variables.containsKey(placeholder)
                ? null
                : "the pattern of the rule " + Violation.quote(requirement.toString()) + " has no variable "
                        + Violation.quote(placeholder) + ": expected `{" + placeholder + "}` in it";
    }

    /** Returns the scope below the account with this name, empty if the catalog has none. */
    static Optional<Scope> scopeBelowAccount(PermissionCatalog catalog, String name) {
        return catalog.scopes().find(name).filter(scope -> !scope.isAccount());
    }

    /** Returns the problem that {@link #scopeBelowAccount} has nothing. */
    static String noScopeBelowAccount(PermissionCatalog catalog, String name) {
        return Violation.quote(name) + " is not a scope below the account: expected one of "
                + catalog.scopes().scopes();
    }
}
