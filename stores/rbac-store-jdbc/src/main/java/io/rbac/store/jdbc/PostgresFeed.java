package io.rbac.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the notifications of PostgreSQL. The driver is the host's, and only a part of it that is not JDBC gives
 * notifications: so it is called by name.
 */
final class PostgresFeed implements ChangeFeed {

    /** The channel, on which each payload is the id of an account. */
    static final String CHANNEL = "rbac_accounts";

    private static final int WAIT_MILLIS = 500;

    /** How long nothing may be heard before the connection is tried: a peer that is gone says nothing either. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int NETWORK_MILLIS = 5_000;

    private final Connection connection;
    private final Object driver;
    private final Method getNotifications;
    private final Method getParameter;
    private long heard;

    PostgresFeed(Connection connection) throws SQLException {
        this.connection = connection;
        try {
            ClassLoader loader =
                    connection.getMetaData().getConnection().getClass().getClassLoader();
            Class<?> type = Class.forName("org.postgresql.PGConnection", true, loader);
            this.driver = connection.unwrap(type);
            this.getNotifications = type.getMethod("getNotifications", int.class);
            this.getParameter =
                    Class.forName("org.postgresql.PGNotification", true, loader).getMethod("getParameter");
        } catch (ReflectiveOperationException e) {
            throw new SQLException("the driver of PostgreSQL gives no notifications: " + e, e);
        }
    }

    @Override
    public void start() throws SQLException {
        connection.setNetworkTimeout(Runnable::run, NETWORK_MILLIS);
        Database.execute(connection, "LISTEN " + CHANNEL);
        heard = System.nanoTime();
    }

    @Override
    public void poll(Consumer<@Nullable String> listener) throws SQLException {
        Object[] notifications = (Object[]) call(getNotifications, driver, WAIT_MILLIS);
        if (notifications != null && notifications.length > 0) {
            heard = System.nanoTime();
            for (Object notification : notifications) {
                String account = (String) call(getParameter, notification);
                listener.accept(account == null || account.isEmpty() ? null : account);
            }
        } else if (System.nanoTime() - heard > SILENCE_NANOS) {
            Database.execute(connection, "SELECT 1");
            heard = System.nanoTime();
        }
    }

    private static @Nullable Object call(Method method, Object on, Object... arguments) throws SQLException {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new SQLException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new SQLException(e);
        }
    }
}
