package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.SketchGroup.Action;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one edit of a role makes of a sketch: S3, S7, S9, S10, S14, S15. Not safe for use by several threads. */
final class RoleEdits {
    private final Sketch sketch;
    private final SketchRules rules;
    private final long at;
    private final Findings findings;

    RoleEdits(Sketch sketch, long at, Findings findings) {
        this.sketch = sketch;
        this.rules = sketch.rules();
        this.at = at;
        this.findings = findings;
    }

    /** The role of an id, or {@code null}. */
    static @Nullable SketchRole find(Sketch sketch, String id) {
        for (SketchRole role : sketch.roles()) {
            if (role.id().equals(id)) {
                return role;
            }
        }
        return null;
    }

    Sketch create(Edit.CreateRole edit) {
        Edit.Attributes given = edit.attributes();
        Scope scope = edit.scope() == null ? rules.defaultScope() : edit.scope();
        checkNewId(edit.id(), "/id");
        if (scope == null) {
            findings.report("MISSING_FIELD", "/scope");
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
            findings.report("RIGHTS_REQUIRED", "/rights");
        }
        String id = edit.id();
        if (id == null || scope == null) {
            return sketch;
        }
        return sketch.withRole(SketchRole.of(id, scope)
                .withTexts(given.name(), given.description())
                .withDefault(Boolean.TRUE.equals(given.isDefault()))
                .withTimes(at, at, null)
                .withPermissions(kept(keys)));
    }

    Sketch update(Edit.UpdateRole edit) {
        SketchRole role = role(edit.role());
        if (role == null) {
            return sketch;
        }
        if (!role.isActive()) {
            findings.report("ROLE_DISCARDED", "/role");
            return sketch;
        }
        return with(updated(role, edit.attributes()));
    }

    /** What is given; of a system role some things may not be other than they were. */
    private SketchRole updated(SketchRole role, Edit.Attributes given) {
        boolean textsFrozen = role.system() && !rules.systemRoles().nameMayChange();
        SketchRole updated = role;
        if (given.name() != null) {
            checkName(given.name(), "/name");
            refuse(textsFrozen && !given.name().equals(role.name()), "/name");
            updated = updated.withTexts(given.name(), updated.description());
        }
        if (given.describes()) {
            checkDescription(given.description(), "/description");
            refuse(textsFrozen && !Objects.equals(given.description(), role.description()), "/description");
            updated = updated.withTexts(updated.name(), given.description());
        }
        if (given.isDefault() != null && given.isDefault() != role.isDefault()) {
            refuse(role.system() && !rules.systemRoles().defaultMayChange(), "/default");
            updated = updated.withDefault(given.isDefault());
        }
        if (given.permissions() != null) {
            checkRights(given.permissions(), role.scope(), "/rights");
            updated = updated.withPermissions(known(given.permissions()));
            refuse(role.system() && !updated.permissions().equals(role.permissions()), "/rights");
        }
        return updated;
    }

    private void refuse(boolean frozen, String path) {
        if (frozen) {
            findings.report("SYSTEM_ROLE", path);
        }
    }

    Sketch delete(Edit.DeleteRole edit) {
        SketchRole role = role(edit.role());
        if (role == null) {
            return sketch;
        }
        boolean used = sketch.assignments().stream().anyMatch(a -> a.role().equals(role.id()));
        switch (rules.deletion()) {
            case "discard" -> {
                if (!role.isActive()) {
                    findings.report("ROLE_DISCARDED", "/role");
                }
                return with(role.withTimes(role.createdAt(), role.updatedAt(), at));
            }
            case "refuse" -> {
                if (used) {
                    findings.report("ROLE_IN_USE", "/role");
                }
            }
            default -> {}
        }
        return sketch.withoutRole(role.id());
    }

    Sketch restore(Edit.RestoreRole edit) {
        SketchRole role = role(edit.role());
        if (role == null || role.isActive()) {
            return sketch;
        }
        checkScope(role.scope(), "/scope");
        checkName(role.name(), "/name");
        checkDescription(role.description(), "/description");
        checkRights(role.permissions(), role.scope(), "/rights");
        return with(role.withTimes(role.createdAt(), role.updatedAt(), null));
    }

    Sketch purge(Edit.PurgeRole edit) {
        SketchRole role = role(edit.role());
        if (role == null) {
            return sketch;
        }
        if (role.isActive()) {
            findings.report("ROLE_IN_USE", "/role");
        }
        return sketch.withoutRole(role.id());
    }

    Sketch putSystem(Edit.PutSystemRole edit) {
        SketchRole given = edit.role();
        SketchRole role = find(sketch, given.id());
        if (role == null) {
            checkNewId(given.id(), "/role/id");
            checkScope(given.scope(), "/role/scope");
            checkName(given.name(), "/role/name");
            checkDescription(given.description(), "/role/description");
            checkRights(given.permissions(), given.scope(), "/role/rights");
            return sketch.withRole(
                    given.withSystem(true).withTimes(at, at, null).withPermissions(kept(given.permissions())));
        }
        if (!role.system()) {
            findings.report("DUPLICATE_ID", "/role/id");
        } else if (role.scope() != given.scope()) {
            findings.report("SCOPE_IMMUTABLE", "/role/scope");
        } else if (!role.isActive()) {
            findings.report("ROLE_DISCARDED", "/role/id");
        } else {
            checkRights(given.permissions(), role.scope(), "/role/rights");
        }
        return with(role.withPermissions(kept(given.permissions())));
    }

    private @Nullable SketchRole role(String id) {
        SketchRole role = find(sketch, id);
        if (role == null) {
            findings.report("ROLE_NOT_FOUND", "/role");
        }
        return role;
    }

    private Sketch with(SketchRole role) {
        return sketch.withRoles(sketch.roles().stream()
                .map(other -> other.id().equals(role.id()) ? role : other)
                .toList());
    }

    private void checkNewId(@Nullable String id, String path) {
        if (id == null) {
            findings.report("MISSING_FIELD", path);
        } else if (!Spelling.isId(id)) {
            findings.report("ID_INVALID", path);
        } else if (find(sketch, id) != null) {
            findings.report("DUPLICATE_ID", path);
        }
    }

    private void checkScope(Scope scope, String path) {
        if (!rules.scopes().contains(scope)) {
            findings.report("SCOPE_INVALID", path);
        }
    }

    private void checkName(@Nullable String name, String path) {
        String code = Spelling.nameProblem(name, rules);
        if (code != null) {
            findings.report(code, path);
        }
    }

    private void checkDescription(@Nullable String description, String path) {
        Integer most = rules.description().max();
        if (description != null && !rules.description().allowed()) {
            findings.report("DESCRIPTION_UNSUPPORTED", path);
        } else if (description != null && most != null && description.codePointCount(0, description.length()) > most) {
            findings.report("DESCRIPTION_TOO_LONG", path);
        }
    }

    /** S2, S3: the group and action of an unknown permission are those of the catalog that the rights came from. */
    private void checkRights(Set<String> keys, @Nullable Scope scope, String path) {
        List<String> known = sketch.actions().stream().map(Action::key).toList();
        SketchRole holder = SketchRole.of("holder", Scope.ACCOUNT).withPermissions(kept(keys));
        for (SketchGroup group : HeldCatalog.of(sketch.withRoles(List.of(holder)))) {
            for (Action action : group.actions()) {
                String at = path + token(group.name()) + token(action.name());
                if (holder.permissions().contains(action.key())) {
                    if (!known.contains(action.key())) {
                        findings.report("UNKNOWN_PERMISSION", at);
                    } else if (scope != null && !action.scopes().contains(scope)) {
                        findings.report("PERMISSION_NOT_IN_SCOPE", at);
                    }
                }
            }
        }
    }

    private static String token(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** S2: a retired permission is dropped and never an error. */
    private Set<String> kept(Set<String> keys) {
        Set<String> kept = new LinkedHashSet<>(keys);
        sketch.retired().forEach(kept::remove);
        return kept;
    }

    /** The permissions that the catalog has. */
    private Set<String> known(Set<String> keys) {
        Set<String> known = new LinkedHashSet<>(keys);
        known.retainAll(sketch.actions().stream().map(Action::key).toList());
        return known;
    }
}
