package io.rbac.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.DataSource;

/** A data source that keeps connections which are closed, and hands them out again; what tests say is done in between. */
final class PooledSource extends PlainSource implements AutoCloseable {
    private final DataSource source;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile Hook hook = (connection, call) -> {};

    PooledSource(DataSource source) {
        this.source = source;
    }

    /** Called before each call of a connection. */
    @FunctionalInterface
    interface Hook {
        void before(Connection connection, String call) throws SQLException;
    }

    void setHook(Hook newHook) {
        hook = newHook;
    }

    @Override
    public Connection getConnection() throws SQLException {
        hook.before(null, "getConnection");
        Connection found = idle.poll();
        Connection connection = found == null ? source.getConnection() : found;
        return (Connection) Proxy.newProxyInstance(
                PooledSource.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        giveBack(connection);
                        return null;
                    }
                    String first = arguments != null && arguments[0] instanceof String text ? " " + text : "";
                    hook.before(connection, method.getName() + first);
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void giveBack(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (!connection.getAutoCommit()) {
            throw new SQLException("a connection was given back in a transaction");
        }
        idle.push(connection);
    }

    @Override
    public void close() {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
