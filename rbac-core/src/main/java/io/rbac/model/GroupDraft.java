package io.rbac.model;

import java.util.List;
import java.util.Set;

/** A rights group as given to the builder of a catalog. */
record GroupDraft(String name, Set<Scope> scopes, List<PermissionCatalog.Action> actions) {

    String key(PermissionCatalog.Action action) {
        String own = action.key();
        return own != null ? own : name + ':' + action.name();
    }
}
