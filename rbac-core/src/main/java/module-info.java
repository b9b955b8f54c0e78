/**
 * Role-based access control that is embedded in an application: who may do what, where, answered from an immutable
 * snapshot of one account's policy.
 *
 * <p>Start at {@link io.rbac.model.Policy}, then {@link io.rbac.matrix.PermissionMatrix}; {@link
 * io.rbac.engine.PermissionEngine} keeps the policies of all accounts while they change.
 */
module io.rbac.core {
    requires com.github.benmanes.caffeine;
    requires static transitive org.jspecify;

    exports io.rbac.engine;
    exports io.rbac.matrix;
    exports io.rbac.model;
}
