package io.rbac.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.rbac.engine.PermissionEngine;
import io.rbac.model.PermissionCatalog;
import io.rbac.store.jdbc.JdbcPolicyStore;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A store in a database that {@link StoreDatabases} has made, and connections beside it that are like its own. */
final class StoreAccess implements AutoCloseable {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final int POOLED = 16;

    private final String address;
    private final @Nullable HikariDataSource pool;
    private final JdbcPolicyStore store;

    private StoreAccess(String address, @Nullable HikariDataSource pool, JdbcPolicyStore store) {
        this.address = address;
        this.pool = pool;
        this.store = store;
    }

    /** Opens the store at an address, which is a URL of JDBC. */
    static StoreAccess open(String address) {
        if (isSqlite(address)) {
            return new StoreAccess(
                    address, null, JdbcPolicyStore.sqlite(file(address)).build());
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address);
        config.setMaximumPoolSize(POOLED);
        HikariDataSource pool = new HikariDataSource(config);
        try {
            return new StoreAccess(address, pool, JdbcPolicyStore.builder(pool).build());
        } catch (RuntimeException | Error e) {
            pool.close();
            throw e;
        }
    }

    static boolean isSqlite(String address) {
        return address.startsWith(SQLITE);
    }

    /** Returns the address of a file. */
    static String sqlite(Path file) {
        return SQLITE + file.toUri();
    }

    private static Path file(String address) {
        return Path.of(URI.create(address.substring(SQLITE.length())));
    }

    JdbcPolicyStore store() {
        return store;
    }

    /** Returns a new engine that keeps up to a number of bytes in memory. */
    PermissionEngine engine(PermissionCatalog catalog, long cacheBytes) {
        return PermissionEngine.builder()
                .catalog(catalog)
                .store(store)
                .cacheBytes(cacheBytes)
                .build();
    }

    /** Returns a connection with the settings of those that the store takes: as durable, and from the same pool. */
    Connection connection() throws SQLException {
        if (pool != null) {
            return pool.getConnection();
        }
        Properties settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        settings.setProperty("busy_timeout", "7500");
        return DriverManager.getConnection(address, settings);
    }

    @Override
    public void close() {
        store.close();
        if (pool != null) {
            pool.close();
        }
    }
}
