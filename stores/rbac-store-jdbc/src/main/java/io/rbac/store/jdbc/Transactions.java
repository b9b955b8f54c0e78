package io.rbac.store.jdbc;

import io.rbac.engine.PolicyStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Runs what reads and writes, each in a transaction of its own, and repeats it where that helps. Thread-safe. */
final class Transactions {

    private static final int MAX_ATTEMPTS = 6;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** How much longer than a statement the network is waited for: long enough for the server to cancel it first. */
    private static final int NETWORK_MILLIS_MORE = 2_000;

    private final Connections connections;
    private final Database database;
    private final Duration timeout;

    Transactions(Connections connections, Database database, Duration timeout) {
        this.connections = connections;
        this.database = database;
        this.timeout = timeout;
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    /**
     * Runs what reads, on one snapshot.
     *
     * @param what the beginning of the message if it fails
     */
    <T> T read(String what, Work<T> work) {
        return run(what, Kind.SNAPSHOT, work);
    }

    /**
     * Runs what looks at one row after another, each as it is at that moment: without the round trips of a transaction.
     *
     * @param what the beginning of the message if it fails
     */
    <T> T look(String what, Work<T> work) {
        return run(what, Kind.LOOK, work);
    }

    /** Runs what writes. */
    <T> T write(String what, Work<T> work) {
        return run(what, Kind.WRITE, work);
    }

    /**
     * Runs what writes a commit, which is done the most often: its first statement begins the transaction, has to be right on
     * every level of isolation, and makes it durable.
     */
    <T> T commit(String what, Work<T> work) {
        return run(what, Kind.COMMIT, work);
    }

    /** What a transaction is for. */
    enum Kind {
        LOOK,
        SNAPSHOT,
        WRITE,
        COMMIT;

        private boolean writes() {
            return this == WRITE || this == COMMIT;
        }
    }

    private <T> T run(String what, Kind kind, Work<T> work) {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(what, kind, work);
            } catch (RepeatableException e) {
                if (attempt == MAX_ATTEMPTS || System.nanoTime() - start > timeout.toNanos()) {
                    throw e.failure;
                }
                pause(attempt, e.failure);
            }
        }
    }

    private static void pause(int attempt, PolicyStoreException failure) {
        try {
            long longest = FIRST_PAUSE_NANOS << attempt;
            TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private <T> T attempt(String what, Kind kind, Work<T> work) {
        Lease lease = lease(what);
        boolean committing = false;
        try {
            lease.begin(kind);
            T result = work.run(new Session(database, lease.connection, seconds()));
            committing = true;
            lease.commit();
            return result;
        } catch (SQLException e) {
            boolean isTransient = database.isTransient(e);
            boolean isUnknown = committing && kind.writes() && !isTransient;
            PolicyStoreException failure = new PolicyStoreException(what + ": " + Database.describe(e), e, isUnknown);
            throw isTransient || database.isConnectionLost(e) && !isUnknown
                    ? new RepeatableException(failure)
                    : failure;
        } finally {
            lease.end();
        }
    }

    private Lease lease(String what) {
        try {
            return new Lease(connections.take());
        } catch (SQLException e) {
            PolicyStoreException failure =
                    new PolicyStoreException(what + ": no connection: " + Database.describe(e), e);
            throw database.isTransient(e) ? new RepeatableException(failure) : failure;
        }
    }

    private int seconds() {
        return (int) Math.max(1, timeout.toSeconds());
    }

    /** Nothing was done, and it may succeed if it is tried again. */
    private static final class RepeatableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final PolicyStoreException failure;

        RepeatableException(PolicyStoreException failure) {
            super(null, null, false, false);
            this.failure = failure;
        }
    }

    /** A connection in use, which is given back as it was. */
    private final class Lease {

        private final Connection connection;
        private boolean isUnderWay;
        private int networkMillis = -1;

        Lease(Connection connection) {
            this.connection = connection;
        }

        void begin(Kind kind) throws SQLException {
            if (!connection.getAutoCommit()) {
                throw new SQLException("the connection is inside a transaction, or begins one by itself: expected a"
                        + " connection of its own, in auto-commit mode");
            }
            if (database == Database.POSTGRESQL) {
                int before = connection.getNetworkTimeout();
                connection.setNetworkTimeout(Runnable::run, seconds() * 1_000 + NETWORK_MILLIS_MORE);
                networkMillis = before;
            }
            if (kind != Kind.LOOK) {
                isUnderWay = true;
                database.begin(connection, kind);
            }
        }

        void commit() throws SQLException {
            if (isUnderWay) {
                database.commit(connection);
                isUnderWay = false;
            }
        }

        void end() {
            boolean reusable = true;
            try {
                if (isUnderWay) {
                    database.rollBack(connection);
                }
                if (networkMillis >= 0) {
                    connection.setAutoCommit(true);
                    connection.setNetworkTimeout(Runnable::run, networkMillis);
                }
            } catch (SQLException e) {
                reusable = false;
            }
            try {
                connections.giveBack(connection, reusable);
            } catch (SQLException e) {
                // What was to be done is done, or has failed with a reason of its own.
            }
        }
    }
}
