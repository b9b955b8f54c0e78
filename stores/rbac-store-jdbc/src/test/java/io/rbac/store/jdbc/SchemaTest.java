package io.rbac.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStoreException;
import io.rbac.model.Change;
import io.rbac.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name_file() {
        file = folder.resolve("rbac.db");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Database.execute(connection, sql);
        }
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> JdbcPolicyStore.sqlite(file).build())
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining(message);
    }

    @Test
    @Tag("B113")
    void a_file_is_not_created_unless_that_is_asked_for() {
        assertRefused("the file `" + file.toAbsolutePath() + "` cannot be read");
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> JdbcPolicyStore.sqlite(folder.resolve("missing/rbac.db"))
                        .createSchema()
                        .build())
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("cannot be created");
    }

    @Test
    @Tag("B113")
    void a_database_without_tables_is_not_taken_for_one_without_accounts() throws Exception {
        Files.createFile(file);
        assertRefused("the database has no table `rbac_schema`: expected one with the tables of rbac");
        execute("CREATE TABLE other (id TEXT)");
        assertRefused("the database has no table `rbac_schema`");
        JdbcPolicyStore.sqlite(file).createSchema().build().close();
        JdbcPolicyStore.sqlite(file).build().close();
    }

    @Test
    void what_is_not_a_database_is_refused() throws Exception {
        Files.writeString(file, "This is a text, and not a database.".repeat(100));
        assertRefused("SQLITE_NOTADB");
        assertThatThrownBy(() -> JdbcPolicyStore.sqlite(file).createSchema().build())
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("SQLITE_NOTADB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version = 0", "version = 2", "version = 9", "product = 'other'"})
    @Tag("B114")
    void tables_of_another_release_are_refused(String change) throws Exception {
        JdbcPolicyStore.sqlite(file).createSchema().build().close();
        execute("UPDATE rbac_schema SET " + change);
        assertRefused("the version of the tables of rbac is ");
        assertThatThrownBy(() -> JdbcPolicyStore.sqlite(file).createSchema().build())
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("expected `1`");
    }

    @Test
    @Tag("B114")
    void no_account_is_missing_in_tables_of_another_release() throws Exception {
        try (JdbcPolicyStore store = JdbcPolicyStore.sqlite(file).createSchema().build()) {
            StoredAcme.create(store, "acme");
            assertThat(store.load("globex")).isEmpty();
            execute("UPDATE rbac_schema SET version = 2");
            assertThatThrownBy(() -> store.load("globex"))
                    .isInstanceOf(PolicyStoreException.class)
                    .hasMessageContaining("tables of rbac is `2`: expected `1`");
        }
    }

    @Test
    @Tag("B113")
    void no_account_is_missing_while_the_file_is_away() throws Exception {
        try (JdbcPolicyStore store = JdbcPolicyStore.sqlite(file).createSchema().build()) {
            StoredAcme.create(store, "acme");
            Path away = folder.resolve("away.db");
            Files.move(file, away);
            assertThatThrownBy(() -> store.load("acme")).isInstanceOf(PolicyStoreException.class);
            assertThatThrownBy(() -> store.remove("acme")).isInstanceOf(PolicyStoreException.class);
            assertThat(file).doesNotExist();
            Files.move(away, file);
            assertThat(store.load("acme")).isPresent();
        }
    }

    @Test
    @Tag("B121")
    void a_column_that_takes_different_ids_for_equal_is_refused() throws Exception {
        JdbcPolicyStore.sqlite(file).createSchema().build().close();
        execute("DROP TABLE rbac_accounts");
        execute("CREATE TABLE rbac_accounts (account INTEGER PRIMARY KEY, id TEXT COLLATE NOCASE UNIQUE, life TEXT,"
                + " revision INTEGER, digest TEXT, scopes TEXT)");
        assertRefused("the column `rbac_accounts` of the database compares by a collation");
    }

    @Test
    @Tag("B121")
    void a_column_of_postgresql_that_compares_by_a_collation_is_refused() throws Exception {
        PooledSource source = PostgresServer.newDatabase();
        JdbcPolicyStore.builder(source).createSchema().build();
        try (Connection connection = source.getConnection()) {
            Database.execute(connection, "ALTER TABLE rbac_targets ALTER COLUMN id TYPE TEXT COLLATE \"default\"");
        }
        assertThatThrownBy(() -> JdbcPolicyStore.builder(source).build())
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("the column `rbac_targets.id` of the database compares by a collation");
    }

    @Test
    @Tag("B114")
    void a_database_of_postgresql_without_tables_is_refused() {
        PooledSource source = PostgresServer.newDatabase();
        assertThatThrownBy(() -> JdbcPolicyStore.builder(source).build())
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("the database has no table `rbac_schema`");
    }

    @Test
    void only_the_owner_can_read_the_files() throws IOException {
        try (JdbcPolicyStore store = JdbcPolicyStore.sqlite(file).createSchema().build()) {
            StoredAcme.create(store, "acme");
            for (String name : List.of("rbac.db", "rbac.db-wal", "rbac.db-shm")) {
                assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
                        .as(name)
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    @Test
    void several_that_start_at_once_create_the_tables_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        PooledSource source = PostgresServer.newDatabase();
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                boolean inFile = i % 2 == 0;
                ends.add(threads.submit(() -> (inFile ? JdbcPolicyStore.sqlite(file) : JdbcPolicyStore.builder(source))
                        .createSchema()
                        .build()
                        .close()));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_closed_store_fails() {
        JdbcPolicyStore store = JdbcPolicyStore.sqlite(file).createSchema().build();
        assertThat(store).hasToString("JdbcPolicyStore in SQLite file " + file.toAbsolutePath());
        store.close();
        store.close();
        assertThatThrownBy(() -> store.load("acme"))
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("the store is closed");
    }

    @Test
    void a_timeout_is_a_second_to_a_day() {
        JdbcPolicyStore.Builder builder = JdbcPolicyStore.sqlite(file);
        for (Duration timeout : List.of(Duration.ofMillis(999), Duration.ofSeconds(-1), Duration.ofDays(2))) {
            assertThatThrownBy(() -> builder.timeout(timeout))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the timeout is `" + timeout + "`: expected a second to a day");
        }
    }

    @Test
    void old_commits_can_be_forgotten_and_the_newest_stays() {
        try (JdbcPolicyStore store = JdbcPolicyStore.sqlite(file).createSchema().build();
                PermissionEngine engine = StoredAcme.engine(store)) {
            StoredAcme.create(store, "acme");
            Version version = engine.policy("acme").version();
            assertThat(store.pruneCommits(Instant.EPOCH)).isZero();
            assertThat(store.pruneCommits(Instant.now().plusSeconds(60))).isEqualTo(2);
            assertThat(store.history("acme", version.at(1), 9)).isEmpty();
            assertThat(store.history("acme", version.at(2), 9).orElseThrow()).hasSize(1);
            engine.commit("acme", Change.addTeam("s9"));
            assertThat(store.history("acme", version.at(2), 9).orElseThrow()).hasSize(2);
        }
    }
}
