package io.rbac.policy;

import io.rbac.model.Change;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds, moves and removes targets (S5, S11). */
final class TargetChanges {

    private final TableEditor editor;
    private final ChangeLookup lookup;

    TargetChanges(TableEditor editor, ChangeLookup lookup) {
        this.editor = editor;
        this.lookup = lookup;
    }

    void add(Change.AddTarget add, String path) {
        Target target = add.target();
        boolean isNew = isBelowAccount(target, path)
                && lookup.checkNew(target.scope().name(), target.id(), editor.target(target) != null, path + "/target");
        TargetEntry parent = lookup.target(add.parent(), path + "/parent");
        if (isNew && parent != null && canLieIn(target, null, add.parent(), parent, path + "/parent")) {
            editor.addTarget(target, parent);
        }
    }

    void move(Change.MoveTarget move, String path) {
        TargetEntry target =
                isBelowAccount(move.target(), path) ? lookup.target(move.target(), path + "/target") : null;
        TargetEntry parent = lookup.target(move.parent(), path + "/parent");
        if (target != null
                && parent != null
                && target.parent() != parent.ordinal()
                && canLieIn(move.target(), target, move.parent(), parent, path + "/parent")) {
            editor.moveTarget(target, parent);
        }
    }

    void remove(Target target, String path) {
        TargetEntry entry = isBelowAccount(target, path) ? lookup.target(target, path + "/target") : null;
        if (entry != null) {
            editor.removeTarget(entry);
        }
    }

    private boolean isBelowAccount(Target target, String path) {
        return lookup.references().isBelowAccount(editor.scopes(), target, path, "/target");
    }

    /**
     * Checks that a target can lie in a parent.
     *
     * @param entry the target as it is, null for a new one
     */
    private boolean canLieIn(
            Target target, @Nullable TargetEntry entry, Target parent, TargetEntry parentEntry, String path) {
        if (!target.scope().canLieIn(parent.scope())) {
            lookup.references().cannotLieIn(path, target, parent);
            return false;
        }
        List<TargetEntry> above = editor.path(parentEntry);
        if (entry != null && above.stream().anyMatch(ancestor -> ancestor.ordinal() == entry.ordinal())) {
            lookup.references().parentInvalid(path, target, parent, "it would lie in itself");
            return false;
        }
        if (1 + above.size() + (entry == null ? 1 : editor.height(entry)) > ScopeTree.MAX_PATH) {
            lookup.references()
                    .parentInvalid(
                            path,
                            target,
                            parent,
                            (entry == null ? "its path" : "its path, or one of what lies below it,")
                                    + " would have more than " + ScopeTree.MAX_PATH + " targets");
            return false;
        }
        return true;
    }
}
