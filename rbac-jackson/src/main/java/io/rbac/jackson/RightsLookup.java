package io.rbac.jackson;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the permissions that rights of a document name: by group and action in the catalog of the document, then by
 * key in the catalog of the host (S2, S7). Retired permissions are dropped, renamed
 * ones taken under their new keys; what is wrong is reported and left out.
 */
final class RightsLookup {

    private final CatalogIndex document;
    private final PermissionCatalog host;
    private final DocumentViolations violations;

    /**
     * @param document the catalog of the document
     * @param host the catalog of the host, the document's if there is none
     */
    RightsLookup(CatalogIndex document, PermissionCatalog host, DocumentViolations violations) {
        this.document = document;
        this.host = host;
        this.violations = violations;
    }

    /**
     * What rights are looked up for.
     *
     * @param role the id of the role, null if it has none or the rights are not those of a role
     * @param ownScope the scope of the role in the tree of the document, null if it is not known
     * @param scope the same in the tree of the host
     */
    record Holder(
            @Nullable String role,
            @Nullable Scope ownScope,
            @Nullable Scope scope) {

        static final Holder ANY = new Holder(null, null, null);

        @Override
        public String toString() {
            return role == null ? "a role" : "role " + Violation.quote(role);
        }
    }

    /** Returns the rights that a role holds. */
    Rights rights(ParsedRights rights, Holder holder) {
        List<String> keys = new ArrayList<>();
        for (ParsedRights.Group group : rights.groups()) {
            Map<String, Permission> actions = document.groups().get(group.name());
            if (actions == null
                    && group.actions().stream().noneMatch(action -> isRenamed(group.name(), action.name()))) {
                reportUnlessRetired(rights.pointer(), group);
                continue;
            }
            for (ParsedRights.Action action : group.actions()) {
                String pointer = rights.pointer() + Violation.pointer(group.name(), action.name());
                Map<String, Permission> known = actions == null ? Map.of() : actions;
                Permission permission = known.get(action.name());
                if (permission == null && isRenamed(group.name(), action.name())) {
                    permission =
                            host.findRenamed(group.name() + ':' + action.name()).orElse(null);
                }
                if (permission == null) {
                    reportUnlessRetired(pointer, group, action, known);
                } else if (checkAgainstHost(permission, action, pointer, holder) && action.granted()) {
                    keys.add(host.renamed().getOrDefault(permission.key(), permission.key()));
                }
            }
        }
        return host.rights(keys);
    }

    private void reportUnlessRetired(String pointer, ParsedRights.Group group) {
        boolean isRetired = !group.actions().isEmpty()
                && group.actions().stream().allMatch(action -> isRetired(group.name(), action.name()));
        if (!isRetired) {
            violations.add(
                    Code.UNKNOWN_GROUP,
                    pointer + Violation.pointer(group.name()),
                    group.name(),
                    Violation.quote(group.name()) + " is not a rights group of the catalog"
                            + violations.didYouMean(
                                    group.name(), document.groups().keySet()),
                    group.location());
        }
    }

    private void reportUnlessRetired(
            String pointer, ParsedRights.Group group, ParsedRights.Action action, Map<String, Permission> known) {
        if (!isRetired(group.name(), action.name())) {
            violations.add(
                    Code.ACTION_NOT_ALLOWED,
                    pointer,
                    action.name(),
                    Violation.quote(action.name()) + " is not an action of the rights group "
                            + Violation.quote(group.name()) + violations.didYouMean(action.name(), known.keySet()),
                    action.location());
        }
    }

    private boolean isRenamed(String group, String action) {
        return host.renamed().containsKey(group + ':' + action);
    }

    private boolean isRetired(String group, String action) {
        return host.retired().contains(group + ':' + action);
    }

    /** Returns whether a role may hold a permission under the catalog of the host, and reports why not. */
    private boolean checkAgainstHost(Permission permission, ParsedRights.Action action, String pointer, Holder holder) {
        Optional<Permission> known = host.findRenamed(permission.key());
        if (known.isEmpty() && host.retired().contains(permission.key())) {
            return false;
        }
        if (known.isEmpty() && action.granted()) {
            String message = holder + " holds " + Violation.quote(permission.key())
                    + ", which is not a permission of the application's catalog";
            violations.add(Code.UNKNOWN_PERMISSION, pointer, permission.key(), message, action.location());
            return false;
        }
        Set<Scope> scopes = known.orElse(permission).scopes();
        Scope scope = known.isPresent() ? holder.scope : holder.ownScope;
        if (scope != null && !scopes.contains(scope)) {
            String message = holder + " of the scope `" + scope.name() + "` names " + Violation.quote(permission.key())
                    + ": only roles of " + scopes + " may hold it";
            violations.add(Code.PERMISSION_NOT_IN_SCOPE, pointer, permission.key(), message, action.location());
            return false;
        }
        return true;
    }
}
