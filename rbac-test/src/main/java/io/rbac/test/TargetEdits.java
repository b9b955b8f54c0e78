package io.rbac.test;

import java.util.List;

/** Applies one edit of a target to a plain policy: S5, S11, S14. Not thread-safe. */
final class TargetEdits {
    private final PlainPolicy plain;
    private final EditViolations violations;

    TargetEdits(PlainPolicy plain, EditViolations violations) {
        this.plain = plain;
        this.violations = violations;
    }

    PlainPolicy add(Edit.AddTarget edit) {
        PlainTarget target = edit.target();
        if (!isBelowAccount(target)) {
            violations.report("SCOPE_INVALID", "/target");
        } else if (!Spelling.isId(target.id())) {
            violations.report("ID_INVALID", "/target");
        } else if (PlainPaths.isKnown(plain, target)) {
            violations.report("DUPLICATE_ID", "/target");
        }
        checkParent(target, edit.parent());
        return violations.hasNew() ? plain : plain.withTarget(target, edit.parent());
    }

    PlainPolicy move(Edit.MoveTarget edit) {
        PlainTarget target = edit.target();
        checkKnown(target);
        checkParent(target, edit.parent());
        return violations.hasNew() ? plain : plain.withMoved(target, edit.parent());
    }

    PlainPolicy remove(Edit.RemoveTarget edit) {
        checkKnown(edit.target());
        return violations.hasNew() ? plain : plain.withoutTarget(edit.target());
    }

    private boolean isBelowAccount(PlainTarget target) {
        return !target.isAccount() && plain.scopes().contains(target.scope());
    }

    private void checkKnown(PlainTarget target) {
        if (!isBelowAccount(target)) {
            violations.report("SCOPE_INVALID", "/target");
        } else if (!PlainPaths.isKnown(plain, target)) {
            violations.report("TARGET_NOT_FOUND", "/target");
        }
    }

    /** A parent is known, of a scope that the target may lie in, not below the target, and not too far down for it. */
    private void checkParent(PlainTarget target, PlainTarget parent) {
        if (!PlainPaths.isKnown(plain, parent)) {
            violations.report("TARGET_NOT_FOUND", "/parent");
        }
        if (violations.hasNew()) {
            return;
        }
        List<PlainTarget> path = PlainPaths.path(plain, parent);
        if (!PlainPaths.mayLieIn(plain, target.scope(), parent.scope())
                || path.contains(target)
                || path.size() + PlainPaths.height(plain, target) > PlainPaths.LONGEST) {
            violations.report("PARENT_INVALID", "/parent");
        }
    }
}
