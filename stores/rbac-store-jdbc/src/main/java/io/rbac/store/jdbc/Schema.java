package io.rbac.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rbac.engine.PolicyStoreException;
import io.rbac.model.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables in a database: created from the bundled scripts, and looked at before anything is said of what is in them. */
final class Schema {

    /** The scripts of each kind of database, in the order in which they are applied. */
    private static final List<String> SCRIPTS = List.of("V1__rbac.sql");

    /** What {@code rbac_schema} says after the last of them. */
    static final int VERSION = SCRIPTS.size();

    private Schema() {}

    /**
     * Creates the tables unless they are there.
     *
     * @throws PolicyStoreException if they are there in another version
     */
    static void create(Session session) throws SQLException {
        Database database = session.database();
        if (database == Database.POSTGRESQL) {
            // Two processes that start at once create them one after the other.
            Database.execute(session.connection(), "SELECT pg_advisory_xact_lock(7881226)");
        }
        if (!exists(session)) {
            for (String script : SCRIPTS) {
                for (String statement : script(database.folder() + '/' + script).split(";\n", -1)) {
                    if (!statement.isBlank()) {
                        Database.execute(session.connection(), statement);
                    }
                }
            }
        }
        check(session);
    }

    private static String script(String name) {
        try (InputStream stream = Schema.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the script `" + name + "` is missing");
            }
            return new String(stream.readAllBytes(), UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks that the tables are those of this release, and tell ids apart.
     *
     * @throws PolicyStoreException if they are not
     */
    static void check(Session session) throws SQLException {
        requireVersion(session);
        String column = foldingColumn(session);
        if (column != null) {
            throw new PolicyStoreException(
                    "the column " + Violation.quote(column) + " of the database compares by a collation: expected one"
                            + " that compares by code points",
                    null);
        }
    }

    /**
     * Checks that the tables are those of this release.
     *
     * @throws PolicyStoreException if they are not
     */
    static void requireVersion(Session session) throws SQLException {
        if (!exists(session)) {
            throw new PolicyStoreException(
                    "the database has no table `rbac_schema`: expected one with the tables of rbac, or `createSchema()`",
                    null);
        }
        try (PreparedStatement statement =
                        session.prepare("SELECT version FROM rbac_schema WHERE product = ?", "rbac");
                ResultSet rows = statement.executeQuery()) {
            String found = rows.next() ? '`' + rows.getString(1) + '`' : "not stated";
            if (!found.equals("`" + VERSION + '`')) {
                throw new PolicyStoreException(
                        "the version of the tables of rbac is " + found + ": expected `" + VERSION + '`', null);
            }
        }
    }

    private static boolean exists(Session session) throws SQLException {
        String sql = switch (session.database()) {
            case SQLITE -> "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = ?";
            case POSTGRESQL -> "SELECT to_regclass(?)";
        };
        try (PreparedStatement statement = session.prepare(sql, "rbac_schema");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() && rows.getString(1) != null;
        }
    }

    /** Returns a column that could take different ids for equal, null if there is none. */
    private static @Nullable String foldingColumn(Session session) throws SQLException {
        String sql = switch (session.database()) {
            case SQLITE -> "SELECT name FROM sqlite_schema WHERE tbl_name LIKE ? ESCAPE '!' AND sql LIKE '% COLLATE %'";
            case POSTGRESQL -> """
                        SELECT c.relname || '.' || a.attname
                        FROM pg_attribute a
                        JOIN pg_class c ON c.oid = a.attrelid
                        JOIN pg_collation k ON k.oid = a.attcollation
                        WHERE c.relname LIKE ? ESCAPE '!' AND pg_table_is_visible(c.oid)
                        AND NOT (k.collname = 'C' OR k.collname = 'POSIX')
                        """;
        };
        try (PreparedStatement statement = session.prepare(sql, "rbac!_%");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
