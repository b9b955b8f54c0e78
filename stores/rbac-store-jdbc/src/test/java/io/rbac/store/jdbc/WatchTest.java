package io.rbac.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.PolicyStore;
import io.rbac.model.Change;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // a watch reports until it is closed
class WatchTest {
    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<Optional<String>> reports = new LinkedBlockingQueue<>();

    private PolicyStore.Watch watch(JdbcPolicyStore store) throws InterruptedException {
        PolicyStore.Watch watch = store.watch(account -> reports.add(Optional.ofNullable(account)))
                .orElseThrow();
        awaitReport(Optional.empty());
        return watch;
    }

    private void awaitReport(Optional<String> expected) throws InterruptedException {
        Optional<String> found;
        do {
            found = reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(found).as("a report before the time is over").isNotNull();
        } while (!found.equals(expected));
    }

    @Test
    @Tag("P67")
    void changes_of_another_process_are_reported_by_postgresql() throws Exception {
        PooledSource source = PostgresServer.newDatabase();
        JdbcPolicyStore writer = JdbcPolicyStore.builder(source).createSchema().build();
        JdbcPolicyStore reader = JdbcPolicyStore.builder(source).build();
        try (PolicyStore.Watch watch = watch(reader)) {
            StoredAcme.create(writer, "acme");
            awaitReport(Optional.of("acme"));
            StoredAcme.create(writer, "glob'ex \uD83D\uDE00");
            awaitReport(Optional.of("glob'ex \uD83D\uDE00"));
            reports.clear();
            writer.remove("acme");
            awaitReport(Optional.of("acme"));
        }
    }

    @Test
    @Tag("B116")
    void all_accounts_are_reported_after_a_broken_connection() throws Exception {
        PooledSource source = PostgresServer.newDatabase();
        JdbcPolicyStore store = JdbcPolicyStore.builder(source).createSchema().build();
        try (PolicyStore.Watch watch = watch(store)) {
            terminateListeners(source);
            awaitReport(Optional.empty());
            StoredAcme.create(store, "acme");
            awaitReport(Optional.of("acme"));
        }
    }

    private static void terminateListeners(PooledSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            Database.execute(
                    connection,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }
    }

    @Test
    void of_two_transactions_that_commit_in_the_other_order_both_are_reported() throws Exception {
        PooledSource source = PostgresServer.newDatabase();
        JdbcPolicyStore store = JdbcPolicyStore.builder(source).createSchema().build();
        StoredAcme.create(store, "first");
        StoredAcme.create(store, "second");
        try (PolicyStore.Watch watch = watch(store);
                Connection slow = source.getConnection()) {
            slow.setAutoCommit(false);
            Database.execute(slow, "SELECT pg_notify('rbac_accounts', 'first')");
            StoredAcme.engine(store).commit("second", Change.addTeam("s9"));
            awaitReport(Optional.of("second"));
            slow.commit();
            slow.setAutoCommit(true);
            awaitReport(Optional.of("first"));
        }
    }

    @Test
    @Tag("P67")
    void changes_of_another_process_are_reported_by_a_file(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("rbac.db");
        try (JdbcPolicyStore writer =
                        JdbcPolicyStore.sqlite(file).createSchema().build();
                JdbcPolicyStore reader = JdbcPolicyStore.sqlite(file).build();
                PolicyStore.Watch watch = watch(reader)) {
            StoredAcme.create(writer, "acme");
            awaitReport(Optional.empty());
            reports.clear();
            writer.remove("acme");
            awaitReport(Optional.empty());
        }
    }
}
