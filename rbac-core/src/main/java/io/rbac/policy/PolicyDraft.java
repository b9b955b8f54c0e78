package io.rbac.policy;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.table.IdInterner;
import java.util.ArrayList;
import java.util.List;

/** What was given to the builder of a policy: checks it and compiles the table. */
final class PolicyDraft {

    final List<Role> roles = new ArrayList<>();
    final AssignmentBuffer assignments = new AssignmentBuffer();
    private final List<Target> targets = new ArrayList<>();
    private final List<Target> parents = new ArrayList<>();

    void target(Target target, Target parent) {
        targets.add(target.withoutParent());
        parents.add(parent.withoutParent());
    }

    Policy build(String account, PermissionCatalog catalog, PolicyRules rules, long revision) {
        Violation.Collector violations = new Violation.Collector();
        checkSize(violations, "/roles", "roles", roles.size(), Policy.MAX_ROLES);
        checkSize(violations, "/targets", "targets", targets.size(), Policy.MAX_TARGETS);
        checkSize(violations, "/assignments", "assignments", assignments.total(), assignments.max());
        violations.throwIfAny();
        new References(violations).checkId("/account", "account", account);
        if (revision < 0) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    "/revision",
                    Long.toString(revision),
                    "the revision is `" + revision + "`: expected at least 0");
        }
        RoleValidator check = new RoleValidator(catalog, rules, violations);
        rules.check(catalog, violations);
        List<Role> checked = checkedRoles(check, violations);
        TargetForest forest = TargetForest.of(catalog.scopes(), targets, parents, violations);
        PolicyTable built = new TableCompiler(catalog, rules, check, checked, forest, assignments, violations).build();
        violations.throwIfAny();
        return new Policy(account, Version.UNCOMMITTED.at(revision), catalog, rules, built, true);
    }

    private List<Role> checkedRoles(RoleValidator check, Violation.Collector violations) {
        IdInterner ids = new IdInterner();
        int[] positions = new int[roles.size()];
        List<Role> checked = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < roles.size(); i++) {
            String path = Violation.pointer("roles", i);
            Role role = check.checked(roles.get(i), path);
            new References(violations).checkId(path + "/id", "role", role.id());
            int before = ids.size();
            int number = ids.number(role.id());
            if (number == before) {
                positions[number] = i;
                checked.add(role);
                paths.add(path + "/name");
            } else {
                violations.add(
                        Code.DUPLICATE_ID,
                        path + "/id",
                        role.id(),
                        "role " + Violation.quote(role.id()) + " is given twice: first at `/roles/" + positions[number]
                                + '`');
            }
        }
        check.checkTogether(checked, "/roles", paths::get);
        return checked;
    }

    private static void checkSize(Violation.Collector violations, String path, String what, long size, long max) {
        if (size > max) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    path,
                    Long.toString(size),
                    "there are " + size + ' ' + what + ": at most " + max + " are allowed");
        }
    }
}
