package io.rbac.test;

import static java.util.Comparator.comparing;

import io.rbac.test.EditEffect.AssignmentAdded;
import io.rbac.test.EditEffect.AssignmentRemoved;
import io.rbac.test.EditEffect.RoleAdded;
import io.rbac.test.EditEffect.RoleChanged;
import io.rbac.test.EditEffect.RoleRemoved;
import io.rbac.test.EditEffect.TargetAdded;
import io.rbac.test.EditEffect.TargetMoved;
import io.rbac.test.EditEffect.TargetRemoved;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The differences between two plain policies, by ids: first what was removed (assignments, roles, targets), then what
 * was added or changed (targets, roles, assignments), each in the order of S3, except that a target comes after what it
 * lies in where this is added or moved too, and before what it lay in where this is removed too. Not thread-safe.
 */
final class NetEffects {
    private final PlainPolicy before;
    private final PlainPolicy after;
    private final List<EditEffect> effects = new ArrayList<>();

    private NetEffects(PlainPolicy before, PlainPolicy after) {
        this.before = before;
        this.after = after;
    }

    static List<EditEffect> between(PlainPolicy before, PlainPolicy after) {
        NetEffects net = new NetEffects(before, after);
        net.collectRemoved();
        net.collectAddedAndChanged();
        return net.effects;
    }

    private void collectRemoved() {
        Set<Assignment> kept = new HashSet<>(after.assignments());
        before.assignments().stream()
                .filter(assignment -> !kept.contains(assignment) || isReplaced(assignment.role()))
                .sorted(Oracle.ASSIGNMENT_ORDER)
                .forEach(assignment -> effects.add(new AssignmentRemoved(assignment)));
        before.roles().stream()
                .filter(role -> RoleEdits.find(after, role.id()) == null || isReplaced(role.id()))
                .sorted(Oracle.ROLE_ORDER)
                .forEach(role -> effects.add(new RoleRemoved(role)));
        before.targets().stream()
                .filter(located -> !PlainPaths.isKnown(after, located.target()))
                .sorted(narrowestFirst(before))
                .forEach(located -> effects.add(new TargetRemoved(located.target(), located.parent())));
    }

    private void collectAddedAndChanged() {
        after.targets().stream().sorted(widestFirst(after)).forEach(this::compareTarget);
        after.roles().stream().sorted(Oracle.ROLE_ORDER).forEach(this::compareRole);
        Set<Assignment> old = new HashSet<>(before.assignments());
        after.assignments().stream()
                .filter(assignment -> !old.contains(assignment) || isReplaced(assignment.role()))
                .sorted(Oracle.ASSIGNMENT_ORDER)
                .forEach(assignment -> effects.add(new AssignmentAdded(assignment)));
    }

    private void compareTarget(Located located) {
        PlainTarget old = PlainPaths.parentOf(before, located.target());
        if (old == null) {
            effects.add(new TargetAdded(located.target(), located.parent()));
        } else if (!old.equals(located.parent())) {
            effects.add(new TargetMoved(located.target(), old, located.parent()));
        }
    }

    private static Comparator<Located> widestFirst(PlainPolicy plain) {
        return comparing((Located located) -> located.target().scope().level())
                .thenComparing(located -> nesting(plain, located.target()))
                .thenComparing(Oracle.TARGET_ORDER);
    }

    private static Comparator<Located> narrowestFirst(PlainPolicy plain) {
        return comparing((Located located) -> -located.target().scope().level())
                .thenComparing(located -> -nesting(plain, located.target()))
                .thenComparing(Oracle.TARGET_ORDER);
    }

    /** Returns how many targets on the path of one are of its own scope. */
    private static int nesting(PlainPolicy plain, PlainTarget target) {
        int count = 0;
        for (PlainTarget step : PlainPaths.path(plain, target)) {
            count += step.scope().equals(target.scope()) ? 1 : 0;
        }
        return count;
    }

    private void compareRole(PlainRole role) {
        PlainRole old = RoleEdits.find(before, role.id());
        if (old == null || isReplaced(role.id())) {
            effects.add(new RoleAdded(role));
        } else if (!old.equals(role)) {
            effects.add(new RoleChanged(old, role));
        }
    }

    /** Returns whether an id names another role now: the scope and type of a role are fixed. */
    private boolean isReplaced(String id) {
        PlainRole old = RoleEdits.find(before, id);
        PlainRole role = RoleEdits.find(after, id);
        return old != null && role != null && (!old.scope().equals(role.scope()) || old.system() != role.system());
    }
}
