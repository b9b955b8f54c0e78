package io.rbac.test;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the targets of a plain policy lie (S5), by following one parent after the other. */
final class PlainPaths {
    /** Most targets on a path, with the target itself and the account. */
    static final int LONGEST = 16;

    private PlainPaths() {}

    /** Returns what a target lies in; {@code null} for the account and for an unknown target. */
    static @Nullable PlainTarget parentOf(PlainPolicy plain, PlainTarget target) {
        for (PlainPolicy.Located located : plain.targets()) {
            if (located.target().equals(target.withoutParent())) {
                return located.parent();
            }
        }
        return null;
    }

    static boolean isKnown(PlainPolicy plain, PlainTarget target) {
        return target.isAccount() || parentOf(plain, target) != null;
    }

    /** Returns whether a target may lie directly in another, as far as their scopes say. */
    static boolean mayLieIn(PlainPolicy plain, PlainScope scope, PlainScope parent) {
        int own = plain.scopes().indexOf(scope);
        int wider = plain.scopes().indexOf(parent);
        return own > 0 && wider >= 0 && (wider < own || (wider == own && scope.nests()));
    }

    /** Returns a known target, its parent, and so on up to the account; empty if one of them is not known. */
    static List<PlainTarget> path(PlainPolicy plain, PlainTarget target) {
        List<PlainTarget> path = new ArrayList<>();
        PlainTarget step = target.withoutParent();
        while (step != null && !path.contains(step)) {
            path.add(step);
            if (step.isAccount()) {
                return path;
            }
            step = parentOf(plain, step);
        }
        return List.of();
    }

    /** Returns a known target and everything below it, in the order of the list. */
    static List<PlainTarget> atOrBelow(PlainPolicy plain, PlainTarget target) {
        List<PlainTarget> all = new ArrayList<>();
        if (target.isAccount()) {
            all.add(target);
        }
        for (PlainPolicy.Located located : plain.targets()) {
            if (path(plain, located.target()).contains(target)) {
                all.add(located.target());
            }
        }
        return all;
    }

    /** Returns how many targets the longest way down from a known target has, with the target itself. */
    static int height(PlainPolicy plain, PlainTarget target) {
        int height = 0;
        for (PlainTarget below : atOrBelow(plain, target)) {
            height = Math.max(height, path(plain, below).indexOf(target) + 1);
        }
        return height;
    }
}
