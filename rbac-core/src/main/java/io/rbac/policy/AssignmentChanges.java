package io.rbac.policy;

import io.rbac.model.Change;
import io.rbac.model.PolicyRules;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gives roles to users and takes them away (S4, S8, S9, S16). */
final class AssignmentChanges {

    private final TableEditor editor;
    private final ChangeLookup lookup;
    private final PolicyRules rules;
    private final Violation.Collector violations;

    AssignmentChanges(TableEditor editor, ChangeLookup lookup, PolicyRules rules, Violation.Collector violations) {
        this.editor = editor;
        this.lookup = lookup;
        this.rules = rules;
        this.violations = violations;
    }

    void assign(Change.Assign assign, String path) {
        long before = violations.total();
        lookup.references().checkId(path + "/user", "user", assign.user());
        RoleEntry role = assignable(assign.role(), assign.target(), path + "/role");
        lookup.target(assign.target(), path + "/target");
        if (violations.total() == before && role != null) {
            editor.assign(assign.user(), role, assign.target());
        }
    }

    void unassign(Change.Unassign unassign, String path) {
        RoleEntry role = lookup.role(unassign.role(), path + "/role");
        if (lookup.target(unassign.target(), path + "/target") != null && role != null) {
            editor.unassign(unassign.user(), role, unassign.target());
        }
    }

    void connect(Change.Connect connect, String path) {
        boolean hasId = lookup.references().checkId(path + "/user", "user", connect.user());
        boolean hasTarget = lookup.target(connect.target(), path + "/target") != null;
        if (hasId && hasTarget && !editor.holdsActive(connect.user(), connect.target())) {
            giveDefaults(connect.user(), connect.target(), path + "/target");
        }
    }

    /**
     * Gives a user the default roles at a target, and those of the account if the user holds none there (S8); returns false
     * if the scope has none.
     */
    private boolean giveDefaults(String user, Target target, String path) {
        List<RoleEntry> defaults = editor.defaults(target.scope());
        if (defaults.isEmpty()) {
            violations.add(
                    Code.NO_DEFAULT_ROLE,
                    path,
                    target.toString(),
                    "there is no active default role of the scope `"
                            + target.scope().name() + "` to give user " + Violation.quote(user));
            return false;
        }
        defaults.forEach(role -> editor.assign(user, role, target));
        if (!editor.holdsActive(user, Target.account())) {
            editor.defaults(Scope.ACCOUNT).forEach(role -> editor.assign(user, role, Target.account()));
        }
        return true;
    }

    void setRoles(Change.SetRoles set, String path) {
        long before = violations.total();
        lookup.references().checkId(path + "/user", "user", set.user());
        lookup.target(set.target(), path + "/target");
        List<RoleEntry> wanted = new ArrayList<>();
        for (int i = 0; i < set.roles().size(); i++) {
            RoleEntry role = assignable(set.roles().get(i), set.target(), path + "/roles/" + i);
            if (role != null) {
                wanted.add(role);
            }
        }
        if (violations.total() > before) {
            return;
        }
        if (wanted.isEmpty() && rules.emptyRoles() == PolicyRules.EmptyRoles.DEFAULTS) {
            if (giveDefaults(set.user(), set.target(), path + "/roles")) {
                editor.setRoles(
                        set.user(), set.target(), editor.defaults(set.target().scope()));
            }
        } else {
            editor.setRoles(set.user(), set.target(), wanted);
        }
    }

    void setUsers(Change.SetUsers set, String path) {
        long before = violations.total();
        RoleEntry role = assignable(set.role(), set.target(), path + "/role");
        lookup.target(set.target(), path + "/target");
        for (int i = 0; i < set.users().size(); i++) {
            lookup.references()
                    .checkId(path + "/users/" + i, "user", set.users().get(i));
        }
        if (violations.total() == before && role != null) {
            Set<String> wanted = new TreeSet<>();
            wanted.addAll(set.users());
            for (String user : editor.usersAt(set.target(), role.ordinal())) {
                if (!wanted.contains(user)) {
                    editor.unassign(user, role, set.target());
                }
            }
            wanted.forEach(user -> editor.assign(user, role, set.target()));
        }
    }

    void assignToAll(String id, String path) {
        RoleEntry role = assignable(id, Target.account(), path + "/role");
        if (role != null) {
            editor.assignToAll(role);
        }
    }

    /** Returns a role if it may be assigned at a target. */
    private @Nullable RoleEntry assignable(String id, Target target, String path) {
        RoleEntry entry = lookup.role(id, path);
        if (entry == null) {
            return null;
        }
        boolean active = lookup.activeRole(id, path) != null;
        Scope scope = entry.role().scope();
        if (!scope.equals(target.scope())) {
            lookup.references().scopeMismatch(path, entry.role(), target);
        }
        return active && scope.equals(target.scope()) ? entry : null;
    }
}
