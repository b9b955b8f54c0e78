/**
 * Serves the role APIs of three products from any application.
 *
 * <p>Start at {@link io.rbac.roleapi.RoleApi}.
 */
module io.rbac.roleapi {
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires transitive io.rbac.core;

    exports io.rbac.roleapi;
}
