package io.rbac.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.rbac.benchmarks.workload.Generator;
import io.rbac.benchmarks.workload.Size;
import io.rbac.benchmarks.workload.World;
import io.rbac.engine.PermissionEngine;
import io.rbac.model.PermissionCatalog;
import io.rbac.store.jdbc.JdbcPolicyStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/**
 * A SQLite file and a PostgreSQL server of its own, each with one large account and many small ones. Both force what is
 * committed to the disk.
 */
final class StoreDatabases implements AutoCloseable {

    static final String SQLITE = "sqlite";
    static final String POSTGRESQL = "postgresql";

    /** The account that has as many assignments as was asked for. */
    static final String LARGE = "large";

    /** The table beside those of the store whose rows a plain {@code UPDATE} changes. */
    static final String PLAIN = "plain";

    static final int PLAIN_ROWS = 64;

    /** Says where a virtual machine of a benchmark finds a database, followed by its name. */
    private static final String PROPERTY = "rbac.bench.";

    private static final Duration START = Duration.ofSeconds(60);
    private static final int GROUPS = 26;
    private static final int PER_USER = 14;

    /** Few rows, so that many of them are made soon. */
    private static final Size SMALL = new Size(2, 5, 1, 2, 2);

    /** How many commits are made to see what one takes on the disk. */
    private static final int SAMPLE = 2_000;

    private final Path folder;
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> sizes = new LinkedHashMap<>();
    private @Nullable EmbeddedPostgres server;

    private StoreDatabases(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes databases.
     *
     * @param names which of them; where PostgreSQL cannot start, it is left out with a message
     * @param parent where to make them; what is made is deleted in the end
     * @param assignments how many the large account has, about
     * @param accounts how many small accounts there are
     */
    static StoreDatabases make(List<String> names, Path parent, int assignments, int accounts) throws IOException {
        StoreDatabases databases = new StoreDatabases(Files.createTempDirectory(parent, "rbac-bench-"));
        try {
            if (names.contains(SQLITE)) {
                databases.makeSqlite(assignments, accounts);
            }
            if (names.contains(POSTGRESQL) && databases.starts()) {
                databases.makePostgresql(assignments, accounts);
            }
            return databases;
        } catch (SQLException e) {
            databases.close();
            throw new IllegalStateException("a database could not be made", e);
        } catch (RuntimeException | Error e) {
            databases.close();
            throw e;
        }
    }

    /** Returns the large account, about. */
    static World large(int assignments) {
        int users = Math.max(1, assignments / PER_USER);
        return Generator.world(new Size(users, 200, Math.max(3, users / 50), Math.max(10, users / 2), GROUPS), LARGE);
    }

    static PermissionCatalog catalog() {
        return Generator.catalog(GROUPS);
    }

    /** Returns the id of a small account. */
    static String small(int number) {
        return "account-" + number;
    }

    /** Returns the address of a database in a virtual machine that was started with {@link #arguments()}. */
    static String address(String name) {
        String address = System.getProperty(PROPERTY + name);
        if (address == null) {
            throw new IllegalStateException("the database `" + name + "` is not made: expected `rbac-bench store`");
        }
        return address;
    }

    /** Returns what tells a virtual machine where the databases are. */
    List<String> arguments() {
        return addresses.entrySet().stream()
                .map(entry -> "-D" + PROPERTY + entry.getKey() + '=' + entry.getValue())
                .toList();
    }

    /** Returns the addresses by the names of the databases. */
    Map<String, String> addresses() {
        return addresses;
    }

    /** Returns what the large account and a commit take on the disk, by the names of the databases. */
    Map<String, Map<String, Double>> sizes() {
        return sizes;
    }

    private void makeSqlite(int assignments, int accounts) throws SQLException {
        Path file = folder.resolve("rbac.db");
        JdbcPolicyStore.sqlite(file).createSchema().build().close();
        String address = StoreAccess.sqlite(file);
        SQLiteDataSource quick = new SQLiteDataSource();
        quick.setUrl(address);
        quick.setJournalMode("WAL");
        quick.setSynchronous("OFF");
        fill(SQLITE, address, quick, assignments, accounts);
    }

    private boolean starts() {
        try {
            server = EmbeddedPostgres.builder()
                    .setPGStartupWait(START)
                    .setDataDirectory(folder.resolve("postgresql"))
                    // Without these it is quick and forgets what it has acknowledged, as is right for tests.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            return true;
        } catch (IOException | IllegalStateException e) {
            System.err.println("rbac-bench: PostgreSQL cannot start here, so it is not measured: " + e.getMessage());
            return false;
        }
    }

    private void makePostgresql(int assignments, int accounts) throws SQLException {
        if (server == null) {
            throw new IllegalStateException("the server is not started");
        }
        String address = server.getJdbcUrl("postgres", "postgres");
        PGSimpleDataSource quick = new PGSimpleDataSource();
        quick.setUrl(address);
        try (Connection connection = quick.getConnection()) {
            requireOn(connection, "SHOW fsync");
            requireOn(connection, "SHOW synchronous_commit");
        }
        quick.setOptions("-c synchronous_commit=off");
        JdbcPolicyStore.builder(quick).createSchema().build().close();
        fill(POSTGRESQL, address, quick, assignments, accounts);
    }

    private static void requireOn(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            if (!rows.getString(1).equals("on")) {
                throw new IllegalStateException("`" + sql + "` says `" + rows.getString(1) + "`: expected `on`");
            }
        }
    }

    /** Makes the accounts over connections that do not wait for the disk. */
    private void fill(String name, String address, DataSource quick, int assignments, int accounts)
            throws SQLException {
        System.out.println("rbac-bench: making the accounts in " + name);
        PermissionCatalog catalog = catalog();
        Map<String, Double> figures = new LinkedHashMap<>();
        HikariConfig config = new HikariConfig();
        config.setDataSource(quick);
        try (HikariDataSource pool = new HikariDataSource(config);
                JdbcPolicyStore store = JdbcPolicyStore.builder(pool).build();
                PermissionEngine engine = PermissionEngine.builder()
                        .catalog(catalog)
                        .store(store)
                        .cacheBytes(0)
                        .build();
                Connection connection = pool.getConnection()) {
            makePlain(connection);
            for (int i = 0; i < accounts; i++) {
                engine.create(Generator.world(SMALL, catalog, i).policy());
            }
            StoredEdit edit = StoredEdit.of(engine.policy(small(0)));
            long before = bytes(name, connection);
            for (int i = 0; i < SAMPLE; i++) {
                engine.commit(small(0), edit.change(i % 2 == 0));
            }
            figures.put("bytes of a commit of one assignment", (bytes(name, connection) - before) / (double) SAMPLE);
            before = bytes(name, connection);
            World large = large(assignments);
            engine.create(large.policy());
            figures.put(
                    "bytes of an assignment, all rows of its account included",
                    (bytes(name, connection) - before) / (double) large.assignments());
            if (name.equals(POSTGRESQL)) {
                execute(connection, "VACUUM ANALYZE");
            }
        }
        addresses.put(name, address);
        sizes.put(name, figures);
    }

    private static void makePlain(Connection connection) throws SQLException {
        execute(connection, "CREATE TABLE " + PLAIN + " (id BIGINT NOT NULL PRIMARY KEY, revision BIGINT NOT NULL)");
        for (int i = 0; i < PLAIN_ROWS; i++) {
            execute(connection, "INSERT INTO " + PLAIN + " (id, revision) VALUES (" + i + ", 0)");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long bytes(String name, Connection connection) throws SQLException {
        String sql = name.equals(SQLITE)
                ? "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
                : "SELECT pg_database_size(current_database())";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete();
        }
    }

    private void delete() {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
