package io.rbac.policy;

import io.rbac.model.Change;
import io.rbac.model.PolicyRules;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Creates, updates, deletes, discards, restores and purges roles (S3, S7-S10). */
final class RoleChanges {

    private final TableEditor editor;
    private final ChangeLookup lookup;
    private final PolicyRules rules;
    private final RoleValidator check;
    private final Violation.Collector violations;
    private final Instant at;

    RoleChanges(
            TableEditor editor,
            ChangeLookup lookup,
            PolicyRules rules,
            RoleValidator check,
            Violation.Collector violations,
            Instant at) {
        this.editor = editor;
        this.lookup = lookup;
        this.rules = rules;
        this.check = check;
        this.violations = violations;
        this.at = at;
    }

    void create(Change.CreateRole create, String path) {
        long before = violations.total();
        RoleUpdate attributes = create.attributes();
        String id = create.id().orElse("");
        if (create.id().isEmpty()) {
            violations.add(Code.MISSING_FIELD, path + "/id", null, "the role has no id: expected one");
        } else {
            lookup.checkNew("role", id, editor.role(id) != null, path + "/id");
        }
        Scope scope = create.scope().or(rules::defaultScope).orElse(null);
        if (scope == null) {
            violations.add(Code.MISSING_FIELD, path + "/scope", null, "the role has no scope: expected one");
        } else {
            check.scope(id, scope, path + "/scope");
        }
        if (attributes.name().isEmpty()) {
            violations.add(Code.NAME_MISSING, path + "/name", null, "the role has no name: expected one");
        }
        if (attributes.rights().isEmpty() && rules.requiresRights()) {
            violations.add(
                    Code.RIGHTS_REQUIRED, path + "/rights", null, "the role has no rights: expected some or `none`");
        }
        Rights rights = checkAttributes(id, scope, attributes, path);
        if (violations.total() == before && scope != null) {
            editor.addRole(Role.builder(id, scope)
                    .name(attributes.name().orElseThrow())
                    .description(attributes.description().orElse(null))
                    .defaultRole(attributes.defaultRole().orElse(false))
                    .rights(rights)
                    .createdAt(at)
                    .updatedAt(at)
                    .build());
        }
    }

    /** Checks the attributes that are given and returns the rights among them, in this catalog. */
    private Rights checkAttributes(String id, @Nullable Scope scope, RoleUpdate attributes, String path) {
        attributes.name().ifPresent(name -> check.name(id, name, path + "/name"));
        attributes.description().ifPresent(text -> check.description(id, text, path + "/description"));
        return check.rights(id, scope, attributes.rights().orElse(Rights.none()), path + "/rights");
    }

    void update(Change.UpdateRole change, String path) {
        long before = violations.total();
        Role role = activeRole(change.role(), path + "/role");
        if (role == null) {
            return;
        }
        RoleUpdate update = change.update();
        Rights rights = checkAttributes(role.id(), role.scope(), update, path);
        String name = update.name().orElse(role.name());
        String description = (update.describes() ? update.description() : role.description()).orElse(null);
        boolean isDefault = update.defaultRole().orElse(role.isDefault());
        Role changed = role.toBuilder()
                .name(name)
                .description(description)
                .defaultRole(isDefault)
                .rights(update.rights().isPresent() ? rights : role.rights())
                .build();
        if (role.type() == RoleType.SYSTEM) {
            checkFrozen(role, changed, path);
        }
        if (violations.total() == before && !changed.equals(role)) {
            editor.replaceRole(changed);
        }
    }

    private void checkFrozen(Role role, Role changed, String path) {
        if (!changed.rights().equals(role.rights())) {
            systemRole(role, path + "/rights", "its rights belong to the host");
        }
        if (!rules.allowsSystemRoleNames()) {
            if (!changed.name().equals(role.name())) {
                systemRole(role, path + "/name", "the rules keep its name");
            }
            if (!changed.description().equals(role.description())) {
                systemRole(role, path + "/description", "the rules keep its description");
            }
        }
        if (!rules.allowsSystemRoleDefaults() && changed.isDefault() != role.isDefault()) {
            systemRole(role, path + "/default", "the rules keep its default flag");
        }
    }

    private void systemRole(Role role, String path, String why) {
        violations.add(
                Code.SYSTEM_ROLE, path, null, "role " + Violation.quote(role.id()) + " is a system role: " + why);
    }

    void delete(String id, String path) {
        Role role = role(id, path + "/role");
        if (role == null) {
            return;
        }
        switch (rules.deletion()) {
            case DISCARD -> {
                if (activeRole(id, path + "/role") != null) {
                    editor.replaceRole(role.toBuilder().discardedAt(at).build());
                }
            }
            case DELETE -> editor.removeRole(id);
            case REFUSE -> {
                editor.settle();
                RoleEntry entry = editor.role(id);
                if (entry != null && entry.users() > 0) {
                    violations.add(
                            Code.ROLE_IN_USE,
                            path + "/role",
                            id,
                            "role " + Violation.quote(id) + " has " + entry.users()
                                    + " users: expected none before it is deleted");
                } else {
                    editor.removeRole(id);
                }
            }
        }
    }

    void restore(String id, String path) {
        Role role = role(id, path + "/role");
        if (role != null && !role.isActive()) {
            // What it breaks by itself was there before (S2); what it breaks together with others is checked on the
            // result.
            editor.replaceRole(role.toBuilder().discardedAt(null).build());
        }
    }

    void purge(String id, String path) {
        Role role = role(id, path + "/role");
        if (role != null && role.isActive()) {
            violations.add(
                    Code.ROLE_IN_USE,
                    path + "/role",
                    id,
                    "role " + Violation.quote(id) + " is active: expected a discarded one");
        } else if (role != null) {
            editor.removeRole(id);
        }
    }

    void putSystemRole(Role role, String path) {
        RoleEntry known = editor.role(role.id());
        if (known == null) {
            long before = violations.total();
            lookup.checkNew("role", role.id(), false, path + "/id");
            Role checked = check.checked(role, path);
            if (violations.total() == before) {
                editor.addRole(checked.toBuilder()
                        .type(RoleType.SYSTEM)
                        .createdAt(at)
                        .updatedAt(at)
                        .discardedAt(null)
                        .build());
            }
        } else {
            replaceSystemRights(known.role(), role, path);
        }
    }

    private void replaceSystemRights(Role known, Role role, String path) {
        if (known.type() != RoleType.SYSTEM) {
            violations.add(
                    Code.DUPLICATE_ID,
                    path + "/id",
                    role.id(),
                    "role " + Violation.quote(role.id()) + " exists and is no system role: expected another id");
        } else if (!known.scope().equals(role.scope())) {
            violations.add(
                    Code.SCOPE_IMMUTABLE,
                    path + "/scope",
                    role.scope().name(),
                    "role " + Violation.quote(role.id()) + " has the scope `"
                            + known.scope().name() + "`: it cannot become `"
                            + role.scope().name() + '`');
        } else if (activeRole(role.id(), path + "/id") != null) {
            long before = violations.total();
            Rights rights = check.rights(role.id(), role.scope(), role.rights(), path + "/rights");
            if (violations.total() == before && !rights.equals(known.rights())) {
                editor.replaceRole(known.toBuilder().rights(rights).build());
            }
        }
    }

    private @Nullable Role activeRole(String id, String path) {
        RoleEntry entry = lookup.activeRole(id, path);
        return entry == null ? null : entry.role();
    }

    private @Nullable Role role(String id, String path) {
        RoleEntry entry = lookup.role(id, path);
        return entry == null ? null : entry.role();
    }

    /** Gives roles that differ from before the batch its time, and roles that do not their old times back. */
    void settleTimes() {
        for (String id : editor.touched().roles()) {
            RoleEntry before = editor.base().roleEntry(id);
            RoleEntry after = editor.role(id);
            if (before != null && after != null) {
                Role role = after.role();
                editor.replaceRole(
                        isSameButForTimes(before.role(), role)
                                ? before.role()
                                : role.toBuilder().updatedAt(at).build());
            }
        }
    }

    private static boolean isSameButForTimes(Role before, Role after) {
        return before.isActive() == after.isActive()
                && before.equals(after.toBuilder()
                        .createdAt(before.createdAt().orElse(null))
                        .updatedAt(before.updatedAt().orElse(null))
                        .discardedAt(before.discardedAt().orElse(null))
                        .build());
    }
}
