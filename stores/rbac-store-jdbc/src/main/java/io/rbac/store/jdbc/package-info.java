/**
 * A store that keeps policies in the rows of a database, for one process or for many: {@link
 * io.rbac.store.jdbc.JdbcPolicyStore}.
 *
 * @since 0.1
 */
@NullMarked
package io.rbac.store.jdbc;

import org.jspecify.annotations.NullMarked;
