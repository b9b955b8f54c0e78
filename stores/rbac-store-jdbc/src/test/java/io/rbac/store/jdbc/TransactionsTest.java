package io.rbac.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStoreException;
import io.rbac.model.Change;
import io.rbac.model.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store does when its database, or the way there, fails. */
class TransactionsTest {
    private PooledSource source;
    private JdbcPolicyStore store;
    private PermissionEngine engine;

    @BeforeEach
    void create_account() {
        source = PostgresServer.newDatabase();
        store = JdbcPolicyStore.builder(source).createSchema().build();
        engine = StoredAcme.engine(store);
        engine.create(StoredAcme.policy("acme"));
    }

    private static Change addTeam(String team) {
        return Change.addTeam(team);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    @Tag("B118")
    void what_lost_against_another_transaction_is_tried_again(String state) {
        AtomicInteger failures = new AtomicInteger(5);
        source.setHook((connection, call) -> {
            if (call.contains("UPDATE rbac_accounts") && failures.getAndDecrement() > 0) {
                throw new SQLException("lost", state);
            }
        });
        engine.commit("acme", addTeam("s8"));
        assertThat(failures).hasValue(-1);
        failures.set(6);
        assertThatThrownBy(() -> engine.commit("acme", addTeam("s9")))
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("the commit to account `acme` failed: lost");
        assertThat(failures).hasValue(0);
        engine.commit("acme", addTeam("s9"));
    }

    @Test
    @Tag("B117")
    void a_connection_lost_after_the_commit_was_sent_is_an_unknown_outcome() {
        AtomicBoolean committed = new AtomicBoolean(true);
        source.setHook((connection, call) -> {
            if (call.equals("commit") && !connection.isReadOnly() && wrote(connection)) {
                if (committed.get()) {
                    connection.commit();
                }
                source.setHook((other, otherCall) -> {});
                throw new SQLException("the connection is lost", "08006");
            }
        });
        // The engine reads again, and finds the commit.
        engine.commit("acme", addTeam("s8"));
        assertThat(engine.policy("acme").revision()).isEqualTo(2);
    }

    @Test
    void what_writes_waits_for_the_disk_of_a_server_that_acknowledges_before_it() throws SQLException {
        List<String> settings = new ArrayList<>();
        source.setHook((connection, call) -> {
            if (connection == null) {
                return;
            }
            if (call.equals("setAutoCommit")) {
                Database.execute(connection, "SET synchronous_commit = off");
            } else if (call.equals("commit") && wrote(connection)) {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SHOW synchronous_commit")) {
                    rows.next();
                    settings.add(rows.getString(1));
                }
            }
        });
        engine.commit("acme", addTeam("s8"));
        assertThat(store.remove("acme")).isTrue();
        assertThat(settings).containsExactly("on", "on");
    }

    private static boolean wrote(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_current_xact_id_if_assigned()")) {
            return rows.next() && rows.getString(1) != null;
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    @Tag("B117")
    void the_store_itself_says_that_an_outcome_is_unknown() {
        source.setHook((connection, call) -> {
            if (call.equals("commit")) {
                throw new SQLException("the connection is lost", "08006");
            }
        });
        assertThatThrownBy(() -> store.remove("acme"))
                .asInstanceOf(type(PolicyStoreException.class))
                .matches(PolicyStoreException::outcomeUnknown, "unknown outcome");
        assertThatThrownBy(() -> store.load("acme"))
                .asInstanceOf(type(PolicyStoreException.class))
                .matches(e -> !e.outcomeUnknown(), "nothing was written");
    }

    @Test
    @Tag("B119")
    void a_broken_connection_is_replaced_before_anything_is_written() throws SQLException {
        AtomicInteger tries = new AtomicInteger();
        source.setHook((connection, call) -> {
            if (call.contains("UPDATE rbac_accounts") && tries.incrementAndGet() == 1) {
                connection.close();
            }
        });
        engine.commit("acme", addTeam("s8"));
        assertThat(tries).hasValue(2);
    }

    @Test
    @Tag("B119")
    void an_exhausted_pool_is_a_typed_error_at_once() {
        AtomicInteger tries = new AtomicInteger();
        Thread caller = Thread.currentThread();
        source.setHook((connection, call) -> {
            if (call.equals("getConnection")) {
                // A watch asks for one, too.
                tries.addAndGet(Thread.currentThread() == caller ? 1 : 0);
                throw new SQLTransientConnectionException("no connection within 30 s");
            }
        });
        assertThatThrownBy(() -> engine.commit("acme", addTeam("s8")))
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("no connection within 30 s");
        assertThat(tries).hasValue(1);
        assertThat(engine.hasPermission("acme", "bob", "user:update", Target.team("s1")))
                .isTrue();
    }

    @Test
    void a_connection_that_is_inside_a_transaction_is_refused() throws SQLException {
        PlainSource host = new PlainSource() {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection =
                        PostgresServer.server().getPostgresDatabase().getConnection();
                connection.setAutoCommit(false);
                return connection;
            }
        };
        assertThatThrownBy(() -> JdbcPolicyStore.builder(host).build())
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("the connection is inside a transaction");
    }

    @Test
    void a_connection_to_a_file_that_is_inside_a_transaction_is_refused(@TempDir Path folder) {
        PlainSource host = new PlainSource() {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("rbac.db"));
                Database.execute(connection, "BEGIN");
                return connection;
            }
        };
        assertThatThrownBy(() -> JdbcPolicyStore.builder(host).createSchema().build())
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("cannot start a transaction within a transaction");
    }

    @Test
    @Tag("P38")
    void a_commit_that_fails_halfway_leaves_nothing() throws SQLException {
        source.setHook((connection, call) -> {
            if (call.startsWith("prepareStatement INSERT INTO rbac_targets")) {
                throw new SQLException("disk full", "53100");
            }
        });
        assertThatThrownBy(() -> engine.commit("acme", addTeam("s8")))
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageContaining("disk full");
        source.setHook((connection, call) -> {});
        assertThat(store.load("acme").orElseThrow().policy().targets())
                .isEqualTo(StoredAcme.policy("acme").targets());
    }
}
