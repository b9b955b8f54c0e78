package io.rbac.model;

import io.rbac.model.Violation.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a catalog and a set of rules ask of roles (S3, S7, S8, S15). */
final class RoleCheck {

    private final PermissionCatalog catalog;
    private final PolicyRules rules;
    private final Violation.Collector violations;

    RoleCheck(PermissionCatalog catalog, PolicyRules rules, Violation.Collector violations) {
        this.catalog = catalog;
        this.rules = rules;
        this.violations = violations;
    }

    /** Checks one role by itself, its id apart, and returns it with rights of this catalog. */
    Role checked(Role role, String path) {
        scope(role.id(), role.scope(), path + "/scope");
        name(role.id(), role.name(), path + "/name");
        role.description().ifPresent(description -> description(role.id(), description, path + "/description"));
        return role.withRights(rights(role.id(), role.scope(), role.rights(), path + "/rights"));
    }

    void scope(String role, Scope scope, String path) {
        if (!rules.scopes().contains(scope)) {
            add(
                    Code.SCOPE_INVALID,
                    path,
                    scope.word(),
                    role,
                    "has the scope `" + scope.word() + "`: expected one of "
                            + rules.scopes().stream().map(Scope::word).toList());
        }
    }

    void name(String role, String name, String path) {
        int length = Text.codePoints(name);
        String expected = ": expected " + lengths(rules.nameMin(), rules.nameMax()) + " characters";
        String fault = Text.nameFault(name);
        if (length == 0 && rules.nameMin() > 0 || !rules.blankNames() && Text.isBlank(name)) {
            add(Code.NAME_BLANK, path, name, role, "has a blank name" + expected);
        } else if (isAbove(length, rules.nameMax())) {
            add(Code.NAME_TOO_LONG, path, name, role, "has a name of " + length + " characters" + expected);
        } else if (length < rules.nameMin()) {
            add(Code.NAME_INVALID, path, name, role, "has a name of " + length + " characters" + expected);
        } else if (fault != null) {
            add(Code.NAME_INVALID, path, name, role, "has a name that " + fault);
        }
    }

    void description(String role, String description, String path) {
        int length = Text.codePoints(description);
        String fault = Text.proseFault(description);
        if (!rules.descriptions()) {
            add(Code.DESCRIPTION_UNSUPPORTED, path, description, role, "has a description: the rules allow none");
        } else if (fault != null) {
            add(Code.MALFORMED, path, description, role, "has a description that " + fault);
        } else if (isAbove(length, rules.descriptionMax())) {
            add(
                    Code.DESCRIPTION_TOO_LONG,
                    path,
                    description,
                    role,
                    "has a description of " + length + " characters: expected " + lengths(0, rules.descriptionMax()));
        }
    }

    private static boolean isAbove(int length, OptionalInt max) {
        return max.isPresent() && length > max.getAsInt();
    }

    private static String lengths(int min, OptionalInt max) {
        return max.isPresent() ? min + " to " + max.getAsInt() : "at least " + min;
    }

    /** Returns a role's rights as a part of this catalog: unknown ones are violations, retired ones are dropped. */
    Rights rights(String role, @Nullable Scope scope, Rights rights, String path) {
        long[] words = Rights.words(catalog);
        for (Permission permission : rights) {
            int number = catalog.indexOf(permission);
            String permissionPath = path + Violation.pointer(permission.group(), permission.action());
            if (number >= 0) {
                Rights.set(words, number);
                if (scope != null) {
                    checkScope(role, scope, catalog.permissions().get(number), permissionPath);
                }
            } else if (!catalog.retired().contains(permission.key())) {
                add(
                        Code.UNKNOWN_PERMISSION,
                        permissionPath,
                        permission.key(),
                        role,
                        "holds " + Violation.quote(permission.key()) + ", which is not a permission of the catalog"
                                + violations.didYouMean(permission.key(), catalog.keys()));
            }
        }
        return catalog.isSame(rights.catalog()) ? rights : new Rights(catalog, words);
    }

    private void checkScope(String role, Scope scope, Permission permission, String path) {
        if (!permission.scopes().contains(scope)) {
            add(
                    Code.PERMISSION_NOT_IN_SCOPE,
                    path,
                    permission.key(),
                    role,
                    "of the scope `" + scope.word() + "` holds " + Violation.quote(permission.key())
                            + ": only roles of "
                            + permission.scopes().stream().map(Scope::word).toList() + " may");
        }
    }

    private void add(Code code, String path, @Nullable String value, String role, String message) {
        violations.add(code, path, value, "role " + Violation.quote(role) + ' ' + message);
    }

    /**
     * Checks what concerns all roles of a policy together: default roles and unique names.
     *
     * @param path where the roles are
     * @param namePath where the name of a role is, by its position among them
     */
    void checkTogether(List<Role> roles, String path, IntFunction<String> namePath) {
        for (Scope scope : Scope.values()) {
            long defaults = roles.stream()
                    .filter(role -> role.scope() == scope && role.isDefault() && role.isActive())
                    .count();
            String found = "there are " + defaults + " active default roles of the scope `" + scope.word() + "`: ";
            if (defaults < rules.minDefaults(scope)) {
                violations.add(
                        Code.LAST_DEFAULT_ROLE, path, null, found + "expected at least " + rules.minDefaults(scope));
            }
            OptionalInt max = rules.maxDefaults(scope);
            if (max.isPresent() && defaults > max.getAsInt()) {
                violations.add(Code.TOO_MANY_DEFAULTS, path, null, found + "expected at most " + max.getAsInt());
            }
        }
        if (rules.uniqueNames()) {
            checkUniqueNames(roles, namePath);
        }
    }

    private void checkUniqueNames(List<Role> roles, IntFunction<String> namePath) {
        Map<String, Role> firsts = new HashMap<>();
        for (int i = 0; i < roles.size(); i++) {
            Role role = roles.get(i);
            Role first = role.isActive() ? firsts.putIfAbsent(Text.comparableName(role.name()), role) : null;
            if (first != null) {
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

    /** Checks that the permissions that the rules protect from lockout exist. */
    void checkLockout() {
        int position = 0;
        for (String key : rules.lockout()) {
            if (catalog.indexOf(key) < 0) {
                violations.add(
                        Code.UNKNOWN_PERMISSION,
                        Violation.pointer("rules", "lockout", position),
                        key,
                        Violation.quote(key) + " is not a permission of the catalog"
                                + violations.didYouMean(key, catalog.keys()));
            }
            position++;
        }
    }

    /** Whether a user may hold so many roles at one target. */
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

    /** Checks that a lockout permission which somebody held at the account before is held by somebody after (S17). */
    void checkHolders(Supplier<List<RoleEntry>> before, Supplier<List<RoleEntry>> after, String path) {
        for (String key : rules.lockout()) {
            if (hasHolder(before.get(), key) && !hasHolder(after.get(), key)) {
                violations.add(
                        Code.LAST_HOLDER,
                        path,
                        key,
                        "no user would hold " + Violation.quote(key)
                                + " at the account any more: expected at least one");
            }
        }
    }

    private static boolean hasHolder(List<RoleEntry> entries, String key) {
        return entries.stream()
                .anyMatch(entry -> entry.users() > 0
                        && entry.role().scope() == Scope.ACCOUNT
                        && entry.role().isActive()
                        && entry.role().rights().contains(key));
    }
}
