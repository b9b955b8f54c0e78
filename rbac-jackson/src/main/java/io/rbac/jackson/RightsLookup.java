package io.rbac.jackson;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the permissions that rights of a document name: by group and action in the catalog of the document, then by key
 * in the catalog of the host (S2, S7). What is retired is dropped; what is wrong is reported and left out.
 */
final class RightsLookup {

    private final CatalogIndex document;
    private final PermissionCatalog host;
    private final Problems problems;

    /**
     * @param document the catalog of the document
     * @param host the catalog of the host, the document's where there is none
     */
    RightsLookup(CatalogIndex document, PermissionCatalog host, Problems problems) {
        this.document = document;
        this.host = host;
        this.problems = problems;
    }

    /**
     * Returns the rights that a role holds.
     *
     * @param role the id of the role, null where it has none or the rights are nobody's
     * @param scope the scope that the rights are held at, null where it is not known
     */
    Rights rights(RightsDraft draft, @Nullable String role, @Nullable Scope scope) {
        long[] words = host.noRights().toLongArray();
        for (RightsDraft.Group group : draft.groups()) {
            Map<String, Permission> actions = document.groups().get(group.name());
            if (actions == null) {
                unknownGroup(draft, group);
                continue;
            }
            for (RightsDraft.Action action : group.actions()) {
                String pointer = draft.pointer() + Violation.pointer(group.name(), action.name());
                Permission stated = actions.get(action.name());
                if (stated == null) {
                    unknownAction(pointer, group, action, actions);
                    continue;
                }
                int number = host.indexOf(stated.key());
                if (number >= 0) {
                    Permission permission = host.permissions().get(number);
                    if (isInScope(pointer, action, permission, role, scope) && action.granted()) {
                        words[number / Long.SIZE] |= 1L << number;
                    }
                } else if (!host.retired().contains(stated.key())) {
                    if (action.granted()) {
                        unknownPermission(pointer, action, stated, role);
                    } else {
                        isInScope(pointer, action, stated, role, scope);
                    }
                }
            }
        }
        return Rights.valueOf(host, words);
    }

    private void unknownGroup(RightsDraft draft, RightsDraft.Group group) {
        boolean retired = !group.actions().isEmpty()
                && group.actions().stream().allMatch(action -> isRetired(group.name(), action.name()));
        if (!retired) {
            problems.add(
                    Code.UNKNOWN_GROUP,
                    draft.pointer() + Violation.pointer(group.name()),
                    group.name(),
                    Violation.quote(group.name()) + " is not a rights group of the catalog"
                            + problems.didYouMean(
                                    group.name(), document.groups().keySet()),
                    group.place());
        }
    }

    private void unknownAction(
            String pointer, RightsDraft.Group group, RightsDraft.Action action, Map<String, Permission> known) {
        if (!isRetired(group.name(), action.name())) {
            problems.add(
                    Code.ACTION_NOT_ALLOWED,
                    pointer,
                    action.name(),
                    Violation.quote(action.name()) + " is not an action of the rights group "
                            + Violation.quote(group.name()) + problems.didYouMean(action.name(), known.keySet()),
                    action.place());
        }
    }

    private boolean isRetired(String group, String action) {
        return host.retired().contains(group + ':' + action);
    }

    private void unknownPermission(
            String pointer, RightsDraft.Action action, Permission permission, @Nullable String role) {
        problems.add(
                Code.UNKNOWN_PERMISSION,
                pointer,
                permission.key(),
                holder(role) + " holds " + Violation.quote(permission.key())
                        + ", which is not a permission of the application's catalog",
                action.place());
    }

    private boolean isInScope(
            String pointer,
            RightsDraft.Action action,
            Permission permission,
            @Nullable String role,
            @Nullable Scope scope) {
        if (scope == null || permission.scopes().contains(scope)) {
            return true;
        }
        problems.add(
                Code.PERMISSION_NOT_IN_SCOPE,
                pointer,
                permission.key(),
                holder(role) + " of the scope `" + scope.word() + "` names " + Violation.quote(permission.key())
                        + ": only roles of "
                        + permission.scopes().stream().map(Scope::word).toList() + " may hold it",
                action.place());
        return false;
    }

    private static String holder(@Nullable String role) {
        return role == null ? "a role" : "role " + Violation.quote(role);
    }
}
