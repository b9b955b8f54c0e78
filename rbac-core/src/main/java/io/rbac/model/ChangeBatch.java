package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Applies a batch of changes to a policy (S12). */
final class ChangeBatch {

    static final String PATH = "/changes";

    private final Policy policy;
    private final Instant at;
    private final TableEditor editor;
    private final Violation.Collector violations = new Violation.Collector();

    ChangeBatch(Policy policy, Instant at) {
        this.policy = policy;
        this.at = requireNonNull(at, "at");
        this.editor = new TableEditor(policy.table());
    }

    AppliedChanges apply(List<Change> changes) {
        RoleCheck check = new RoleCheck(policy.catalog(), policy.rules(), violations);
        ChangeLookup lookup = new ChangeLookup(editor, violations);
        RoleChanges roles = new RoleChanges(editor, lookup, policy.rules(), check, violations, at);
        AssignmentChanges assignments = new AssignmentChanges(editor, lookup, policy.rules(), violations);
        PlaceChanges places = new PlaceChanges(editor, lookup);
        for (int i = 0; i < changes.size(); i++) {
            Change change = requireNonNull(changes.get(i), "change");
            String path = PATH + '/' + i;
            if (!roles.apply(change, path) && !assignments.apply(change, path)) {
                places.apply(change, path);
            }
        }
        roles.settleTimes();
        checkTogether(check);
        violations.throwIfAny();

        PolicyTable table = editor.done();
        List<Effect> effects = new EffectList(policy.table(), table, editor.touched()).effects();
        if (effects.isEmpty()) {
            return new AppliedChanges(policy, effects);
        }
        return new AppliedChanges(policy.with(policy.nextRevision(), table), effects);
    }

    /** What concerns the whole policy is checked on the result, as far as it was touched. */
    private void checkTogether(RoleCheck check) {
        TouchedThings touched = editor.touched();
        if (!touched.roles().isEmpty()) {
            List<Role> roles = editor.roleEntries().stream()
                    .map(RoleEntry::role)
                    .sorted(Role.LIST_ORDER)
                    .toList();
            check.checkTogether(roles, PATH, i -> PATH);
        }
        if (policy.rules().rolesPerTarget().isPresent()) {
            checkRolesPerTarget(check, touched);
        }
        check.checkHolders(policy.table()::roleEntries, editor::roleEntries, PATH);
    }

    /** In the order of lists, as that in which things were touched may depend on their numbers. */
    private void checkRolesPerTarget(RoleCheck check, TouchedThings touched) {
        List<String> users = new ArrayList<>(touched.users());
        users.sort(Text.CODE_POINT_ORDER);
        for (String user : users) {
            List<Target> targets = new ArrayList<>(touched.targetsOf(user));
            targets.sort(UserAssignments.TARGET_ORDER);
            for (Target target : targets) {
                check.checkRolesPerTarget(
                        user, target, editor.rolesAt(user, target).size(), PATH);
            }
        }
    }
}
