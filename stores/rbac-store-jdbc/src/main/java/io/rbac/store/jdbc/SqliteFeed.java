package io.rbac.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks again and again whether another connection has changed a SQLite database; whose accounts, it does not say. */
final class SqliteFeed implements ChangeFeed {

    private static final long PAUSE_MILLIS = 50;

    private final Connection connection;
    private long seen;

    SqliteFeed(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void start() throws SQLException {
        seen = version();
    }

    private long version() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA data_version")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void poll(Consumer<@Nullable String> listener) throws SQLException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        long version = version();
        if (version != seen) {
            seen = version;
            listener.accept(null);
        }
    }
}
