package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.Sketch.Assignment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What one edit of assignments makes of a sketch: S4, S8, S9, S11, S16. Not safe for use by several threads. */
final class AssignmentEdits {
    private final Sketch sketch;
    private final Findings findings;

    AssignmentEdits(Sketch sketch, Findings findings) {
        this.sketch = sketch;
        this.findings = findings;
    }

    Sketch assign(Edit.Assign edit) {
        checkUser(edit.user(), "/user");
        checkRole(edit.role(), edit.target().kind(), "/role");
        checkTarget(edit.target());
        return with(sketch, edit.user(), edit.role(), edit.target());
    }

    Sketch unassign(Edit.Unassign edit) {
        if (RoleEdits.find(sketch, edit.role()) == null) {
            findings.report("ROLE_NOT_FOUND", "/role");
        }
        checkTarget(edit.target());
        return sketch.withoutAssignment(new Assignment(edit.user(), edit.role(), edit.target()));
    }

    Sketch connect(Edit.Connect edit) {
        checkUser(edit.user(), "/user");
        checkTarget(edit.target());
        if (findings.failed() || holdsActive(sketch, edit.user(), edit.target())) {
            return sketch;
        }
        return withDefaults(sketch, edit.user(), edit.target(), "/target");
    }

    Sketch setRoles(Edit.SetRoles edit) {
        String user = edit.user();
        Place target = edit.target();
        checkUser(user, "/user");
        checkTarget(target);
        for (int i = 0; i < edit.roles().size(); i++) {
            checkRole(edit.roles().get(i), target.kind(), "/roles/" + i);
        }
        if (findings.failed()) {
            return sketch;
        }
        Sketch result = without(a -> a.user().equals(user)
                && a.target().equals(target)
                && !edit.roles().contains(a.role()));
        for (String role : edit.roles()) {
            result = with(result, user, role, target);
        }
        boolean standForDefaults =
                edit.roles().isEmpty() && sketch.rules().emptyRoles().equals("defaults");
        return standForDefaults ? withDefaults(result, user, target, "/roles") : result;
    }

    Sketch setUsers(Edit.SetUsers edit) {
        String role = edit.role();
        Place target = edit.target();
        checkRole(role, target.kind(), "/role");
        checkTarget(target);
        for (int i = 0; i < edit.users().size(); i++) {
            checkUser(edit.users().get(i), "/users/" + i);
        }
        Sketch result = without(a -> a.role().equals(role)
                && a.target().equals(target)
                && !edit.users().contains(a.user()));
        for (String user : edit.users()) {
            result = with(result, user, role, target);
        }
        return result;
    }

    Sketch assignToAll(Edit.AssignToAll edit) {
        checkRole(edit.role(), Scope.ACCOUNT, "/role");
        Set<Assignment> all = new LinkedHashSet<>(sketch.assignments());
        for (Assignment known : sketch.assignments()) {
            all.add(new Assignment(known.user(), edit.role(), Place.account()));
        }
        return sketch.withAssignments(List.copyOf(all));
    }

    private void checkUser(String user, String path) {
        if (!Spelling.isId(user)) {
            findings.report("ID_INVALID", path);
        }
    }

    private void checkRole(String id, Scope kind, String path) {
        SketchRole role = RoleEdits.find(sketch, id);
        if (role == null) {
            findings.report("ROLE_NOT_FOUND", path);
            return;
        }
        if (!role.isActive()) {
            findings.report("ROLE_DISCARDED", path);
        }
        if (role.scope() != kind) {
            findings.report("SCOPE_MISMATCH", path);
        }
    }

    private void checkTarget(Place target) {
        boolean known = switch (target.kind()) {
            case ACCOUNT -> true;
            case TEAM -> sketch.teams().contains(target.id());
            case CHAT -> sketch.chats().stream().anyMatch(chat -> chat.id().equals(target.id()));
        };
        if (!known) {
            findings.report("TARGET_NOT_FOUND", "/target");
        }
    }

    private static boolean holdsActive(Sketch sketch, String user, Place target) {
        for (Assignment assignment : sketch.assignments()) {
            SketchRole role = RoleEdits.find(sketch, assignment.role());
            if (assignment.user().equals(user)
                    && assignment.target().equals(target)
                    && role != null
                    && role.isActive()) {
                return true;
            }
        }
        return false;
    }

    /** S8: the defaults of the target, and those of the account for a user who holds no active role there. */
    private Sketch withDefaults(Sketch start, String user, Place target, String path) {
        List<String> defaults = defaults(target.kind());
        if (defaults.isEmpty()) {
            findings.report("NO_DEFAULT_ROLE", path);
        }
        Sketch result = start;
        for (String role : defaults) {
            result = with(result, user, role, target);
        }
        if (!holdsActive(result, user, Place.account())) {
            for (String role : defaults(Scope.ACCOUNT)) {
                result = with(result, user, role, Place.account());
            }
        }
        return result;
    }

    private List<String> defaults(Scope scope) {
        List<String> defaults = new ArrayList<>();
        for (SketchRole role : sketch.roles()) {
            if (role.scope() == scope && role.isDefault() && role.isActive()) {
                defaults.add(role.id());
            }
        }
        return defaults;
    }

    private static Sketch with(Sketch start, String user, String role, Place target) {
        boolean held = start.assignments().contains(new Assignment(user, role, target));
        return held ? start : start.withAssignment(user, role, target);
    }

    private Sketch without(Predicate<Assignment> gone) {
        return sketch.withAssignments(
                sketch.assignments().stream().filter(gone.negate()).toList());
    }
}
