package io.rbac.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Commit;
import io.rbac.model.Permission;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How databases answer {@link JdbcPolicyStore#grantedTargets} where an account has a million assignments. */
@Tag("deep")
class GrantedTargetsPlanTest {
    private static final int USERS = 100_000;
    private static final int PER_USER = 10;
    private static final int TEAMS = 2_000;
    private static final int CHATS = 50_000;
    private static final String LARGE = "large";
    private static final String SMALL = "small";
    private static final Permission PERMISSION = StoredAcme.CATALOG.permission("user:update");

    private static Policy policy(String account, int users) {
        SplittableRandom random = new SplittableRandom(users);
        Policy.Builder builder = Policy.builder().account(account).catalog(StoredAcme.CATALOG);
        builder.role(Role.builder("member", Scope.ACCOUNT)
                .name("member")
                .defaultRole(true)
                .build());
        for (Scope scope : List.of(Scope.TEAM, Scope.CHAT)) {
            builder.role(Role.builder(scope.name() + "-lead", scope)
                    .name(scope.name() + " lead")
                    .rights(StoredAcme.CATALOG.rights("user:update"))
                    .build());
        }
        for (int team = 0; team < TEAMS; team++) {
            builder.team("t" + team);
        }
        for (int chat = 0; chat < CHATS; chat++) {
            builder.chat("c" + chat, "t" + chat % TEAMS);
        }
        for (int user = 0; user < users; user++) {
            int team = random.nextInt(TEAMS);
            builder.assign("u" + user, "team-lead", Target.team("t" + team));
            int chat = random.nextInt(CHATS);
            for (int i = 1; i < PER_USER; i++) {
                builder.assign("u" + user, "chat-lead", Target.chat("c" + (chat + i) % CHATS));
            }
        }
        return builder.build().withVersion(Version.first());
    }

    private static void fill(JdbcPolicyStore store) {
        for (Policy policy : List.of(policy(LARGE, USERS), policy(SMALL, 10))) {
            Commit first = Commit.of(
                    policy.account(),
                    policy.version(),
                    policy.digest(),
                    null,
                    Instant.EPOCH,
                    null,
                    List.of(),
                    policy.asEffects());
            assertThat(store.create(first, policy)).isTrue();
        }
    }

    private static List<String> rows(Connection connection, String sql, int column, String account)
            throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Session.set(statement, PERMISSION.key(), "u7", account);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(found.getString(column));
                }
            }
        }
        return rows;
    }

    /** A team with the chats in it, and the chats that the user has beside. */
    private static void requireTargets(Connection connection) throws SQLException {
        String sql = JdbcPolicyStore.grantedTargets(PERMISSION);
        for (String account : List.of(LARGE, SMALL)) {
            assertThat(rows(connection, sql, 1, account))
                    .hasSizeBetween(1 + CHATS / TEAMS, PER_USER + CHATS / TEAMS)
                    .contains("team", "chat");
        }
    }

    @Test
    void a_file_looks_a_user_up_among_a_million_assignments(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("rbac.db");
        try (JdbcPolicyStore store = JdbcPolicyStore.sqlite(file).createSchema().build();
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            fill(store);
            requireTargets(connection);
            requireFilePlan(connection);

            Database.execute(connection, "ANALYZE");
            requireFilePlan(connection);
        }
    }

    private static void requireFilePlan(Connection connection) throws SQLException {
        String sql = "EXPLAIN QUERY PLAN " + JdbcPolicyStore.grantedTargets(PERMISSION);
        assertThat(rows(connection, sql, 4, LARGE))
                .anyMatch(step -> step.startsWith("SEARCH a USING PRIMARY KEY (account=? AND user_id=?"))
                .anyMatch(step -> step.startsWith("SEARCH t USING ")
                        && step.contains("INDEX rbac_targets_by_parent (account=? AND parent_scope=? AND parent_id=?"))
                .noneMatch(step -> step.matches("SCAN [antpr]( .*)?"));
    }

    @Test
    void postgresql_looks_a_user_up_among_a_million_assignments() throws Exception {
        PooledSource source = PostgresServer.newDatabase();
        fill(JdbcPolicyStore.builder(source).createSchema().build());
        try (Connection connection = source.getConnection()) {
            requireTargets(connection);
            requireServerPlan(connection);

            Database.execute(connection, "ANALYZE");
            requireServerPlan(connection);

            Database.execute(connection, "SET plan_cache_mode = force_generic_plan");
            requireServerPlan(connection);
        }
    }

    private static void requireServerPlan(Connection connection) throws SQLException {
        String sql = "EXPLAIN " + JdbcPolicyStore.grantedTargets(PERMISSION);
        for (String account : List.of(LARGE, SMALL)) {
            String plan = String.join("\n", rows(connection, sql, 1, account));
            assertThat(plan)
                    .contains("rbac_assignments_by_user", "rbac_targets_by_parent")
                    .doesNotContain("Seq Scan on rbac_assignments", "Seq Scan on rbac_targets");
        }
    }
}
