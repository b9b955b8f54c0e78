package io.rbac.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** One transaction. Not thread-safe. */
final class Session {

    /** How many rows are fetched from the database, or sent to it, at once. */
    static final int ROWS_AT_ONCE = 1_000;

    private final Database database;
    private final Connection connection;
    private final int timeoutSeconds;

    Session(Database database, Connection connection, int timeoutSeconds) {
        this.database = database;
        this.connection = connection;
        this.timeoutSeconds = timeoutSeconds;
    }

    Database database() {
        return database;
    }

    Connection connection() {
        return connection;
    }

    /** Returns a statement that takes strings and longs. */
    PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        if (database == Database.POSTGRESQL) {
            statement.setQueryTimeout(timeoutSeconds);
        }
        statement.setFetchSize(ROWS_AT_ONCE);
        set(statement, parameters);
        return statement;
    }

    static void set(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof Long number) {
                statement.setLong(i + 1, number);
            } else {
                statement.setString(i + 1, (String) parameters[i]);
            }
        }
    }

    /** Executes a statement and returns the number of rows that it changed. */
    int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        }
    }
}
