package io.rbac.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Commit;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import io.rbac.test.Choices;
import io.rbac.test.PolicyConverter;
import io.rbac.test.RandomPlainPolicy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantedTargetsTest {
    private static final int POLICIES = 60;
    private static final String NOBODY = "nobody at all";

    private int cells;
    private int allowed;

    @Test
    @Tag("P81")
    void the_targets_of_a_query_to_a_file_are_those_where_the_check_is_true(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("rbac.db");
        try (JdbcPolicyStore store = JdbcPolicyStore.sqlite(file).createSchema().build();
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            compareAll(store, connection);
        }
    }

    @Test
    @Tag("P81")
    void the_targets_of_a_query_to_postgresql_are_those_where_the_check_is_true() throws Exception {
        PooledSource source = PostgresServer.newDatabase();
        JdbcPolicyStore store = JdbcPolicyStore.builder(source).createSchema().build();
        try (Connection connection = source.getConnection()) {
            compareAll(store, connection);
        }
    }

    private void compareAll(JdbcPolicyStore store, Connection connection) throws SQLException {
        for (int seed = 0; seed < POLICIES; seed++) {
            Policy policy = PolicyConverter.policy(RandomPlainPolicy.valid(Choices.seeded(seed)))
                    .withVersion(Version.first());
            store.remove(policy.account());
            assertThat(store.create(first(policy), policy)).isTrue();
            compare(policy, connection, "seed " + seed);
        }
        assertThat(cells).isGreaterThan(1_000);
        assertThat(allowed).isBetween(cells / 20, cells * 19 / 20);
    }

    private static Commit first(Policy policy) {
        return Commit.of(
                policy.account(),
                policy.version(),
                policy.digest(),
                null,
                Instant.EPOCH,
                null,
                List.of(),
                policy.asEffects());
    }

    private void compare(Policy policy, Connection connection, String message) throws SQLException {
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        List<Target> targets = new ArrayList<>(policy.targets());
        targets.add(Target.account());
        List<String> users = new ArrayList<>(policy.users());
        users.add(NOBODY);
        List<Permission> permissions = policy.catalog().permissions();
        for (Permission permission : permissions.subList(0, Math.min(permissions.size(), 12))) {
            for (String user : users) {
                Set<String> expected = new TreeSet<>();
                for (Target target : targets) {
                    cells++;
                    if (matrix.hasPermission(user, permission, target)) {
                        allowed++;
                        expected.add(target.toString());
                    }
                }
                assertThat(query(connection, permission, user, policy.account()))
                        .as("%s, %s, %s", message, permission, user)
                        .isEqualTo(expected);
            }
        }
    }

    private static Set<String> query(Connection connection, Permission permission, String user, String account)
            throws SQLException {
        String sql = "SELECT * FROM (" + JdbcPolicyStore.grantedTargets(permission) + ") g";
        Set<String> found = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Session.set(statement, permission.key(), user, account);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String id = rows.getString(2);
                    found.add(id.isEmpty() ? rows.getString(1) : rows.getString(1) + '/' + id);
                }
            }
        }
        return found;
    }
}
