package io.rbac.cli;

import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import java.util.Iterator;

/** The words that a shell suggests for {@code --scope}, which does not know the policy: the standard scopes. */
final class StandardScopes implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return ScopeTree.standard().scopes().stream().map(Scope::name).iterator();
    }
}
