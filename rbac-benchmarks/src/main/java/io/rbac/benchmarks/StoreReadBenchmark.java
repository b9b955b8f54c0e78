package io.rbac.benchmarks;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.StoredPolicy;
import io.rbac.model.Target;
import io.rbac.model.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * Loading the large account, by the store and by an engine until its first answer, beside reading the same rows by the same
 * driver in any order and dropping them; and the versions of all small accounts.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 5)
@Fork(1)
@State(Scope.Benchmark)
public class StoreReadBenchmark {

    private static final int FETCHED_AT_ONCE = 1_000;

    private static final Map<String, Integer> COLUMNS = Map.of(
            "SELECT role, permission, permission_group, permission_action FROM rbac_role_permissions WHERE account = ?",
            4,
            "SELECT id, scope, name, description, type, is_default, created_at, updated_at, discarded_at"
                    + " FROM rbac_roles WHERE account = ?",
            9,
            "SELECT scope, id, parent_scope, parent_id FROM rbac_targets WHERE account = ?",
            4,
            "SELECT user_id, role, scope, target_id FROM rbac_assignments WHERE account = ?",
            4);

    @Param({StoreDatabases.SQLITE, StoreDatabases.POSTGRESQL})
    String database = "";

    /** How many small accounts there are. */
    @Param("0")
    int accounts;

    private @Nullable StoreAccess access;
    private @Nullable PermissionEngine engine;
    private List<String> ids = List.of();

    @Setup
    public void setUp() {
        StoreAccess opened = StoreAccess.open(StoreDatabases.address(database));
        access = opened;
        engine = opened.engine(StoreDatabases.catalog(), 0);
        ids = IntStream.range(0, accounts).mapToObj(StoreDatabases::small).toList();
    }

    @TearDown
    public void tearDown() {
        requireNonNull(engine).close();
        requireNonNull(access).close();
    }

    @Benchmark
    public StoredPolicy load() {
        return requireNonNull(access).store().load(StoreDatabases.LARGE).orElseThrow();
    }

    @Benchmark
    public boolean answer() {
        return requireNonNull(engine)
                .hasPermission(StoreDatabases.LARGE, StoredEdit.USER, "group_0:read", Target.account());
    }

    @Benchmark
    public long rows(Blackhole hole) throws SQLException {
        try (Connection connection = requireNonNull(access).connection()) {
            connection.setAutoCommit(false);
            long number = number(connection);
            long count = 0;
            for (Map.Entry<String, Integer> table : COLUMNS.entrySet()) {
                count += rows(connection, table.getKey(), table.getValue(), number, hole);
            }
            connection.commit();
            connection.setAutoCommit(true);
            return count;
        }
    }

    private static long number(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT account FROM rbac_accounts WHERE id = ?")) {
            statement.setString(1, StoreDatabases.LARGE);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static long rows(Connection connection, String sql, int columns, long account, Blackhole hole)
            throws SQLException {
        long count = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            statement.setLong(1, account);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    for (int column = 1; column <= columns; column++) {
                        hole.consume(rows.getString(column));
                    }
                    count++;
                }
            }
        }
        return count;
    }

    @Benchmark
    public Map<String, Version> versions() {
        Map<String, Version> versions = requireNonNull(access).store().versions(ids);
        if (versions.size() != accounts) {
            throw new IllegalStateException("`" + versions.size() + "` versions are stored: expected " + accounts);
        }
        return versions;
    }
}
