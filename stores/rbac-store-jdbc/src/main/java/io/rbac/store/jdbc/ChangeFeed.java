package io.rbac.store.jdbc;

import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a database says of changes on one connection, which belongs to the feed. Used by one thread. */
interface ChangeFeed {

    /** Begins to listen; what is changed from now on will be reported. */
    void start() throws SQLException;

    /** Waits a while for changes, and reports the accounts that have them, or {@code null} for any. */
    void poll(Consumer<@Nullable String> listener) throws SQLException;
}
