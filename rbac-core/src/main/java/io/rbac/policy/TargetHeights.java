package io.rbac.policy;

import io.rbac.model.ScopeTree;
import java.util.HashMap;
import java.util.Map;

/**
 * How far it goes down from the targets of an edited table. What lies below a target is gone through when it is first asked
 * for, and then kept up, so that many moves of a large target do not go through it again and again. Not for several threads.
 */
final class TargetHeights {

    private final TableEditor editor;

    /** For each target that was asked for, how many of those in it have which height. */
    private final Map<Integer, int[]> childrenByHeight = new HashMap<>();

    TargetHeights(TableEditor editor) {
        this.editor = editor;
    }

    /** How many targets the longest way down from a target has, the target itself among them. */
    int of(TargetEntry target) {
        int[] counts = childrenByHeight.get(target.ordinal());
        if (counts == null) {
            counts = new int[ScopeTree.MAX_PATH + 1];
            for (int child : editor.childrenOf(target)) {
                counts[of(editor.targetOf(child))]++;
            }
            childrenByHeight.put(target.ordinal(), counts);
        }
        return height(counts);
    }

    private static int height(int[] counts) {
        int height = counts.length - 1;
        while (height > 0 && counts[height] == 0) {
            height--;
        }
        return height + 1;
    }

    /** Must be called before a target leaves its parent. */
    void leave(TargetEntry target) {
        update(target, -1);
    }

    /** Must be called after a target has entered its parent. */
    void enter(TargetEntry target) {
        update(target, 1);
    }

    /** Counts a target in its parent, and in those above wherever that changes their height. */
    private void update(TargetEntry target, int difference) {
        int height = 0;
        int before = 0;
        TargetEntry child = target;
        while (child.ordinal() != PolicyTable.ACCOUNT) {
            int[] counts = childrenByHeight.get(child.parent());
            if (counts == null) {
                return;
            }
            int parentBefore = height(counts);
            if (before == 0) {
                counts[of(target)] += difference;
            } else {
                counts[before]--;
                counts[height]++;
            }
            before = parentBefore;
            height = height(counts);
            if (before == height) {
                return;
            }
            child = editor.targetOf(child.parent());
        }
    }

    void forget(TargetEntry target) {
        childrenByHeight.remove(target.ordinal());
    }
}
