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

    /** Returns a target and everything below it, each after what it lies in; no target may lie in itself. */
    static List<PlainTarget> atOrBelow(PlainPolicy plain, PlainTarget target) {
        List<PlainTarget> all = new ArrayList<>(List.of(target));
        for (int i = 0; i < all.size(); i++) {
            for (PlainPolicy.Located located : plain.targets()) {
                if (located.parent().equals(all.get(i))) {
                    all.add(located.target());
                }
            }
        }
        return all;
    }

    /** Returns how many targets the longest way down has, with the target itself; no target may lie in itself. */
    static int height(PlainPolicy plain, PlainTarget target) {
        int below = 0;
        for (PlainPolicy.Located located : plain.targets()) {
            if (located.parent().equals(target)) {
                below = Math.max(below, height(plain, located.target()));
            }
        }
        return 1 + below;
    }
}
