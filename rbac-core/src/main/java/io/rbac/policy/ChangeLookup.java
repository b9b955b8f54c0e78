package io.rbac.policy;

import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.text.CodePoints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a change names, or reports that it does not exist. */
final class ChangeLookup {

    private final TableEditor editor;
    private final Violation.Collector violations;
    private final References references;

    ChangeLookup(TableEditor editor, Violation.Collector violations) {
        this.editor = editor;
        this.violations = violations;
        this.references = new References(violations);
    }

    References references() {
        return references;
    }

    @Nullable
    RoleEntry role(String id, String path) {
        RoleEntry entry = editor.role(id);
        if (entry == null) {
            references.roleNotFound(path, id, this::roleIds);
        }
        return entry;
    }

    /** Sorted, as the order of ordinals depends on how the policy came about. */
    private List<String> roleIds() {
        return editor.roleEntries().stream()
                .map(entry -> entry.role().id())
                .sorted(CodePoints.ORDER)
                .toList();
    }

    @Nullable
    RoleEntry activeRole(String id, String path) {
        RoleEntry entry = role(id, path);
        if (entry != null && !entry.role().isActive()) {
            violations.add(
                    Code.ROLE_DISCARDED,
                    path,
                    id,
                    "role " + Violation.quote(id) + " is discarded: expected an active one");
            return null;
        }
        return entry;
    }

    @Nullable
    TargetEntry target(Target target, String path) {
        TargetEntry entry = editor.target(target);
        if (entry == null) {
            references.targetNotFound(path, target);
        }
        return entry;
    }

    /** Checks the id of something that is added, and returns whether it may be. */
    boolean checkNew(String word, String id, boolean exists, String path) {
        if (!references.checkId(path, word, id)) {
            return false;
        }
        if (exists) {
            violations.add(
                    Code.DUPLICATE_ID, path, id, word + ' ' + Violation.quote(id) + " exists: expected another id");
        }
        return !exists;
    }
}
