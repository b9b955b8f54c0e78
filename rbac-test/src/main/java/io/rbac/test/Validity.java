package io.rbac.test;

import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong, by S1 to S17, with a plain policy under its own rules and catalog. The catalog itself and its
 * scope tree are taken to be valid. A duplicate is reported, and ignored by all other checks, as is an assignment with a
 * violation. A target whose parent is at fault is taken to lie in the account by all other checks.
 *
 * <p>This class is stateless and thread-safe.
 *
 * @since 0.1
 */
public final class Validity {
    private final PlainPolicy plain;
    private final PlainRules rules;
    private final List<PlainViolation> violations = new ArrayList<>();
    private final Map<String, PlainRole> roles = new LinkedHashMap<>();

    /** The targets that were listed first, without those of a wrong scope, and what they are taken to lie in. */
    private final Map<PlainTarget, PlainTarget> parents = new LinkedHashMap<>();

    private Validity(PlainPolicy plain) {
        this.plain = plain;
        this.rules = plain.rules();
        plain.roles().forEach(role -> roles.putIfAbsent(role.id(), role));
        for (Located located : plain.targets()) {
            if (isBelowAccount(located.target().scope())) {
                parents.putIfAbsent(located.target(), located.parent());
            }
        }
    }

    /** Returns the violations of a policy, in the order of the policy document, then those of the policy as a whole. */
    public static List<PlainViolation> violations(PlainPolicy plain) {
        Validity validity = new Validity(plain);
        validity.checkAll();
        return List.copyOf(validity.violations);
    }

    private void checkAll() {
        checkId(plain.account(), "/account");
        checkRuleScopes();
        checkRoles();
        checkTargets();
        checkPaths();
        checkAssignments();
        checkDefaults();
        checkUniqueNames();
    }

    /** S14. */
    private void checkId(String id, String path) {
        if (!Spelling.isId(id)) {
            report("ID_INVALID", path);
        }
    }

    /** Every scope that the rules name is one of the tree. */
    private void checkRuleScopes() {
        List<PlainScope> allowed = rules.scopes();
        if (allowed != null) {
            allowed.forEach(scope -> checkRuleScope(scope, "scopes"));
        }
        PlainScope defaultScope = rules.defaultScope();
        if (defaultScope != null) {
            checkRuleScope(defaultScope, "defaultScope");
        }
        rules.defaults().keySet().forEach(scope -> checkRuleScope(scope, "defaults/" + scope.name()));
    }

    private void checkRuleScope(PlainScope scope, String rule) {
        if (!plain.scopes().contains(scope)) {
            report("SCOPE_INVALID", "/rules/" + rule);
        }
    }

    /** S3, S15 and the rules for scopes, names and descriptions. */
    private void checkRoles() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < plain.roles().size(); i++) {
            PlainRole role = plain.roles().get(i);
            String path = "/roles/" + i;
            checkId(role.id(), path + "/id");
            checkNotDuplicate(seen.add(role.id()), path + "/id");
            reportIfAny(Spelling.nameViolation(role.name(), rules), path + "/name");
            reportIfAny(Spelling.descriptionViolation(role.description(), rules), path + "/description");
            boolean isOfTree = plain.scopes().contains(role.scope());
            if (!isOfTree || !plain.allowedScopes().contains(role.scope())) {
                report("SCOPE_INVALID", path + "/scope");
            }
            checkRights(role, path + "/rights");
        }
    }

    private void checkNotDuplicate(boolean isFirst, String path) {
        if (!isFirst) {
            report("DUPLICATE_ID", path);
        }
    }

    /** S2, S3: a role holds permissions of the catalog that are for its scope; retired ones are dropped. */
    private void checkRights(PlainRole role, String path) {
        for (String key : role.permissions()) {
            boolean known = false;
            for (PlainGroup group : plain.groups()) {
                for (PlainGroup.Action action : group.actions()) {
                    if (action.key().equals(key)) {
                        known = true;
                        if (!action.scopes().contains(role.scope())) {
                            report(
                                    "PERMISSION_NOT_IN_SCOPE",
                                    path + PlainViolation.step(group.name()) + PlainViolation.step(action.name()));
                        }
                    }
                }
            }
            if (!known && !plain.retired().contains(key)) {
                reportUnknown(key, path);
            }
        }
    }

    /** S2: the group and action are those of the catalog that the rights were taken from. */
    private void reportUnknown(String key, String path) {
        for (PlainGroup group : HeldCatalog.of(plain)) {
            for (PlainGroup.Action action : group.actions()) {
                if (action.key().equals(key)) {
                    report(
                            "UNKNOWN_PERMISSION",
                            path + PlainViolation.step(group.name()) + PlainViolation.step(action.name()));
                }
            }
        }
    }

    private boolean isBelowAccount(PlainScope scope) {
        return !scope.isAccount() && plain.scopes().contains(scope);
    }

    /** S5: every target but the account lies in one that is known, and that it may lie in by its scope. */
    private void checkTargets() {
        Set<PlainTarget> seen = new HashSet<>();
        for (int i = 0; i < plain.targets().size(); i++) {
            PlainTarget target = plain.targets().get(i).target();
            String path = "/targets/" + i;
            if (!isBelowAccount(target.scope())) {
                report("SCOPE_INVALID", path);
                continue;
            }
            checkId(target.id(), path);
            boolean isFirst = seen.add(target);
            checkNotDuplicate(isFirst, path);
            if (isFirst) {
                checkParent(target, plain.targets().get(i).parent(), path + "/in");
            }
        }
    }

    private void checkParent(PlainTarget target, PlainTarget parent, String path) {
        if (!isKnown(parent)) {
            report("TARGET_NOT_FOUND", path);
            parents.put(target, PlainTarget.account());
        } else if (!PlainPaths.mayLieIn(plain, target.scope(), parent.scope())) {
            report("PARENT_INVALID", path);
            parents.put(target, PlainTarget.account());
        }
    }

    private boolean isKnown(PlainTarget target) {
        return target.isAccount() || parents.containsKey(target);
    }

    /** S5: no target lies in itself, and none has a path of 17; further down it is not said again. */
    private void checkPaths() {
        Set<PlainTarget> seen = new HashSet<>();
        for (int i = 0; i < plain.targets().size(); i++) {
            PlainTarget target = plain.targets().get(i).target();
            if (parents.containsKey(target) && seen.add(target)) {
                checkPath(target, "/targets/" + i + "/in");
            }
        }
    }

    private void checkPath(PlainTarget target, String path) {
        Set<PlainTarget> above = new HashSet<>();
        PlainTarget step = target;
        while (step != null && above.add(step)) {
            step = parents.get(step);
        }
        boolean isTooLong = step == null && above.size() == PlainPaths.LONGEST + 1;
        if (isTooLong || target.equals(step)) {
            report("PARENT_INVALID", path);
        }
    }

    /** S4, and the rule for most roles at a target, for which discarded roles count (S9). */
    private void checkAssignments() {
        Set<Assignment> seen = new HashSet<>();
        Map<List<Object>, Integer> rolesAt = new LinkedHashMap<>();
        for (int i = 0; i < plain.assignments().size(); i++) {
            Assignment assignment = plain.assignments().get(i);
            int before = violations.size();
            checkAssignment(assignment, "/assignments/" + i);
            checkNotDuplicate(seen.add(assignment), "/assignments/" + i);
            if (violations.size() == before) {
                rolesAt.merge(List.of(assignment.user(), assignment.target()), 1, Integer::sum);
            }
        }
        Integer most = rules.rolesPerTarget();
        for (int count : rolesAt.values()) {
            if (most != null && count > most) {
                report("TOO_MANY_ROLES", "/assignments");
            }
        }
    }

    private void checkAssignment(Assignment assignment, String path) {
        checkId(assignment.user(), path + "/user");
        PlainRole role = roles.get(assignment.role());
        PlainTarget target = assignment.target();
        if (role == null) {
            report("ROLE_NOT_FOUND", path + "/role");
        } else if (!role.scope().equals(target.scope())) {
            report("SCOPE_MISMATCH", path + "/role");
        }
        if (!isKnown(target)) {
            report("TARGET_NOT_FOUND", path + "/at");
        }
    }

    /** S8, S9: fewest and most default roles of each scope; discarded ones do not count. */
    private void checkDefaults() {
        for (PlainScope scope : plain.scopes()) {
            int count = 0;
            for (PlainRole role : roles.values()) {
                if (role.scope().equals(scope) && role.isDefault() && role.isActive()) {
                    count++;
                }
            }
            PlainRules.Defaults bounds = rules.defaultsOf(scope);
            Integer most = bounds.max();
            if (count < bounds.min()) {
                report("LAST_DEFAULT_ROLE", "/roles");
            }
            if (most != null && count > most) {
                report("TOO_MANY_DEFAULTS", "/roles");
            }
        }
    }

    /** S15: names of active roles are unique in their comparable form, if the rules say so. */
    private void checkUniqueNames() {
        if (!rules.name().unique()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < plain.roles().size(); i++) {
            PlainRole role = plain.roles().get(i);
            boolean first = seen.add(role.id());
            if (first && role.isActive() && role.name() != null) {
                if (!taken.add(Spelling.comparableName(role.name()))) {
                    report("NAME_TAKEN", "/roles/" + i + "/name");
                }
            }
        }
    }

    private void reportIfAny(@Nullable String code, String path) {
        if (code != null) {
            report(code, path);
        }
    }

    private void report(String code, String path) {
        violations.add(new PlainViolation(code, path));
    }
}
