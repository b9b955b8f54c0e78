package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lists the assignments of a user. */
final class UserAssignments {

    /** Account, teams and chats, each by the code points of their ids. */
    static final Comparator<Target> TARGET_ORDER =
            Comparator.comparing(Target::scope).thenComparing(Target::id, Text.CODE_POINT_ORDER);

    /** By target, then by the code points of the id of the role. */
    static final Comparator<Assignment> ORDER = Comparator.comparing(Assignment::target, TARGET_ORDER)
            .thenComparing(Assignment::role, Text.CODE_POINT_ORDER);

    private UserAssignments() {}

    static List<Assignment> of(PolicyTable table, String user) {
        Object row = table.row(user);
        if (row == null) {
            return List.of();
        }
        List<Assignment> assignments = new ArrayList<>();
        for (int target = UserRow.nextTarget(row, -1); target >= 0; target = UserRow.nextTarget(row, target)) {
            Target where = requireNonNull(table.targetOf(target));
            int roleSet = UserRow.roleSet(row, target);
            for (int i = 0; i < table.size(roleSet); i++) {
                Role role = requireNonNull(table.roleOf(table.role(roleSet, i)));
                assignments.add(new Assignment(user, role.id(), where));
            }
        }
        assignments.sort(ORDER);
        return List.copyOf(assignments);
    }
}
