package io.rbac.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rights group as given to the builder of a catalog; {@code ownScopes} is {@code null} for all scopes of the tree. */
record GroupDraft(String name, @Nullable Set<Scope> ownScopes, List<PermissionCatalog.Action> actions) {

    Set<Scope> scopes(ScopeTree tree) {
        return ownScopes != null ? ownScopes : Scope.widestFirst(tree.scopes());
    }

    String key(PermissionCatalog.Action action) {
        String own = action.key();
        return own != null ? own : name + ':' + action.name();
    }
}
