/**
 * Embeddable role-based access control: answers who may do what, and where, from an immutable snapshot of one account's
 * policy.
 *
 * <p>Start at {@link io.rbac.policy.Policy} and {@link io.rbac.matrix.PermissionMatrix}. {@link
 * io.rbac.engine.PermissionEngine} keeps the policies of all accounts and commits changes to them.
 */
module io.rbac.core {
    requires com.github.benmanes.caffeine;
    requires static transitive org.jspecify;

    exports io.rbac.engine;
    exports io.rbac.guard;
    exports io.rbac.matrix;
    exports io.rbac.model;
    exports io.rbac.policy;
    exports io.rbac.review;
}
