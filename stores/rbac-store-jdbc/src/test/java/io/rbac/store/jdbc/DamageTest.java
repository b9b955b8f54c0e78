package io.rbac.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Commit;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStoreException;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damages a small stored account in every way that concerns one row or one bit. */
class DamageTest {
    private static final List<String> TABLES = List.of(
            "rbac_accounts", "rbac_roles", "rbac_role_permissions", "rbac_targets", "rbac_assignments", "rbac_commits");

    @TempDir
    private Path folder;

    private JdbcPolicyStore store;
    private Connection connection;
    private Policy acme;
    private Policy globex;
    private List<Commit> commits;
    private int refused;
    private int unchanged;

    @BeforeEach
    void create_accounts() throws SQLException {
        Path file = folder.resolve("rbac.db");
        store = JdbcPolicyStore.sqlite(file).createSchema().build();
        StoredAcme.create(store, "acme");
        StoredAcme.create(store, "globex");
        acme = read("acme").orElseThrow();
        globex = read("globex").orElseThrow();
        commits = store.history("acme", acme.version().at(0), 9).orElseThrow();
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Database.execute(connection, "PRAGMA synchronous = OFF");
        withoutConstraints();
    }

    /** Rebuilds the tables without keys and types, so that any row can be lost, doubled or written to. */
    private void withoutConstraints() throws SQLException {
        for (String table : TABLES) {
            Database.execute(connection, "CREATE TABLE copy AS SELECT * FROM " + table);
            Database.execute(connection, "DROP TABLE " + table);
            Database.execute(connection, "ALTER TABLE copy RENAME TO " + table);
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        store.close();
    }

    private Optional<Policy> read(String account) {
        try (PermissionEngine engine = StoredAcme.engine(store)) {
            return Optional.of(engine.policy(account));
        } catch (PolicyViolationException e) {
            return Optional.empty();
        }
    }

    /** Asserts that both accounts answer as before, or are refused by an exception that says which one is damaged. */
    private void assertNoOtherAnswer(String damage) {
        boolean acmeAnswers = answersOrRefuses("acme", acme, damage);
        boolean globexAnswers = answersOrRefuses("globex", globex, damage);
        if (acmeAnswers && globexAnswers) {
            unchanged++;
        } else {
            refused++;
        }
        assertHistory(damage);
        Map<String, Version> versions = store.versions(List.of("acme", "globex"));
        assertThat(versions.keySet()).as(damage).contains("globex").contains("acme");
    }

    private boolean answersOrRefuses(String account, Policy expected, String damage) {
        try {
            assertThat(read(account)).as(damage).contains(expected);
            return true;
        } catch (PolicyStoreException e) {
            assertThat(e.getMessage()).as(damage).contains('`' + account + '`').contains("damaged");
            assertThat(e.outcomeUnknown()).isFalse();
            return false;
        }
    }

    private void assertHistory(String damage) {
        try {
            Optional<List<Commit>> found = store.history("acme", acme.version().at(0), 9);
            found.ifPresent(list -> assertThat(list).as(damage).isEqualTo(commits));
        } catch (PolicyStoreException e) {
            assertThat(e.getMessage()).as(damage).contains("`acme`").contains("damaged");
        }
    }

    /** A value of one row. */
    private record Cell(String table, long row, String column, Object value) {}

    /** Returns the values of acme, the first account. */
    private List<Cell> cellsOfAcme() throws SQLException {
        return cells().stream()
                .filter(cell -> cell.table().equals("rbac_commits") ? cell.row() <= 3 : isOfAcme(cell))
                .toList();
    }

    private boolean isOfAcme(Cell cell) {
        String sql = "SELECT 1 FROM " + cell.table() + " WHERE account = 1 AND rowid = " + cell.row();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Cell> cells() throws SQLException {
        List<Cell> cells = new ArrayList<>();
        for (String table : TABLES) {
            try (PreparedStatement statement = connection.prepareStatement("SELECT rowid, * FROM " + table);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    for (int i = 2; i <= rows.getMetaData().getColumnCount(); i++) {
                        String column = rows.getMetaData().getColumnName(i);
                        cells.add(new Cell(table, rows.getLong(1), column, rows.getObject(i)));
                    }
                }
            }
        }
        return cells;
    }

    private void set(Cell cell, Object value) throws SQLException {
        String sql = "UPDATE " + cell.table() + " SET " + cell.column() + " = ? WHERE rowid = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (value instanceof byte[] text) {
                try (PreparedStatement cast =
                        connection.prepareStatement(sql.replace("= ? W", "= CAST(? AS TEXT) W"))) {
                    cast.setBytes(1, text);
                    cast.setLong(2, cell.row());
                    cast.executeUpdate();
                }
                return;
            }
            statement.setObject(1, value);
            statement.setLong(2, cell.row());
            statement.executeUpdate();
        }
    }

    @Test
    @Tag("P80")
    @Tag("B112")
    void a_flipped_bit_changes_no_answer() throws SQLException {
        flipBits(13);
    }

    @Test
    @Tag("P80")
    @Tag("B112")
    @Tag("deep")
    void no_flipped_bit_changes_an_answer() throws SQLException {
        flipBits(1);
    }

    /** Flips one bit of so many, fewer in documents. */
    private void flipBits(int distance) throws SQLException {
        int bits = 0;
        int flips = 0;
        for (Cell cell : cellsOfAcme()) {
            int step = cell.column().equals("json") ? 61 * distance : distance;
            if (cell.value() instanceof String text) {
                byte[] bytes = text.getBytes(UTF_8);
                for (int bit = bits % step; bit < bytes.length * 8; bit += step) {
                    byte[] flipped = bytes.clone();
                    flipped[bit / 8] ^= (byte) (1 << bit % 8);
                    set(cell, flipped);
                    assertNoOtherAnswer("bit " + bit + " of " + cell);
                    flips++;
                }
                bits += bytes.length * 8;
            } else if (cell.value() instanceof Number number) {
                for (int bit = bits % step; bit < Long.SIZE; bit += step) {
                    set(cell, number.longValue() ^ 1L << bit);
                    assertNoOtherAnswer("bit " + bit + " of " + cell);
                    flips++;
                }
                bits += Long.SIZE;
            }
            set(cell, null);
            assertNoOtherAnswer("no value of " + cell);
            set(cell, cell.value());
        }
        assertThat(flips).isGreaterThan(3_000 / distance);
        assertThat(refused).isGreaterThan(1_500 / distance);
        assertThat(unchanged).isPositive();
        assertThat(read("acme")).contains(acme);
    }

    private Map<String, List<Long>> rows() throws SQLException {
        Map<String, List<Long>> rows = new LinkedHashMap<>();
        for (Cell cell : cells()) {
            List<Long> ids = rows.computeIfAbsent(cell.table(), table -> new ArrayList<>());
            if (!ids.contains(cell.row())) {
                ids.add(cell.row());
            }
        }
        return rows;
    }

    /** Does something to each row, and undoes it. */
    private void damageEachRow(String what, String sql, List<String> tables) throws SQLException {
        Map<String, List<Long>> rows = rows();
        rows.keySet().retainAll(tables);
        for (Map.Entry<String, List<Long>> table : rows.entrySet()) {
            for (long row : table.getValue()) {
                Database.execute(connection, "BEGIN");
                Database.execute(connection, "CREATE TABLE kept AS SELECT * FROM " + table.getKey());
                Database.execute(
                        connection, sql.replace("TABLE", table.getKey()).replace("ROW", Long.toString(row)));
                Database.execute(connection, "COMMIT");
                assertNoOtherAnswer(what + " row " + row + " of " + table.getKey());
                Database.execute(connection, "BEGIN");
                Database.execute(connection, "DELETE FROM " + table.getKey());
                Database.execute(connection, "INSERT INTO " + table.getKey() + " SELECT * FROM kept");
                Database.execute(connection, "DROP TABLE kept");
                Database.execute(connection, "COMMIT");
            }
        }
        assertThat(read("acme")).contains(acme);
        assertThat(refused).isGreaterThanOrEqualTo(20);
    }

    @Test
    @Tag("P80")
    @Tag("B113")
    void a_lost_row_changes_no_answer() throws SQLException {
        damageEachRow("lost", "DELETE FROM TABLE WHERE rowid = ROW", TABLES);
    }

    @Test
    @Tag("P80")
    @Tag("B112")
    void a_doubled_row_changes_no_answer() throws SQLException {
        damageEachRow("doubled", "INSERT INTO TABLE SELECT * FROM TABLE WHERE rowid = ROW", TABLES);
    }

    @Test
    @Tag("P80")
    void a_row_of_another_account_changes_no_answer() throws SQLException {
        damageEachRow("moved", "UPDATE TABLE SET account = 3 - account WHERE rowid = ROW", TABLES.subList(1, 5));
    }

    @Test
    @Tag("P80")
    @Tag("deep")
    void swapped_values_change_no_answer() throws SQLException {
        List<Cell> cells = cells();
        for (Cell one : cellsOfAcme()) {
            for (Cell other : cells) {
                boolean isLater = other.row() > one.row() || other.column().compareTo(one.column()) > 0;
                boolean differs = !String.valueOf(one.value()).equals(String.valueOf(other.value()));
                if (isLater
                        && differs
                        && one.table().equals(other.table())
                        && (one.column().equals(other.column()) || one.row() == other.row())) {
                    set(one, other.value());
                    set(other, one.value());
                    assertNoOtherAnswer("swapped " + one + " and " + other);
                    set(one, one.value());
                    set(other, other.value());
                }
            }
        }
        assertThat(read("acme")).contains(acme);
    }

    @Test
    @Tag("B113")
    void empty_tables_are_not_an_empty_policy() throws SQLException {
        for (String table : TABLES.subList(0, 5)) {
            Database.execute(connection, "CREATE TABLE kept AS SELECT * FROM " + table);
            Database.execute(connection, "DELETE FROM " + table);
            assertNoOtherAnswer("an empty " + table);
            Database.execute(connection, "INSERT INTO " + table + " SELECT * FROM kept");
            Database.execute(connection, "DROP TABLE kept");
        }
        assertThat(refused).isEqualTo(5);
    }

    @Test
    void an_older_copy_of_the_file_is_seen_as_it_is() throws Exception {
        Path copy = folder.resolve("copy.db");
        Database.execute(connection, "VACUUM INTO '" + copy + "'");
        Path moved = folder.resolve("rbac.db");
        store.close();
        connection.close();
        for (String suffix : List.of("-wal", "-shm")) {
            Files.deleteIfExists(folder.resolve("rbac.db" + suffix));
        }
        Files.move(copy, moved, StandardCopyOption.REPLACE_EXISTING);
        try (JdbcPolicyStore again = JdbcPolicyStore.sqlite(moved).build()) {
            assertThat(again.versions(List.of("acme"))).containsEntry("acme", acme.version());
        }
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    }
}
