package io.rbac.test;

import io.rbac.test.PlainGroup.Action;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies one edit of a role to a plain policy: S3, S7, S9, S10, S14, S15. Not thread-safe. */
final class RoleEdits {
    private final PlainPolicy plain;
    private final PlainRules rules;
    private final long at;
    private final EditViolations violations;

    RoleEdits(PlainPolicy plain, long at, EditViolations violations) {
        this.plain = plain;
        this.rules = plain.rules();
        this.at = at;
        this.violations = violations;
    }

    /** Returns the role of an id, {@code null} for an unknown one. */
    static @Nullable PlainRole find(PlainPolicy plain, String id) {
        for (PlainRole role : plain.roles()) {
            if (role.id().equals(id)) {
                return role;
            }
        }
        return null;
    }

    PlainPolicy create(Edit.CreateRole edit) {
        Edit.Attributes given = edit.attributes();
        PlainScope scope = edit.scope() == null ? rules.defaultScope() : edit.scope();
        checkNewId(edit.id(), "/id");
        if (scope == null) {
            violations.report("MISSING_FIELD", "/scope");
        } else {
            checkScope(scope, "/scope");
        }
        checkName(given.name(), "/name");
        checkDescription(given.description(), "/description");
        Set<String> keys = Set.of();
        if (given.permissions() != null) {
            keys = given.permissions();
            checkRights(keys, scope, "/rights");
        } else if (rules.rightsRequired()) {
            violations.report("RIGHTS_REQUIRED", "/rights");
        }
        String id = edit.id();
        if (id == null || scope == null) {
            return plain;
        }
        return plain.withRole(PlainRole.of(id, scope)
                .withTexts(given.name(), given.description())
                .withDefault(Boolean.TRUE.equals(given.isDefault()))
                .withTimes(at, at, null)
                .withPermissions(withoutRetired(keys)));
    }

    PlainPolicy update(Edit.UpdateRole edit) {
        PlainRole role = role(edit.role());
        if (role == null) {
            return plain;
        }
        if (!role.isActive()) {
            violations.report("ROLE_DISCARDED", "/role");
            return plain;
        }
        return with(updated(role, edit.attributes()));
    }

    /** Returns a role with what is given; of a system role, some of it must be as before. */
    private PlainRole updated(PlainRole role, Edit.Attributes given) {
        boolean textsFrozen = role.system() && !rules.systemRoles().nameMayChange();
        PlainRole updated = role;
        if (given.name() != null) {
            checkName(given.name(), "/name");
            reportFrozen(textsFrozen && !given.name().equals(role.name()), "/name");
            updated = updated.withTexts(given.name(), updated.description());
        }
        if (given.describes()) {
            checkDescription(given.description(), "/description");
            reportFrozen(textsFrozen && !Objects.equals(given.description(), role.description()), "/description");
            updated = updated.withTexts(updated.name(), given.description());
        }
        if (given.isDefault() != null && given.isDefault() != role.isDefault()) {
            reportFrozen(role.system() && !rules.systemRoles().defaultMayChange(), "/default");
            updated = updated.withDefault(given.isDefault());
        }
        if (given.permissions() != null) {
            checkRights(given.permissions(), role.scope(), "/rights");
            updated = updated.withPermissions(known(given.permissions()));
            reportFrozen(role.system() && !updated.permissions().equals(role.permissions()), "/rights");
        }
        return updated;
    }

    private void reportFrozen(boolean isChanged, String path) {
        if (isChanged) {
            violations.report("SYSTEM_ROLE", path);
        }
    }

    PlainPolicy delete(Edit.DeleteRole edit) {
        PlainRole role = role(edit.role());
        if (role == null) {
            return plain;
        }
        boolean used = plain.assignments().stream().anyMatch(a -> a.role().equals(role.id()));
        switch (rules.deletion()) {
            case "discard" -> {
                if (!role.isActive()) {
                    violations.report("ROLE_DISCARDED", "/role");
                }
                return with(role.withTimes(role.createdAt(), role.updatedAt(), at));
            }
            case "refuse" -> {
                if (used) {
                    violations.report("ROLE_IN_USE", "/role");
                }
            }
            default -> {}
        }
        return plain.withoutRole(role.id());
    }

    PlainPolicy restore(Edit.RestoreRole edit) {
        PlainRole role = role(edit.role());
        if (role == null || role.isActive()) {
            return plain;
        }
        return with(role.withTimes(role.createdAt(), role.updatedAt(), null));
    }

    PlainPolicy purge(Edit.PurgeRole edit) {
        PlainRole role = role(edit.role());
        if (role == null) {
            return plain;
        }
        if (role.isActive()) {
            violations.report("ROLE_IN_USE", "/role");
        }
        return plain.withoutRole(role.id());
    }

    PlainPolicy putSystem(Edit.PutSystemRole edit) {
        PlainRole given = edit.role();
        PlainRole role = find(plain, given.id());
        if (role == null) {
            checkNewId(given.id(), "/role/id");
            checkScope(given.scope(), "/role/scope");
            checkName(given.name(), "/role/name");
            checkDescription(given.description(), "/role/description");
            checkRights(given.permissions(), given.scope(), "/role/rights");
            return plain.withRole(given.withSystem(true)
                    .withTimes(at, at, null)
                    .withPermissions(withoutRetired(given.permissions())));
        }
        if (!role.system()) {
            violations.report("DUPLICATE_ID", "/role/id");
        } else if (!role.scope().equals(given.scope())) {
            violations.report("SCOPE_IMMUTABLE", "/role/scope");
        } else if (!role.isActive()) {
            violations.report("ROLE_DISCARDED", "/role/id");
        } else {
            checkRights(given.permissions(), role.scope(), "/role/rights");
        }
        return with(role.withPermissions(withoutRetired(given.permissions())));
    }

    private @Nullable PlainRole role(String id) {
        PlainRole role = find(plain, id);
        if (role == null) {
            violations.report("ROLE_NOT_FOUND", "/role");
        }
        return role;
    }

    private PlainPolicy with(PlainRole role) {
        return plain.withRoles(plain.roles().stream()
                .map(other -> other.id().equals(role.id()) ? role : other)
                .toList());
    }

    private void checkNewId(@Nullable String id, String path) {
        if (id == null) {
            violations.report("MISSING_FIELD", path);
        } else if (!Spelling.isId(id)) {
            violations.report("ID_INVALID", path);
        } else if (find(plain, id) != null) {
            violations.report("DUPLICATE_ID", path);
        }
    }

    private void checkScope(PlainScope scope, String path) {
        if (!plain.scopes().contains(scope) || !plain.allowedScopes().contains(scope)) {
            violations.report("SCOPE_INVALID", path);
        }
    }

    private void checkName(@Nullable String name, String path) {
        reportIfAny(Spelling.nameViolation(name, rules), path);
    }

    private void checkDescription(@Nullable String description, String path) {
        reportIfAny(Spelling.descriptionViolation(description, rules), path);
    }

    private void reportIfAny(@Nullable String code, String path) {
        if (code != null) {
            violations.report(code, path);
        }
    }

    /**
     * S2, S3: the group and action of an unknown permission are those of the catalog that the rights were taken from.
     */
    private void checkRights(Set<String> keys, @Nullable PlainScope scope, String path) {
        List<String> known = plain.actions().stream().map(Action::key).toList();
        PlainRole holder = PlainRole.of("holder", PlainScope.ACCOUNT).withPermissions(withoutRetired(keys));
        for (PlainGroup group : HeldCatalog.of(plain.withRoles(List.of(holder)))) {
            for (Action action : group.actions()) {
                String step = path + PlainViolation.step(group.name()) + PlainViolation.step(action.name());
                if (holder.permissions().contains(action.key())) {
                    if (!known.contains(action.key())) {
                        violations.report("UNKNOWN_PERMISSION", step);
                    } else if (scope != null && !action.scopes().contains(scope)) {
                        violations.report("PERMISSION_NOT_IN_SCOPE", step);
                    }
                }
            }
        }
    }

    /** S2: a retired permission is dropped, and is never an error. */
    private Set<String> withoutRetired(Set<String> keys) {
        Set<String> rest = new LinkedHashSet<>(keys);
        plain.retired().forEach(rest::remove);
        return rest;
    }

    /** Returns the permissions that the catalog has. */
    private Set<String> known(Set<String> keys) {
        Set<String> known = new LinkedHashSet<>(keys);
        known.retainAll(plain.actions().stream().map(Action::key).toList());
        return known;
    }
}
