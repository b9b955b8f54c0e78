package io.rbac.model;

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

    /** Applies a change if it is one of assignments, and tells whether it is. */
    boolean apply(Change change, String path) {
        if (change instanceof Change.Assign assign) {
            assign(assign, path);
        } else if (change instanceof Change.Unassign unassign) {
            unassign(unassign, path);
        } else if (change instanceof Change.Connect connect) {
            connect(connect, path);
        } else if (change instanceof Change.SetRoles set) {
            setRoles(set, path);
        } else if (change instanceof Change.SetUsers set) {
            setUsers(set, path);
        } else if (change instanceof Change.AssignToAll assign) {
            assignToAll(assign.role(), path);
        } else if (change instanceof Change.RemoveUser remove) {
            editor.removeUser(remove.user());
        } else {
            return false;
        }
        return true;
    }

    private void assign(Change.Assign assign, String path) {
        long before = violations.total();
        PolicyDraft.checkId(violations, path + "/user", "user", assign.user());
        RoleEntry role = assignable(assign.role(), assign.target(), path + "/role");
        lookup.target(assign.target(), path + "/target");
        if (violations.total() == before && role != null) {
            editor.assign(assign.user(), role, assign.target());
        }
    }

    private void unassign(Change.Unassign unassign, String path) {
        RoleEntry role = lookup.role(unassign.role(), path + "/role");
        if (lookup.target(unassign.target(), path + "/target") != null && role != null) {
            editor.unassign(unassign.user(), role, unassign.target());
        }
    }

    private void connect(Change.Connect connect, String path) {
        boolean hasId = PolicyDraft.checkId(violations, path + "/user", "user", connect.user());
        boolean hasTarget = lookup.target(connect.target(), path + "/target") != null;
        if (hasId && hasTarget && !holdsActiveRole(connect.user(), connect.target())) {
            giveDefaults(connect.user(), connect.target(), path + "/target");
        }
    }

    /** Gives a user the default roles at a target, if there are any, and those of the account if he holds none there. */
    private boolean giveDefaults(String user, Target target, String path) {
        List<RoleEntry> defaults = defaults(target.scope());
        if (defaults.isEmpty()) {
            violations.add(
                    Code.NO_DEFAULT_ROLE,
                    path,
                    target.toString(),
                    "there is no active default role of the scope `"
                            + target.scope().word() + "` to give user " + Violation.quote(user));
            return false;
        }
        defaults.forEach(role -> editor.assign(user, role, target));
        if (!holdsActiveRole(user, Target.account())) {
            defaults(Scope.ACCOUNT).forEach(role -> editor.assign(user, role, Target.account()));
        }
        return true;
    }

    private List<RoleEntry> defaults(Scope scope) {
        List<RoleEntry> defaults = new ArrayList<>();
        for (RoleEntry entry : editor.roleEntries()) {
            Role role = entry.role();
            if (role.scope() == scope && role.isDefault() && role.isActive()) {
                defaults.add(entry);
            }
        }
        return defaults;
    }

    private boolean holdsActiveRole(String user, Target target) {
        RoleSet held = editor.rolesAt(user, target);
        for (int i = 0; i < held.size(); i++) {
            if (editor.roleOf(held.role(i)).isActive()) {
                return true;
            }
        }
        return false;
    }

    private void setRoles(Change.SetRoles set, String path) {
        long before = violations.total();
        PolicyDraft.checkId(violations, path + "/user", "user", set.user());
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
                setRoles(set.user(), set.target(), defaults(set.target().scope()));
            }
        } else {
            setRoles(set.user(), set.target(), wanted);
        }
    }

    private void setRoles(String user, Target target, List<RoleEntry> roles) {
        int[] ordinals =
                roles.stream().mapToInt(RoleEntry::ordinal).sorted().distinct().toArray();
        char[] wanted = new char[ordinals.length];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = (char) ordinals[i];
        }
        editor.setRoles(user, target, wanted);
    }

    private void setUsers(Change.SetUsers set, String path) {
        long before = violations.total();
        RoleEntry role = assignable(set.role(), set.target(), path + "/role");
        lookup.target(set.target(), path + "/target");
        for (int i = 0; i < set.users().size(); i++) {
            PolicyDraft.checkId(
                    violations, path + "/users/" + i, "user", set.users().get(i));
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

    private void assignToAll(String id, String path) {
        RoleEntry role = assignable(id, Target.account(), path + "/role");
        if (role != null) {
            editor.users().forEach(user -> editor.assign(user, role, Target.account()));
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
        if (scope != target.scope()) {
            violations.add(
                    Code.SCOPE_MISMATCH,
                    path,
                    id,
                    "role " + Violation.quote(id) + " of the scope `" + scope.word() + "` is assigned at "
                            + Violation.quote(target.toString()));
        }
        return active && scope == target.scope() ? entry : null;
    }
}
