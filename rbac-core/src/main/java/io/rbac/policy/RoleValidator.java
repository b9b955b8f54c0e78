package io.rbac.policy;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.text.CodePoints;
import io.rbac.text.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks roles against a catalog and rules (S3, S7, S8, S15). */
final class RoleValidator {

    private final PermissionCatalog catalog;
    private final PolicyRules rules;
    private final Violation.Collector violations;

    RoleValidator(PermissionCatalog catalog, PolicyRules rules, Violation.Collector violations) {
        this.catalog = catalog;
        this.rules = rules;
        this.violations = violations;
    }

    /** Checks one role by itself, except for its id, and returns it with rights of this catalog. */
    @SuppressWarnings("ReferenceEquality") // the very rights are kept where they are of this catalog
    Role checked(Role role, String path) {
        scope(role.id(), role.scope(), path + "/scope");
        name(role.id(), role.name(), path + "/name");
        role.description().ifPresent(description -> description(role.id(), description, path + "/description"));
        Rights rights = rights(role.id(), role.scope(), role.rights(), path + "/rights");
        return role.rights() == rights ? role : role.toBuilder().rights(rights).build();
    }

    void scope(String role, Scope scope, String path) {
        if (!catalog.scopes().contains(scope) || !rules.allows(scope)) {
            add(
                    Code.SCOPE_INVALID,
                    path,
                    scope.name(),
                    role,
                    "has the scope " + Violation.quote(scope.name()) + ": expected one of "
                            + catalog.scopes().scopes().stream()
                                    .filter(rules::allows)
                                    .toList());
        }
    }

    void name(String role, String name, String path) {
        int length = CodePoints.count(name);
        String expected = ": expected " + expected(length, rules.nameLength()) + " characters";
        String fault = Names.fault(name);
        if (length == 0 && rules.nameLength().min() > 0 || !rules.allowsBlankNames() && Names.isBlank(name)) {
            add(Code.NAME_BLANK, path, name, role, "has a blank name" + expected);
        } else if (isTooLong(length, rules.nameLength())) {
            add(Code.NAME_TOO_LONG, path, name, role, "has a name of " + length + " characters" + expected);
        } else if (length < rules.nameLength().min()) {
            add(Code.NAME_INVALID, path, name, role, "has a name of " + length + " characters" + expected);
        } else if (fault != null) {
            add(Code.NAME_INVALID, path, name, role, "has a name that " + fault);
        }
    }

    void description(String role, String description, String path) {
        int length = CodePoints.count(description);
        String fault = Names.proseFault(description);
        if (!rules.allowsDescriptions()) {
            add(Code.DESCRIPTION_UNSUPPORTED, path, description, role, "has a description: the rules allow none");
        } else if (fault != null) {
            add(Code.MALFORMED, path, description, role, "has a description that " + fault);
        } else if (isTooLong(length, rules.descriptionLength())) {
            add(
                    Code.DESCRIPTION_TOO_LONG,
                    path,
                    description,
                    role,
                    "has a description of " + length + " characters: expected "
                            + expected(length, rules.descriptionLength()));
        }
    }

    private static boolean isTooLong(int length, PolicyRules.Range allowed) {
        return allowed.isExceededBy(length) || length > PolicyRules.MAX_CODE_POINTS;
    }

    private static String expected(int length, PolicyRules.Range allowed) {
        return allowed.max().isEmpty() && length > PolicyRules.MAX_CODE_POINTS
                ? "at most " + PolicyRules.MAX_CODE_POINTS
                : allowed.toString();
    }

    /**
     * Returns a role's rights in this catalog: unknown permissions are violations, retired ones are dropped, renamed ones are
     * taken under their new keys.
     */
    @SuppressWarnings("ReferenceEquality") // positions in rights are those of one catalog instance
    Rights rights(String role, @Nullable Scope scope, Rights rights, String path) {
        for (Permission permission : rights) {
            Permission known = catalog == rights.catalog()
                    ? permission
                    : catalog.findRenamed(permission.key()).orElse(null);
            if (known != null) {
                if (scope != null) {
                    checkScope(role, scope, known, permission, path);
                }
            } else if (!catalog.retired().contains(permission.key())) {
                add(
                        Code.UNKNOWN_PERMISSION,
                        pathOf(permission, path),
                        permission.key(),
                        role,
                        "holds " + Violation.quote(permission.key()) + ", which is not a permission of the catalog"
                                + violations.didYouMean(permission.key(), catalog.keys()));
            }
        }
        return catalog == rights.catalog() ? rights : catalog.knownOf(rights);
    }

    private void checkScope(String role, Scope scope, Permission permission, Permission given, String path) {
        if (!permission.scopes().contains(scope)) {
            add(
                    Code.PERMISSION_NOT_IN_SCOPE,
                    pathOf(given, path),
                    permission.key(),
                    role,
                    "of the scope `" + scope.name() + "` holds " + Violation.quote(permission.key())
                            + ": only roles of " + permission.scopes() + " may");
        }
    }

    private static String pathOf(Permission given, String path) {
        return path + Violation.pointer(given.group(), given.action());
    }

    private void add(Code code, String path, @Nullable String value, String role, String message) {
        violations.add(code, path, value, "role " + Violation.quote(role) + ' ' + message);
    }

    /** Checks what concerns all roles of a policy together: default roles and unique names. */
    void checkTogether(List<Role> roles, String path, IntFunction<String> namePath) {
        Map<Scope, Integer> counts = defaultCounts(roles);
        for (Scope scope : catalog.scopes().scopes()) {
            checkDefaults(scope, counts.getOrDefault(scope, 0), path);
        }
        checkUniqueNames(roles, role -> true, namePath);
    }

    /** How many active default roles of each scope there are. */
    static Map<Scope, Integer> defaultCounts(List<Role> roles) {
        Map<Scope, Integer> counts = new HashMap<>();
        for (Role role : roles) {
            if (isActiveDefault(role)) {
                counts.merge(role.scope(), 1, Integer::sum);
            }
        }
        return counts;
    }

    static boolean isActiveDefault(Role role) {
        return role.isDefault() && role.isActive();
    }

    /** Checks how many active default roles of a scope there are; nothing is wrong if as many were wrong before. */
    void checkDefaults(Scope scope, int before, int after, String path) {
        if (before != after) {
            boolean isNearer = before < after
                    ? before < rules.defaults(scope).min()
                            && !rules.defaults(scope).isExceededBy(after)
                    : rules.defaults(scope).isExceededBy(before)
                            && after >= rules.defaults(scope).min();
            if (!isNearer) {
                checkDefaults(scope, after, path);
            }
        }
    }

    private void checkDefaults(Scope scope, int count, String path) {
        String found = "there are " + count + " active default roles of the scope `" + scope.name() + "`: ";
        PolicyRules.Range expected = rules.defaults(scope);
        if (count < expected.min()) {
            violations.add(Code.LAST_DEFAULT_ROLE, path, null, found + "expected at least " + expected.min());
        }
        if (expected.isExceededBy(count)) {
            violations.add(
                    Code.TOO_MANY_DEFAULTS,
                    path,
                    null,
                    found + "expected at most " + expected.max().getAsInt());
        }
    }

    /**
     * Checks that names of active roles are unique, if the rules ask for that.
     *
     * @param changed which roles differ from before: of two others nothing is said
     * @param namePath where the name of a role is, by its position among them
     */
    void checkUniqueNames(List<Role> roles, Predicate<Role> changed, IntFunction<String> namePath) {
        Map<String, Role> firsts = new HashMap<>();
        for (int i = 0; i < roles.size() && rules.requiresUniqueNames(); i++) {
            Role role = roles.get(i);
            Role first = role.isActive() ? firsts.putIfAbsent(Names.comparable(role.name()), role) : null;
            if (first != null && (changed.test(role) || changed.test(first))) {
                add(
                        Code.NAME_TAKEN,
                        namePath.apply(i),
                        role.name(),
                        role.id(),
                        "has the name " + Violation.quote(role.name()) + " of role " + Violation.quote(first.id())
                                + ": the rules ask for unique names");
            }
        }
    }

    /** Whether the rules let a user hold so many roles at one target. */
    boolean allowsAtTarget(int count) {
        return rules.rolesPerTarget().isEmpty()
                || count <= rules.rolesPerTarget().getAsInt();
    }

    /** Checks how many roles a user holds at one target. */
    void checkRolesPerTarget(String user, Target target, int count, String path) {
        if (!allowsAtTarget(count)) {
            violations.add(
                    Code.TOO_MANY_ROLES,
                    path,
                    Integer.toString(count),
                    "user " + Violation.quote(user) + " holds " + count + " roles at "
                            + Violation.quote(target.toString()) + ": at most "
                            + rules.rolesPerTarget().getAsInt() + " are allowed");
        }
    }

    /** Checks that a lockout permission that somebody held at the account before is still held by somebody (S17). */
    void checkHolders(Predicate<String> heldBefore, Predicate<String> heldAfter, String path) {
        for (String key : rules.lockout()) {
            if (heldBefore.test(key) && !heldAfter.test(key)) {
                violations.add(
                        Code.LAST_HOLDER,
                        path,
                        key,
                        "no user would hold " + Violation.quote(key)
                                + " at the account any more: expected at least one");
            }
        }
    }

    /** Returns whether somebody holds a permission of a catalog at the account. */
    static boolean hasHolder(PermissionCatalog catalog, List<RoleEntry> entries, String key) {
        return entries.stream()
                .anyMatch(entry -> entry.users() > 0
                        && entry.role().scope().isAccount()
                        && catalog.grantedBy(entry.role()).contains(key));
    }
}
