package io.rbac.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Sends many rows to the database, some at once. Not thread-safe. */
final class RowBatch implements AutoCloseable {

    private final String sql;
    private final boolean changesOneEach;
    private final PreparedStatement statement;
    private int waiting;

    /** @param changesOneEach whether each execution changes one row, or the rows are not those that they should be */
    RowBatch(Session session, String sql, boolean changesOneEach) throws SQLException {
        this.sql = sql;
        this.changesOneEach = changesOneEach;
        this.statement = session.prepare(sql);
    }

    void add(Object... parameters) throws SQLException {
        Session.set(statement, parameters);
        add();
    }

    /** Returns the statement, for its parameters to be set before {@link #add()}. */
    PreparedStatement statement() {
        return statement;
    }

    void add() throws SQLException {
        statement.addBatch();
        waiting++;
        if (waiting == Session.ROWS_AT_ONCE) {
            flush();
        }
    }

    void flush() throws SQLException {
        if (waiting == 0) {
            return;
        }
        waiting = 0;
        for (int changed : statement.executeBatch()) {
            if (changesOneEach && changed != 1 && changed != PreparedStatement.SUCCESS_NO_INFO) {
                throw new MisfitException(changed + " rows instead of one were changed by: " + sql);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }

    /** The stored rows are not those that a commit was made on. */
    static final class MisfitException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MisfitException(String message) {
            super(message);
        }
    }
}
