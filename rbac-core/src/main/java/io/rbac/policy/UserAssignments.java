package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Assignment;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.table.Row;
import io.rbac.text.CodePoints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lists the assignments of a user. */
final class UserAssignments {

    /** By scope, widest first, then by the code points of their ids; for targets of one tree. */
    static final Comparator<Target> TARGET_ORDER = Comparator.<Target>comparingInt(
                    target -> target.scope().level())
            .thenComparing(Target::id, CodePoints.ORDER);

    /** By target, then by the code points of the id of the role. */
    static final Comparator<Assignment> ORDER =
            Comparator.comparing(Assignment::target, TARGET_ORDER).thenComparing(Assignment::role, CodePoints.ORDER);

    private UserAssignments() {}

    static List<Assignment> of(PolicyTable table, String user) {
        Object row = table.row(user);
        if (row == null) {
            return List.of();
        }
        List<Assignment> assignments = new ArrayList<>();
        for (int target = Row.nextKey(row, -1); target >= 0; target = Row.nextKey(row, target)) {
            Target where = requireNonNull(table.targets.get(target)).target(table.scopes);
            int roleSet = Row.value(row, target);
            for (int i = 0; i < table.size(roleSet); i++) {
                Role role =
                        requireNonNull(table.roles.get(table.role(roleSet, i))).role();
                assignments.add(new Assignment(user, role.id(), where));
            }
        }
        assignments.sort(ORDER);
        return List.copyOf(assignments);
    }
}
