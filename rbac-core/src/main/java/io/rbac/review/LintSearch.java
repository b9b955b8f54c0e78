package io.rbac.review;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.review.PolicyLint.Finding;
import io.rbac.review.PolicyLint.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for what the rules of {@link PolicyLint} describe. */
final class LintSearch {

    private final PolicyLint lint;
    private final PermissionMatrix matrix;
    private final Policy policy;
    private final PermissionCatalog catalog;

    /** What each role grants, by its id. */
    private final Map<String, Rights> granted = new HashMap<>();

    /** The active roles, in the order of lists. */
    private final List<Role> active;

    LintSearch(PolicyLint lint, PermissionMatrix matrix) {
        this.lint = lint;
        this.matrix = matrix;
        this.policy = matrix.policy();
        this.catalog = policy.catalog();
        List<Role> roles = policy.roles();
        roles.forEach(role -> granted.put(role.id(), catalog.grantedBy(role)));
        this.active = roles.stream().filter(Role::isActive).toList();
    }

    private Rights granted(String role) {
        return granted.getOrDefault(role, catalog.noRights());
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        List<Finding> redundant = new ArrayList<>();
        for (String user : policy.users()) {
            addHolderOfEverything(user, findings);
            addRedundant(user, redundant);
        }
        addDefaults(findings);
        findings.addAll(redundant);
        addDuplicates(findings);
        addSubsumed(findings);
        addUnused(findings);
        addWithoutRights(findings);
        addUngranted(findings);
        return List.copyOf(findings);
    }

    private void addHolderOfEverything(String user, List<Finding> findings) {
        Rights everything = catalog.rightsOfScope(Scope.ACCOUNT);
        if (!everything.isEmpty() && matrix.rightsOf(user, Target.account()).containsAll(everything)) {
            findings.add(Finding.aboutUser(
                    user,
                    Rule.HOLDS_EVERYTHING,
                    "has every permission that a role of the account can grant, everywhere",
                    null));
        }
    }

    private void addRedundant(String user, List<Finding> findings) {
        List<Assignment> assignments = policy.rolesOf(user);
        Map<Integer, Granted> at = new HashMap<>();
        for (Assignment assignment : assignments) {
            Granted granted = new Granted(granted(assignment.role()), catalog.noRights());
            at.merge(policy.table().target(assignment.target()), granted, Granted::and);
        }
        Map<Integer, Rights> twiceOnPath = new HashMap<>();
        for (Assignment assignment : assignments) {
            Rights rights = granted(assignment.role());
            int target = policy.table().target(assignment.target());
            Rights twice = twiceOnPath.computeIfAbsent(target, each -> twiceOnPath(each, at));
            if (!rights.isEmpty() && twice.containsAll(rights)) {
                findings.add(Finding.aboutUser(
                        user,
                        Rule.REDUNDANT_ASSIGNMENT,
                        "has everything that role " + Violation.quote(assignment.role()) + " at "
                                + Violation.quote(assignment.target().toString())
                                + " grants by other assignments, too",
                        Change.unassign(user, assignment.role(), assignment.target())));
            }
        }
    }

    /** Returns what two or more assignments of a user grant on the path of a target. */
    private Rights twiceOnPath(int target, Map<Integer, Granted> at) {
        Granted granted = new Granted(catalog.noRights(), catalog.noRights());
        for (int place : policy.table().path(target)) {
            Granted there = at.get(place);
            granted = there == null ? granted : granted.and(there);
        }
        return granted.twice;
    }

    /**
     * What some assignments grant.
     *
     * @param once what one of them grants or more
     * @param twice what two of them grant or more
     */
    private record Granted(Rights once, Rights twice) {

        Granted and(Granted others) {
            return new Granted(
                    once.union(others.once), twice.union(others.twice).union(once.intersect(others.once)));
        }
    }

    private void addDefaults(List<Finding> findings) {
        for (Role role : active) {
            List<String> writes = granted(role.id()).stream()
                    .filter(permission -> !lint.isRead(permission))
                    .map(Permission::key)
                    .toList();
            if (role.isDefault() && !writes.isEmpty()) {
                findings.add(Finding.about(
                        role,
                        Rule.DEFAULT_WITH_WRITE,
                        "is a default role and grants more than reading: " + writes,
                        null));
            }
        }
    }

    private void addDuplicates(List<Finding> findings) {
        Map<List<Object>, Role> first = new HashMap<>();
        for (Role role : active) {
            Rights rights = granted(role.id());
            Role earlier = rights.isEmpty() ? null : first.putIfAbsent(List.of(role.scope(), rights), role);
            if (earlier != null) {
                findings.add(Finding.about(
                        role,
                        Rule.DUPLICATE_ROLE,
                        "grants exactly what role " + Violation.quote(earlier.id()) + " grants",
                        null));
            }
        }
    }

    private void addSubsumed(List<Finding> findings) {
        for (Role role : active) {
            Rights rights = granted(role.id());
            for (Role wider : rights.isEmpty() ? List.<Role>of() : active) {
                Rights more = granted(wider.id());
                if (role.scope().equals(wider.scope()) && more.containsAll(rights) && more.size() > rights.size()) {
                    findings.add(Finding.about(
                            role,
                            Rule.SUBSUMED_ROLE,
                            "grants nothing that role " + Violation.quote(wider.id()) + " does not grant, too",
                            null));
                    break;
                }
            }
        }
    }

    private void addUnused(List<Finding> findings) {
        for (Role role : active) {
            if (!role.isDefault() && policy.userCount(role.id()) == 0) {
                findings.add(Finding.about(role, Rule.UNUSED_ROLE, "is held by nobody", deletion(role)));
            }
        }
    }

    /** Returns the deletion of a role that nobody holds; none for a system role if it could not be restored (S10). */
    private @Nullable Change deletion(Role role) {
        boolean isForGood = policy.rules().deletion() != PolicyRules.Deletion.DISCARD;
        return role.type() == RoleType.SYSTEM && isForGood ? null : Change.deleteRole(role.id());
    }

    private void addWithoutRights(List<Finding> findings) {
        for (Role role : active) {
            if (granted(role.id()).isEmpty()) {
                findings.add(Finding.about(role, Rule.ROLE_WITHOUT_RIGHTS, "grants nothing", null));
            }
        }
    }

    private void addUngranted(List<Finding> findings) {
        Rights rest = catalog.allRights();
        for (Role role : active) {
            rest = rest.minus(granted(role.id()));
        }
        rest.forEach(permission ->
                findings.add(Finding.about(permission, Rule.UNGRANTED_PERMISSION, "is granted by no active role")));
    }
}
