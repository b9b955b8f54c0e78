package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Assignment;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.table.IdTable;
import io.rbac.table.Pages;
import java.util.ArrayList;
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
            RoleEntry entry = old.seenAs(
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
        return new Policy(policy.account(), policy.version(), policy.catalog(), policy.rules(), table, true);
    }

    /** Adds everything that a policy breaks; paths are those in its document. */
    void check(Policy policy, Violation.Collector violations) {
        RoleValidator check = new RoleValidator(catalog, rules, violations);
        rules.check(catalog, violations);
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

    /** Puts a policy under another scope tree: scopes are found by their names (S2). */
    private static final class ScopeMapping {

        private final Policy policy;
        private final PolicyTable table;
        private final ScopeTree scopes;
        private final Violation.Collector violations = new Violation.Collector();

        ScopeMapping(Policy policy, ScopeTree scopes) {
            this.policy = policy;
            this.table = policy.table();
            this.scopes = scopes;
        }

        /**
         * Returns the table with the same roles, targets and assignments under the other tree.
         *
         * @throws io.rbac.model.PolicyViolationException with every role and target of a scope that the other tree lacks, and
         *     every target that cannot lie in its parent there; paths are those in the policy document
         */
        PolicyTable table() {
            checkTargets();
            List<RoleEntry> entries = new ArrayList<>();
            @Nullable RoleEntry[] ordered = new RoleEntry[table.roles()];
            List<Role> roles = policy.roles();
            for (int i = 0; i < roles.size(); i++) {
                Role role = roles.get(i);
                Scope scope = mapped(role.scope(), Violation.pointer("roles", i, "scope"));
                RoleEntry entry = requireNonNull(table.roleEntry(role.id())).seenAs(role.withScope(scope));
                entries.add(entry);
                ordered[entry.ordinal()] = entry;
            }
            violations.throwIfAny();
            return withRolesAndTargets(entries, ordered);
        }

        private void checkTargets() {
            List<Target> targets = policy.targets();
            for (int i = 0; i < targets.size(); i++) {
                long before = violations.total();
                Target target = targets.get(i);
                Target parent = policy.parentOf(target).orElse(Target.account());
                String path = "/targets/" + i;
                Scope scope = mapped(target.scope(), path);
                Scope parentScope = scopes.find(parent.scope().name()).orElse(scopes.account());
                if (violations.total() == before && !scope.canLieIn(parentScope)) {
                    new References(violations)
                            .cannotLieIn(
                                    path + "/in",
                                    Target.of(scope, target.id()),
                                    parent.isAccount() ? parent : Target.of(parentScope, parent.id()));
                }
            }
        }

        /** Returns the scope of the other tree that has the name of a scope; reported, the scope itself, if there is none. */
        private Scope mapped(Scope scope, String path) {
            if (scope.isAccount()) {
                return scopes.account();
            }
            Scope found = scopes.find(scope.name()).orElse(null);
            if (found == null || found.isAccount()) {
                violations.add(
                        Code.SCOPE_INVALID,
                        path,
                        scope.name(),
                        Violation.quote(scope.name()) + " is not a scope of the catalog: expected one of "
                                + scopes.scopes());
                return scope;
            }
            return found;
        }

        private PolicyTable withRolesAndTargets(List<RoleEntry> roles, @Nullable RoleEntry[] orderedRoles) {
            List<@Nullable TargetEntry> ordered = new ArrayList<>();
            List<List<TargetEntry>> byLevel = new ArrayList<>();
            scopes.scopes().forEach(scope -> byLevel.add(new ArrayList<>()));
            for (int i = 0; i < table.targets(); i++) {
                TargetEntry entry = table.targets.get(i);
                if (entry != null && i != PolicyTable.ACCOUNT) {
                    Scope scope = table.scopes.scopes().get(entry.level());
                    entry = entry.withLevel(scopes.scope(scope.name()).level());
                    byLevel.get(entry.level()).add(entry);
                }
                ordered.add(entry);
            }
            List<@Nullable RoleEntry> rolePages = Arrays.asList(orderedRoles);
            return table.under(
                    scopes,
                    byLevel.stream()
                            .map(entries -> TableCompiler.table(entries, TargetEntry::id))
                            .toList(),
                    Pages.of(ordered),
                    TableCompiler.table(roles, entry -> entry.role().id()),
                    Pages.of(rolePages),
                    RoleValidator.defaultCounts(
                            roles.stream().map(RoleEntry::role).toList()));
        }
    }
}
