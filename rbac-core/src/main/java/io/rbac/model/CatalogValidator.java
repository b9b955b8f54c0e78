package io.rbac.model;

import io.rbac.model.Violation.Code;
import io.rbac.text.Ids;
import io.rbac.text.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the groups and retired keys that the builder of a catalog was given. */
final class CatalogValidator {

    private static final String FORMER = "renamed permission";

    private final ScopeTree tree;
    private final Violation.Collector violations = new Violation.Collector();
    private final Map<String, String> groupPaths = new HashMap<>();
    private final Map<String, String> keyPaths = new HashMap<>();

    private CatalogValidator(ScopeTree tree) {
        this.tree = tree;
    }

    static void check(
            ScopeTree tree,
            List<GroupDraft> groups,
            List<String> retired,
            Map<String, String> renamed,
            List<String> renamedTwice) {
        CatalogValidator validator = new CatalogValidator(tree);
        int size = groups.stream().mapToInt(g -> g.actions().size()).reduce(0, Math::addExact);
        if (size > PermissionCatalog.MAX_PERMISSIONS) {
            validator.violations.add(
                    Code.LIMIT_EXCEEDED,
                    Violation.pointer("catalog"),
                    Integer.toString(size),
                    "the catalog has " + size + " permissions: at most " + PermissionCatalog.MAX_PERMISSIONS
                            + " are allowed");
        } else {
            for (int i = 0; i < groups.size(); i++) {
                validator.group(Violation.pointer("catalog", i), groups.get(i));
            }
            Set<String> keys = Set.copyOf(validator.keyPaths.keySet());
            retired.forEach(validator::retired);
            renamed.forEach((former, key) -> validator.renamed(former, key, keys));
            renamedTwice.forEach(former -> validator.id("", former, FORMER, validator.keyPaths));
        }
        validator.violations.throwIfAny();
    }

    private void group(String path, GroupDraft group) {
        id(path + "/group", group.name(), "rights group", groupPaths);
        if (group.ownScopes() != null) {
            scopes(path + "/scopes", group.ownScopes());
        }
        Map<String, String> actionPaths = new HashMap<>();
        for (int i = 0; i < group.actions().size(); i++) {
            PermissionCatalog.Action action = group.actions().get(i);
            String actionPath = path + "/actions/" + i;
            long before = violations.total();
            id(actionPath, action.name(), "action", actionPaths);
            if (violations.total() == before) {
                id(action.key() == null ? actionPath : actionPath + "/key", group.key(action), "permission", keyPaths);
            }
            action.scopes().ifPresent(scopes -> scopes(actionPath + "/scopes", scopes));
            action.title().ifPresent(title -> text(actionPath + "/title", title, Names.fault(title)));
            action.description().ifPresent(prose -> text(actionPath + "/description", prose, Names.proseFault(prose)));
        }
    }

    private void retired(String key) {
        id("", key, "retired permission", keyPaths);
    }

    private void renamed(String former, String key, Set<String> keys) {
        id("", former, FORMER, keyPaths);
        if (!keys.contains(key)) {
            violations.add(
                    Code.UNKNOWN_PERMISSION,
                    "",
                    key,
                    Violation.quote(key) + ", which " + Violation.quote(former)
                            + " is renamed to, is not a permission of the catalog" + violations.didYouMean(key, keys));
        }
    }

    private void id(String path, String id, String what, Map<String, String> firstPaths) {
        String fault = Ids.fault(id);
        if (fault != null) {
            violations.add(Code.ID_INVALID, path, id, what + ' ' + Violation.quote(id) + ' ' + fault);
            return;
        }
        String first = firstPaths.putIfAbsent(id, path);
        if (first != null) {
            String where = first.isEmpty() ? "" : ": first given at " + Violation.quote(first);
            violations.add(Code.DUPLICATE_ID, path, id, what + ' ' + Violation.quote(id) + " is given twice" + where);
        }
    }

    private void scopes(String path, Set<Scope> scopes) {
        String expected = "expected some of " + ScopeTree.names(tree.scopes());
        if (scopes.isEmpty()) {
            violations.add(Code.SCOPE_INVALID, path, null, "no scope is given: " + expected);
        }
        for (Scope scope : scopes) {
            if (!tree.contains(scope)) {
                violations.add(
                        Code.SCOPE_INVALID,
                        path,
                        scope.name(),
                        Violation.quote(scope.name()) + " is not a scope of the catalog: " + expected);
            }
        }
    }

    private void text(String path, String text, @Nullable String fault) {
        if (fault != null) {
            violations.add(Code.NAME_INVALID, path, text, Violation.quote(text) + ' ' + fault);
        }
    }
}
