package io.rbac.model;

import io.rbac.model.Violation.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a change names, or says that it is not there. */
final class ChangeLookup {

    private final TableEditor editor;
    private final Violation.Collector violations;

    ChangeLookup(TableEditor editor, Violation.Collector violations) {
        this.editor = editor;
        this.violations = violations;
    }

    @Nullable
    RoleEntry role(String id, String path) {
        RoleEntry entry = editor.role(id);
        if (entry == null) {
            // In an order of their own: that of the ordinals tells how the policy came about.
            List<String> known = violations.suggests()
                    ? editor.roleEntries().stream()
                            .map(e -> e.role().id())
                            .sorted(Text.CODE_POINT_ORDER)
                            .toList()
                    : List.of();
            violations.add(
                    Code.ROLE_NOT_FOUND,
                    path,
                    id,
                    "there is no role " + Violation.quote(id) + violations.didYouMean(id, known));
        }
        return entry;
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
            violations.add(
                    Code.TARGET_NOT_FOUND,
                    path,
                    target.id(),
                    "there is no " + target.scope().word() + ' ' + Violation.quote(target.id()));
        }
        return entry;
    }

    /** Checks the id of something that is to come. */
    boolean isNew(String word, String id, boolean exists, String path) {
        if (!PolicyDraft.checkId(violations, path, word, id)) {
            return false;
        }
        if (exists) {
            violations.add(
                    Code.DUPLICATE_ID, path, id, word + ' ' + Violation.quote(id) + " exists: expected another id");
        }
        return !exists;
    }
}
