package io.rbac.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Where the store takes its connections from. Implementations are thread-safe. */
interface Connections extends AutoCloseable {

    /** Returns a connection that nobody else uses until it is {@linkplain #giveBack given back}. */
    Connection take() throws SQLException;

    /**
     * Gives a connection back.
     *
     * @param reusable whether it is known to be as it was taken
     */
    void giveBack(Connection connection, boolean reusable) throws SQLException;

    /** Closes what is not in use. */
    @Override
    void close();
}
