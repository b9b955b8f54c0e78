package io.rbac.policy;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import java.util.List;
import java.util.stream.Stream;

/** A product of documents: an organization with folders, which nest, and pages. */
public final class Folders {

    /** The scopes. */
    public static final ScopeTree TREE = ScopeTree.builder()
            .scope("org")
            .nestingScope("folder")
            .scope("page")
            .build();

    /** The scope of folders. */
    public static final Scope FOLDER = TREE.scope("folder");

    /** The scope of pages. */
    public static final Scope PAGE = TREE.scope("page");

    /** Permissions that roles of every scope may hold. */
    public static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .scopes(TREE)
            .group("doc", "read", "write", "share")
            .build();

    /** Rules under which a policy needs no role. */
    public static final PolicyRules RULES =
            PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build();

    private Folders() {}

    /** Returns the builder of an empty policy. */
    public static Policy.Builder policy() {
        return Policy.builder().account("acme").catalog(CATALOG).rules(RULES);
    }

    /** Returns a folder. */
    public static Target folder(String id) {
        return Target.of(FOLDER, id);
    }

    /** Returns a page. */
    public static Target page(String id) {
        return Target.of(PAGE, id);
    }

    /** Returns the folder {@code f} with a number; the account for 0. */
    public static Target folder(int number) {
        return number == 0 ? Target.account() : folder("f" + number);
    }

    /** Adds folders 1 to {@code count}, of which the first lies in the account and each other one in the one before. */
    public static Policy.Builder withChain(Policy.Builder policy, int count) {
        for (int number = 1; number <= count; number++) {
            policy.target(folder(number), folder(number - 1));
        }
        return policy;
    }

    /** Returns violations without their values and messages. */
    static Stream<String> codesAndPaths(List<Violation> violations) {
        return violations.stream().map(violation -> violation.code() + " " + violation.path());
    }
}
