package io.rbac.model;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Violation.Code;
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
        if (policy.revision() == Long.MAX_VALUE) {
            throw PolicyViolationException.of(Violation.of(
                    Code.LIMIT_EXCEEDED,
                    "/revision",
                    Long.toString(policy.revision()),
                    "the revision is " + policy.revision() + ", the highest that there is"));
        }
        return new AppliedChanges(policy.with(policy.revision() + 1, table), effects);
    }

    /** What concerns the whole policy is checked on the result, as far as it was touched. */
    private void checkTogether(RoleCheck check) {
        TouchedThings touched = editor.touched();
        if (!touched.roles().isEmpty()) {
            List<Role> roles = editor.roles();
            roles.sort(Role.LIST_ORDER);
            check.checkTogether(roles, PATH, i -> PATH);
        }
        if (policy.rules().rolesPerTarget().isPresent()) {
            checkRolesPerTarget(check, touched);
        }
        for (String key : policy.rules().lockout()) {
            if (hasHolder(policy.roles(), key, true) && !hasHolder(editor.roles(), key, false)) {
                violations.add(
                        Code.LAST_HOLDER,
                        PATH,
                        key,
                        "no user would hold " + Violation.quote(key)
                                + " at the account any more: expected at least one");
            }
        }
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

    /** Whether an active role of the account that grants a permission has a user, before or after the changes. */
    private boolean hasHolder(List<Role> roles, String key, boolean before) {
        for (Role role : roles) {
            if (role.scope() == Scope.ACCOUNT
                    && role.isActive()
                    && role.rights().contains(key)) {
                RoleEntry entry = before ? editor.base().roleEntry(role.id()) : editor.role(role.id());
                if (entry != null && entry.users() > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
