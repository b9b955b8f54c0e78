package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.text.CodePoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Applies a batch of changes to a policy (S12). */
final class ChangeBatch {

    static final String PATH = "/changes";

    private final Policy policy;
    private final TableEditor editor;
    private final Violation.Collector violations = new Violation.Collector();
    private final RoleValidator check;
    private final RoleChanges roles;
    private final AssignmentChanges assignments;
    private final TargetChanges targets;

    ChangeBatch(Policy policy, Instant at) {
        this.policy = policy;
        this.editor = new TableEditor(policy.table());
        this.check = new RoleValidator(policy.catalog(), policy.rules(), violations);
        ChangeLookup lookup = new ChangeLookup(editor, violations);
        this.roles = new RoleChanges(editor, lookup, policy.rules(), check, violations, requireNonNull(at, "at"));
        this.assignments = new AssignmentChanges(editor, lookup, policy.rules(), violations);
        this.targets = new TargetChanges(editor, lookup);
    }

    AppliedChanges apply(List<Change> changes) {
        for (int i = 0; i < changes.size(); i++) {
            apply(requireNonNull(changes.get(i), "change"), PATH + '/' + i);
        }
        roles.settleTimes();
        editor.settle();
        checkTogether();
        violations.throwIfAny();

        PolicyTable table = editor.seal();
        List<Effect> effects = new EffectDiff(policy.table(), table, editor.touched()).effects();
        if (effects.isEmpty()) {
            return new AppliedChanges(policy, effects);
        }
        return new AppliedChanges(policy.with(policy.nextRevision(), table, effects), effects);
    }

    private void apply(Change change, String path) {
        switch (change.kind()) {
            case CREATE_ROLE -> roles.create((Change.CreateRole) change, path);
            case UPDATE_ROLE -> roles.update((Change.UpdateRole) change, path);
            case DELETE_ROLE -> roles.delete(((Change.DeleteRole) change).role(), path);
            case RESTORE_ROLE -> roles.restore(((Change.RestoreRole) change).role(), path);
            case PURGE_ROLE -> roles.purge(((Change.PurgeRole) change).role(), path);
            case PUT_SYSTEM_ROLE -> roles.putSystemRole(((Change.PutSystemRole) change).role(), path + "/role");
            case ASSIGN -> assignments.assign((Change.Assign) change, path);
            case UNASSIGN -> assignments.unassign((Change.Unassign) change, path);
            case CONNECT -> assignments.connect((Change.Connect) change, path);
            case SET_ROLES -> assignments.setRoles((Change.SetRoles) change, path);
            case SET_USERS -> assignments.setUsers((Change.SetUsers) change, path);
            case ASSIGN_TO_ALL -> assignments.assignToAll(((Change.AssignToAll) change).role(), path);
            case REMOVE_USER -> editor.removeUser(((Change.RemoveUser) change).user());
            case ADD_TARGET -> targets.add((Change.AddTarget) change, path);
            case MOVE_TARGET -> targets.move((Change.MoveTarget) change, path);
            case REMOVE_TARGET -> targets.remove(((Change.RemoveTarget) change).target(), path);
        }
    }

    /**
     * Checks what concerns the whole policy, on the result and as far as it was touched. What was wrong before and is not
     * worse now is accepted, so that a stored policy that a release breaks can be made safe step by step (S2).
     */
    private void checkTogether() {
        WriteSet touched = editor.touched();
        for (Scope scope : policy.catalog().scopes().scopes()) {
            check.checkDefaults(scope, policy.table().defaultCount(scope), editor.defaultCount(scope), PATH);
        }
        if (policy.rules().requiresUniqueNames() && !touched.roles().isEmpty()) {
            List<Role> roles = editor.roleEntries().stream()
                    .map(RoleEntry::role)
                    .sorted(Role.LIST_ORDER)
                    .toList();
            check.checkUniqueNames(roles, this::isNewlyNamed, i -> PATH);
        }
        if (policy.rules().rolesPerTarget().isPresent()) {
            checkRolesPerTarget(touched);
        }
        if (!touched.roles().isEmpty() || touched.reaches(Target.account())) {
            PermissionCatalog catalog = policy.catalog();
            check.checkHolders(
                    key -> RoleValidator.hasHolder(catalog, policy.table().roleEntries(), key),
                    key -> RoleValidator.hasHolder(catalog, editor.roleEntries(), key),
                    PATH);
        }
    }

    private boolean isNewlyNamed(Role role) {
        RoleEntry before = policy.table().roleEntry(role.id());
        return before == null
                || !before.role().isActive()
                || !before.role().name().equals(role.name());
    }

    /** In list order, as the order of writes may depend on ordinals. */
    private void checkRolesPerTarget(WriteSet touched) {
        List<String> users = new ArrayList<>(touched.users());
        users.sort(CodePoints.ORDER);
        for (String user : users) {
            List<Target> targets = new ArrayList<>(touched.targetsOf(user));
            targets.sort(UserAssignments.TARGET_ORDER);
            for (Target target : targets) {
                int count = editor.countAt(user, target);
                if (count > policy.countAt(user, target)) {
                    check.checkRolesPerTarget(user, target, count, PATH);
                }
            }
        }
    }
}
