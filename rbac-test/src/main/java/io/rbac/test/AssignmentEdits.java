package io.rbac.test;

import io.rbac.test.PlainPolicy.Assignment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Applies one edit of assignments to a plain policy: S4, S8, S9, S11, S16. Not thread-safe. */
final class AssignmentEdits {
    private final PlainPolicy plain;
    private final EditViolations violations;

    AssignmentEdits(PlainPolicy plain, EditViolations violations) {
        this.plain = plain;
        this.violations = violations;
    }

    PlainPolicy assign(Edit.Assign edit) {
        checkUser(edit.user(), "/user");
        checkRole(edit.role(), edit.target().scope(), "/role");
        checkTarget(edit.target());
        return with(plain, edit.user(), edit.role(), edit.target());
    }

    PlainPolicy unassign(Edit.Unassign edit) {
        if (RoleEdits.find(plain, edit.role()) == null) {
            violations.report("ROLE_NOT_FOUND", "/role");
        }
        checkTarget(edit.target());
        return plain.withoutAssignment(new Assignment(edit.user(), edit.role(), edit.target()));
    }

    PlainPolicy connect(Edit.Connect edit) {
        checkUser(edit.user(), "/user");
        checkTarget(edit.target());
        if (violations.hasNew() || holdsActive(plain, edit.user(), edit.target())) {
            return plain;
        }
        return withDefaults(plain, edit.user(), edit.target(), "/target");
    }

    PlainPolicy setRoles(Edit.SetRoles edit) {
        String user = edit.user();
        PlainTarget target = edit.target();
        checkUser(user, "/user");
        checkTarget(target);
        for (int i = 0; i < edit.roles().size(); i++) {
            checkRole(edit.roles().get(i), target.scope(), "/roles/" + i);
        }
        if (violations.hasNew()) {
            return plain;
        }
        PlainPolicy result = without(a -> a.user().equals(user)
                && a.target().equals(target)
                && !edit.roles().contains(a.role()));
        for (String role : edit.roles()) {
            result = with(result, user, role, target);
        }
        boolean standForDefaults =
                edit.roles().isEmpty() && plain.rules().emptyRoles().equals("defaults");
        return standForDefaults ? withDefaults(result, user, target, "/roles") : result;
    }

    PlainPolicy setUsers(Edit.SetUsers edit) {
        String role = edit.role();
        PlainTarget target = edit.target();
        checkRole(role, target.scope(), "/role");
        checkTarget(target);
        for (int i = 0; i < edit.users().size(); i++) {
            checkUser(edit.users().get(i), "/users/" + i);
        }
        PlainPolicy result = without(a -> a.role().equals(role)
                && a.target().equals(target)
                && !edit.users().contains(a.user()));
        for (String user : edit.users()) {
            result = with(result, user, role, target);
        }
        return result;
    }

    PlainPolicy assignToAll(Edit.AssignToAll edit) {
        checkRole(edit.role(), PlainScope.ACCOUNT, "/role");
        Set<Assignment> all = new LinkedHashSet<>(plain.assignments());
        for (Assignment known : plain.assignments()) {
            all.add(new Assignment(known.user(), edit.role(), PlainTarget.account()));
        }
        return plain.withAssignments(List.copyOf(all));
    }

    private void checkUser(String user, String path) {
        if (!Spelling.isId(user)) {
            violations.report("ID_INVALID", path);
        }
    }

    private void checkRole(String id, PlainScope scope, String path) {
        PlainRole role = RoleEdits.find(plain, id);
        if (role == null) {
            violations.report("ROLE_NOT_FOUND", path);
            return;
        }
        if (!role.isActive()) {
            violations.report("ROLE_DISCARDED", path);
        }
        if (!role.scope().equals(scope)) {
            violations.report("SCOPE_MISMATCH", path);
        }
    }

    private void checkTarget(PlainTarget target) {
        if (!PlainPaths.isKnown(plain, target)) {
            violations.report("TARGET_NOT_FOUND", "/target");
        }
    }

    private static boolean holdsActive(PlainPolicy plain, String user, PlainTarget target) {
        for (Assignment assignment : plain.assignments()) {
            PlainRole role = RoleEdits.find(plain, assignment.role());
            if (assignment.user().equals(user)
                    && assignment.target().equals(target)
                    && role != null
                    && role.isActive()) {
                return true;
            }
        }
        return false;
    }

    /** S8: the defaults of the target's scope, and those of the account for a user who holds no active role there. */
    private PlainPolicy withDefaults(PlainPolicy start, String user, PlainTarget target, String path) {
        List<String> defaults = defaults(target.scope());
        if (defaults.isEmpty()) {
            violations.report("NO_DEFAULT_ROLE", path);
        }
        PlainPolicy result = start;
        for (String role : defaults) {
            result = with(result, user, role, target);
        }
        if (!holdsActive(result, user, PlainTarget.account())) {
            for (String role : defaults(PlainScope.ACCOUNT)) {
                result = with(result, user, role, PlainTarget.account());
            }
        }
        return result;
    }

    private List<String> defaults(PlainScope scope) {
        List<String> defaults = new ArrayList<>();
        for (PlainRole role : plain.roles()) {
            if (role.scope().equals(scope) && role.isDefault() && role.isActive()) {
                defaults.add(role.id());
            }
        }
        return defaults;
    }

    private static PlainPolicy with(PlainPolicy start, String user, String role, PlainTarget target) {
        boolean held = start.assignments().contains(new Assignment(user, role, target));
        return held ? start : start.withAssignment(user, role, target);
    }

    private PlainPolicy without(Predicate<Assignment> removed) {
        return plain.withAssignments(
                plain.assignments().stream().filter(removed.negate()).toList());
    }
}
