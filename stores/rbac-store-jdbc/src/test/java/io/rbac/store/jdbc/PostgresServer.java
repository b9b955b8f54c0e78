package io.rbac.store.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL server that the tests of one JVM share. Where none can start, tests that ask for it are skipped. */
final class PostgresServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Start START = Start.attempt();

    private PostgresServer() {}

    private record Start(EmbeddedPostgres server, Exception failure) {
        static Start attempt() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setServerConfig("max_connections", "100")
                        .start();
                return new Start(server, null);
            } catch (IOException | IllegalStateException e) {
                return new Start(null, e);
            }
        }
    }

    static EmbeddedPostgres server() {
        if (START.server() == null) {
            if (Boolean.getBoolean("rbac.postgresql.required")) {
                throw new IllegalStateException("PostgreSQL cannot start here", START.failure());
            }
            Assumptions.abort("PostgreSQL cannot start here: " + START.failure().getMessage());
        }
        return START.server();
    }

    /** Returns a new database without tables, with a pool of connections. */
    static PooledSource newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = server().getPostgresDatabase().getConnection()) {
            Database.execute(connection, "CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        DataSource source = server().getDatabase("postgres", name);
        return new PooledSource(source);
    }
}
