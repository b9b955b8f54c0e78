package io.rbac.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that has its tables created by Flyway, from the scripts that are bundled. */
class FlywayTest {

    private static void migrate(FluentConfiguration configuration, Database database) {
        Path scripts = Path.of("src", "main", "resources", "io", "rbac", "store", "jdbc", database.folder());
        int executed = configuration.locations("filesystem:" + scripts).load().migrate().migrationsExecuted;
        assertThat(executed).isEqualTo(Schema.VERSION);
    }

    private static void assertUsable(JdbcPolicyStore store) {
        StoredAcme.create(store, "acme");
        assertThat(store.load("acme").orElseThrow().policy().revision()).isEqualTo(3);
    }

    @Test
    void creates_the_tables_in_a_file(@TempDir Path folder) {
        Path file = folder.resolve("rbac.db");
        migrate(Flyway.configure().dataSource("jdbc:sqlite:" + file, null, null), Database.SQLITE);
        try (JdbcPolicyStore store = JdbcPolicyStore.sqlite(file).build()) {
            assertUsable(store);
        }
    }

    @Test
    void creates_the_tables_in_postgresql() {
        DataSource source = PostgresServer.newDatabase();
        migrate(Flyway.configure().dataSource(source), Database.POSTGRESQL);
        assertUsable(JdbcPolicyStore.builder(source).build());
    }
}
