/**
 * Role-based access control that is embedded in an application: who may do what, where, answered from an immutable
 * snapshot of one account's policy.
 *
 * <p>Start at {@link io.rbac.model.Policy}, then {@link io.rbac.matrix.PermissionMatrix}.
 */
module io.rbac.core {
    requires static transitive org.jspecify;

    exports io.rbac.matrix;
    exports io.rbac.model;
}
