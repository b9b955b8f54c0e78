package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a policy over to another catalog and other rules (S2): everything but roles is shared. */
final class Adoption {

    private final PermissionCatalog catalog;
    private final PolicyRules rules;

    Adoption(PermissionCatalog catalog, PolicyRules rules) {
        this.catalog = catalog;
        this.rules = rules;
    }

    /** Returns the table with the roles' rights as a part of the catalog, where it knows them all. */
    PolicyTable table(Policy policy) {
        PolicyTable table = policy.table().trusting(rules.placedChats() == PolicyRules.PlacedChats.TRUSTED);
        if (catalog.isSame(policy.catalog())) {
            return table;
        }
        @Nullable RoleEntry[] entries = new RoleEntry[table.roles()];
        List<Role> roles = policy.roles();
        String[] ids = new String[roles.size()];
        Object[] values = new Object[roles.size()];
        for (int i = 0; i < ids.length; i++) {
            Role role = roles.get(i);
            Violation.Collector unknown = new Violation.Collector();
            Rights rights = new RoleCheck(catalog, rules, unknown).rights(role.id(), null, role.rights(), "");
            RoleEntry old = requireNonNull(table.roleEntry(role.id()));
            RoleEntry entry = old.withRole(unknown.isEmpty() ? role.withRights(rights) : role);
            ids[i] = role.id();
            values[i] = entry;
            entries[entry.ordinal()] = entry;
        }
        List<@Nullable RoleEntry> ordered = Arrays.asList(entries);
        return table.withRoles(IdTable.of(ids, values), Pages.of(ordered));
    }

    /** Gathers everything that a policy breaks; paths are those of its document. */
    void check(Policy policy, Violation.Collector violations) {
        RoleCheck check = new RoleCheck(catalog, rules, violations);
        check.checkLockout();
        List<Role> roles = policy.roles();
        for (int i = 0; i < roles.size(); i++) {
            check.checked(roles.get(i), Violation.pointer("roles", i));
        }
        check.checkTogether(roles, "/roles", i -> Violation.pointer("roles", i, "name"));
        if (rules.rolesPerTarget().isPresent()) {
            policy.users().forEach(user -> checkRolesPerTarget(check, user, policy.rolesOf(user)));
        }
    }

    /** Checks the assignments of one user, which come target by target. */
    private static void checkRolesPerTarget(RoleCheck check, String user, List<Assignment> assignments) {
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
