package io.rbac.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Connections of a host's data source, which decides about pooling them. */
final class HostConnections implements Connections {

    private final DataSource source;

    HostConnections(DataSource source) {
        this.source = source;
    }

    @Override
    public Connection take() throws SQLException {
        return source.getConnection();
    }

    @Override
    public void giveBack(Connection connection, boolean reusable) throws SQLException {
        connection.close();
    }

    @Override
    public void close() {
        // The data source is the host's.
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
