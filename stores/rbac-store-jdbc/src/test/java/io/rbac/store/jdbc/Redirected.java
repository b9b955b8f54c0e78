package io.rbac.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Connections of whichever data source there is at the moment. */
final class Redirected extends PlainSource {
    private final Supplier<DataSource> source;

    Redirected(Supplier<DataSource> source) {
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return source.get().getConnection();
    }
}
