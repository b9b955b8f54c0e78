/**
 * Policies, rights and roles as JSON.
 *
 * <p>Start at {@link io.rbac.jackson.PolicyJson}; {@link io.rbac.jackson.RbacModule} is for an application's own
 * mapper; {@link io.rbac.jackson.CommitJson} is for stores.
 */
@SuppressWarnings("module") // the command line is built later
module io.rbac.jackson {
    requires static org.jspecify;
    requires transitive com.fasterxml.jackson.databind;
    requires transitive io.rbac.core;

    exports io.rbac.jackson;
    exports io.rbac.jackson.file to
            io.rbac.cli;
}
