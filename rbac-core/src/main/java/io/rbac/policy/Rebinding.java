package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Assignment;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.table.IdTable;
import io.rbac.table.Pages;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a policy under another catalog and other rules (S2): everything but roles is shared. */
final class Rebinding {

    private final PermissionCatalog catalog;
    private final PolicyRules rules;

    Rebinding(PermissionCatalog catalog, PolicyRules rules) {
        this.catalog = catalog;
        this.rules = rules;
    }

    /** Returns the table with rights of the new catalog, for each role all of whose permissions it knows. */
    @SuppressWarnings("ReferenceEquality") // positions in rights are those of one catalog instance
    PolicyTable table(Policy given) {
        Policy policy = given.catalog().scopes().equals(catalog.scopes()) ? given : mapped(given);
        PolicyTable table =
                policy.table().trustingUnknownTargets(rules.unknownTargets() == PolicyRules.UnknownTargets.TRUSTED);
        if (catalog == policy.catalog()) {
            return table;
        }
        @Nullable RoleEntry[] entries = new RoleEntry[table.roles()];
        List<Role> roles = policy.roles();
        String[] ids = new String[roles.size()];
        Object[] values = new Object[roles.size()];
        for (int i = 0; i < ids.length; i++) {
            Role role = roles.get(i);
            Violation.Collector unknown = new Violation.Collector();
            Rights rights = new RoleValidator(catalog, rules, unknown).rights(role.id(), null, role.rights(), "");
            RoleEntry old = requireNonNull(table.roleEntry(role.id()));
            RoleEntry entry = old.withRole(
                    unknown.isEmpty() ? role.toBuilder().rights(rights).build() : role);
            ids[i] = role.id();
            values[i] = entry;
            entries[entry.ordinal()] = entry;
        }
        List<@Nullable RoleEntry> ordered = Arrays.asList(entries);
        return table.withRoles(IdTable.of(ids, values), Pages.of(ordered));
    }

    private Policy mapped(Policy policy) {
        PolicyTable table = new ScopeMapping(policy, catalog.scopes()).table();
        return new Policy(policy.account(), policy.revision(), policy.catalog(), policy.rules(), table, true);
    }

    /** Adds everything that a policy breaks; paths are those in its document. */
    void check(Policy policy, Violation.Collector violations) {
        RoleValidator check = new RoleValidator(catalog, rules, violations);
        check.checkRules();
        List<Role> roles = policy.roles();
        for (int i = 0; i < roles.size(); i++) {
            check.checked(roles.get(i), Violation.pointer("roles", i));
        }
        check.checkTogether(roles, "/roles", i -> Violation.pointer("roles", i, "name"));
        if (rules.rolesPerTarget().isPresent()) {
            policy.users().forEach(user -> checkRolesPerTarget(check, user, policy.rolesOf(user)));
        }
    }

    /** Checks the assignments of one user, which are grouped by target. */
    private static void checkRolesPerTarget(RoleValidator check, String user, List<Assignment> assignments) {
        int first = 0;
        for (int next = 1; next <= assignments.size(); next++) {
            Target target = assignments.get(first).target();
            if (next == assignments.size() || !assignments.get(next).target().equals(target)) {
                check.checkRolesPerTarget(user, target, next - first, "/assignments");
                first = next;
            }
        }
    }
}
