/**
 * Keeps policies in SQLite or PostgreSQL.
 *
 * <p>Start at {@link io.rbac.store.jdbc.JdbcPolicyStore}.
 */
module io.rbac.store.jdbc {
    requires static org.jspecify;
    requires transitive io.rbac.core;
    requires transitive java.sql;
    requires io.rbac.jackson;

    exports io.rbac.store.jdbc;
}
