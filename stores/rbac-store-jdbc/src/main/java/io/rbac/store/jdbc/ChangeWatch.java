package io.rbac.store.jdbc;

import io.rbac.engine.PolicyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports changes from a thread and over a connection of its own. If the connection breaks, another one is taken; as what
 * was changed in between is not known, all accounts are reported then, and so they are at the beginning.
 *
 * <p>This class is thread-safe.
 */
final class ChangeWatch implements PolicyStore.Watch {

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long CLOSE_MILLIS = 5_000;

    private final Connections connections;
    private final Database database;
    private final Consumer<@Nullable String> listener;
    private final Thread thread;
    private volatile boolean closed;

    /** The connection that is listened on, or was last. */
    private volatile @Nullable Connection taken;

    private ChangeWatch(Connections connections, Database database, Consumer<@Nullable String> listener) {
        this.connections = connections;
        this.database = database;
        this.listener = listener;
        this.thread = new Thread(this::run, "rbac-store-watch");
        thread.setDaemon(true);
    }

    static ChangeWatch start(Connections connections, Database database, Consumer<@Nullable String> listener) {
        ChangeWatch watch = new ChangeWatch(connections, database, listener);
        watch.thread.start();
        return watch;
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        while (!closed) {
            long start = System.nanoTime();
            try {
                listen();
            } catch (SQLException | RuntimeException e) {
                // What was missed is reported as a whole after the next start.
            }
            boolean lasted = System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS);
            pause = lasted ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            pause(pause);
        }
    }

    private void listen() throws SQLException {
        Connection connection = connections.take();
        taken = connection;
        try {
            ChangeFeed feed = switch (database) {
                case SQLITE -> new SqliteFeed(connection);
                case POSTGRESQL -> new PostgresFeed(connection);
            };
            feed.start();
            listener.accept(null);
            while (!closed) {
                feed.poll(listener);
            }
        } finally {
            release(connection);
        }
    }

    /** Gives a connection back that nobody should use again: it still listens. */
    private void release(Connection connection) throws SQLException {
        abort(connection);
        connections.giveBack(connection, false);
    }

    /** Ends a wait for notifications, which no interrupt does. */
    private void abort(Connection connection) throws SQLException {
        if (database == Database.POSTGRESQL) {
            connection.abort(Runnable::run);
        }
    }

    private void pause(long millis) {
        try {
            if (!closed) {
                TimeUnit.MILLISECONDS.sleep(millis);
            }
        } catch (InterruptedException e) {
            // Only close() interrupts.
        }
    }

    /** Waits a while for the connection to be given back, so that nothing is open any more when a store is closed. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            Connection connection = taken;
            if (connection != null) {
                abort(connection);
            }
            thread.join(CLOSE_MILLIS);
        } catch (SQLException e) {
            // Then its next time-out ends the wait.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
