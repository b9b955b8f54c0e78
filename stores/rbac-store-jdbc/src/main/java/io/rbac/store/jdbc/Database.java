package io.rbac.store.jdbc;

import io.rbac.engine.PolicyStoreException;
import io.rbac.model.Violation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A kind of database, and what is said to it in its own words. */
enum Database {
    SQLITE("sqlite") {
        @Override
        void begin(Connection connection, Transactions.Kind kind) throws SQLException {
            // A transaction that reads before it writes could not wait for the lock of another one.
            execute(connection, kind == Transactions.Kind.SNAPSHOT ? "BEGIN" : "BEGIN IMMEDIATE");
        }

        @Override
        void commit(Connection connection) throws SQLException {
            execute(connection, "COMMIT");
        }

        @Override
        void rollBack(Connection connection) throws SQLException {
            execute(connection, "ROLLBACK");
        }

        @Override
        boolean isTransient(SQLException e) {
            int code = e.getErrorCode() & 0xFF;
            return code == SQLITE_BUSY || code == SQLITE_LOCKED;
        }

        @Override
        boolean isConnectionLost(SQLException e) {
            return false;
        }

        @Override
        boolean isConflict(SQLException e) {
            return (e.getErrorCode() & 0xFF) == SQLITE_CONSTRAINT;
        }
    },

    POSTGRESQL("postgresql") {
        @Override
        void begin(Connection connection, Transactions.Kind kind) throws SQLException {
            connection.setAutoCommit(false);
            switch (kind) {
                case SNAPSHOT -> execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                case WRITE ->
                    execute(
                            connection,
                            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE; SELECT " + MADE_DURABLE);
                case LOOK, COMMIT -> {
                    // begins with its first statement
                }
            }
        }

        @Override
        void commit(Connection connection) throws SQLException {
            connection.commit();
        }

        @Override
        void rollBack(Connection connection) throws SQLException {
            connection.rollback();
        }

        @Override
        boolean isTransient(SQLException e) {
            String state = e.getSQLState();
            return SERIALIZATION_FAILURE.equals(state) || DEADLOCK.equals(state);
        }

        @Override
        boolean isConnectionLost(SQLException e) {
            String state = e.getSQLState();
            return state != null && (state.startsWith("08") || state.startsWith("57P0"));
        }

        @Override
        boolean isConflict(SQLException e) {
            String state = e.getSQLState();
            return state != null && state.startsWith("23");
        }
    };

    /** A value of a statement to PostgreSQL: where the server acknowledges before the disk does, its transaction waits for it. */
    static final String MADE_DURABLE = "CASE WHEN current_setting('synchronous_commit') = 'off'"
            + " THEN set_config('synchronous_commit', 'on', true) END";

    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;
    private static final int SQLITE_CONSTRAINT = 19;
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";

    private final String folder;

    Database(String folder) {
        this.folder = folder;
    }

    /** Returns the kind of a database by the name that its driver gives. */
    static Database of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "SQLite" -> SQLITE;
            case "PostgreSQL" -> POSTGRESQL;
            default ->
                throw new PolicyStoreException(
                        "the database is " + Violation.quote(product) + ": expected SQLite or PostgreSQL", null);
        };
    }

    /**
     * Returns the end of a statement that, once it is committed, tells whoever listens that an account has changed.
     *
     * @param before what stands before it
     * @param account the column that has the id of the account
     */
    String notifying(String before, String account) {
        return this == POSTGRESQL ? before + "pg_notify('" + PostgresFeed.CHANNEL + "', " + account + ')' : "";
    }

    /** Returns the name of the folder with its scripts. */
    String folder() {
        return folder;
    }

    /** Begins a transaction. */
    abstract void begin(Connection connection, Transactions.Kind kind) throws SQLException;

    abstract void commit(Connection connection) throws SQLException;

    abstract void rollBack(Connection connection) throws SQLException;

    /** Returns whether a transaction failed for another one that went on at the same time; it may succeed if repeated. */
    abstract boolean isTransient(SQLException e);

    /** Returns whether a connection was lost. */
    abstract boolean isConnectionLost(SQLException e);

    /** Returns whether rows are there that must not be, or the other way round. */
    abstract boolean isConflict(SQLException e);

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns what a message says of an exception. */
    static String describe(@Nullable Throwable e) {
        return e == null || e.getMessage() == null ? String.valueOf(e) : e.getMessage();
    }
}
