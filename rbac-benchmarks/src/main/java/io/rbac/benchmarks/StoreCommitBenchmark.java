package io.rbac.benchmarks;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A commit of one assignment through an engine, beside what the database takes for a single row: an {@code UPDATE} in a
 * transaction of its own, by a statement that is prepared once. Each thread has an account, or a row, of its own.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StoreCommitBenchmark {

    private static final long CACHE_BYTES = 1L << 30;

    /** What all threads share. */
    @State(Scope.Benchmark)
    public static class Database {

        @Param({StoreDatabases.SQLITE, StoreDatabases.POSTGRESQL})
        String database = "";

        private final AtomicInteger threads = new AtomicInteger();
        private @Nullable StoreAccess access;
        private @Nullable PermissionEngine engine;

        @Setup
        public void setUp() {
            StoreAccess opened = StoreAccess.open(StoreDatabases.address(database));
            access = opened;
            engine = opened.engine(StoreDatabases.catalog(), CACHE_BYTES);
        }

        @TearDown
        public void tearDown() {
            requireNonNull(engine).close();
            requireNonNull(access).close();
        }
    }

    /** Commits to one account: it has few assignments, or as many as were asked for. */
    @State(Scope.Thread)
    public static class Committer {

        @Param({"small", StoreDatabases.LARGE})
        String account = "";

        private @Nullable StoredEdit edit;
        private String id = "";
        private boolean isThere;

        @Setup
        public void setUp(Database database) {
            PermissionEngine engine = requireNonNull(database.engine);
            id = account.equals(StoreDatabases.LARGE)
                    ? account
                    : StoreDatabases.small(database.threads.getAndIncrement());
            edit = StoredEdit.of(engine.policy(id));
            isThere = engine.policy(id).users().contains(StoredEdit.USER);
        }

        private Change next() {
            isThere = !isThere;
            return requireNonNull(edit).change(isThere);
        }

        private boolean isAnswered(PermissionEngine engine) {
            StoredEdit made = requireNonNull(edit);
            return engine.hasPermission(id, StoredEdit.USER, made.permission(), made.team()) == isThere;
        }
    }

    /** Updates one row. */
    @State(Scope.Thread)
    public static class Updater {

        private @Nullable Connection connection;
        private @Nullable PreparedStatement statement;

        @Setup
        public void setUp(Database database) throws SQLException {
            connection = requireNonNull(database.access).connection();
            statement = connection.prepareStatement(
                    "UPDATE " + StoreDatabases.PLAIN + " SET revision = revision + 1 WHERE id = ?");
            statement.setLong(1, database.threads.getAndIncrement() % StoreDatabases.PLAIN_ROWS);
        }

        @TearDown
        public void tearDown() throws SQLException {
            requireNonNull(statement).close();
            requireNonNull(connection).close();
        }
    }

    @Benchmark
    public long commit(Database database, Committer committer) {
        PermissionEngine engine = requireNonNull(database.engine);
        long revision = engine.commit(committer.id, committer.next()).version().revision();
        if (!committer.isAnswered(engine)) {
            throw new IllegalStateException("the answer after revision " + revision + " is not that of the commit");
        }
        return revision;
    }

    @Benchmark
    public int update(Updater updater) throws SQLException {
        int changed = requireNonNull(updater.statement).executeUpdate();
        if (changed != 1) {
            throw new IllegalStateException("`" + changed + "` rows were changed: expected 1");
        }
        return changed;
    }
}
