package io.rbac.store.jdbc;

import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;

/** Scopes and targets as the columns have them. */
final class Scopes {

    /** What stands behind the name of a scope that nests. */
    private static final String NESTS = "+";

    private Scopes() {}

    /** Returns a tree as text: the names of its scopes, widest first. */
    static String text(ScopeTree tree) {
        StringBuilder text = new StringBuilder();
        for (Scope scope : tree.scopes()) {
            text.append(text.isEmpty() ? "" : ",").append(scope.name()).append(scope.nests() ? NESTS : "");
        }
        return text.toString();
    }

    /**
     * Returns the tree of a text.
     *
     * @throws io.rbac.model.PolicyViolationException if it is none
     */
    static ScopeTree tree(String text) {
        ScopeTree.Builder builder = ScopeTree.builder();
        for (String name : text.split(",", -1)) {
            if (name.endsWith(NESTS)) {
                builder.nestingScope(name.substring(0, name.length() - NESTS.length()));
            } else {
                builder.scope(name);
            }
        }
        return builder.build();
    }

    /** Returns the name of a scope; that of the account is the same in all trees. */
    static String name(Scope scope) {
        return scope.isAccount() ? Scope.ACCOUNT.name() : scope.name();
    }

    /**
     * Returns the target of a scope and an id.
     *
     * @throws io.rbac.model.PolicyViolationException if the tree has no such scope
     * @throws IllegalArgumentException if the account has an id
     */
    static Target target(ScopeTree tree, String scope, String id) {
        Scope found = tree.scope(scope);
        if (!found.isAccount()) {
            return Target.of(found, id);
        }
        if (!id.isEmpty() || !scope.equals(Scope.ACCOUNT.name())) {
            throw new IllegalArgumentException("the account is named `" + scope + '/' + id + '`');
        }
        return Target.account();
    }
}
