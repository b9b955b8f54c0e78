package io.rbac.store.jdbc;

import io.rbac.model.Version;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the versions of many accounts. */
final class VersionRows {

    private static final String CURRENT = "SELECT id, life, revision FROM rbac_accounts WHERE id ";

    /** What the commits of an account say whose row does not. */
    private static final String OF_COMMITS =
            "SELECT account_id, life, MAX(revision) FROM rbac_commits WHERE account_id ";

    private VersionRows() {}

    /**
     * Returns the versions of the accounts that exist. One whose row is lost or cannot be read is not taken for one that was
     * removed: its newest commit tells the version, and loading it fails.
     */
    static Map<String, Version> read(Session session, List<String> accounts) throws SQLException {
        Map<String, Version> versions = new HashMap<>();
        read(session, CURRENT, "", accounts, versions);
        List<String> missing = accounts.stream()
                .filter(account -> !versions.containsKey(account))
                .toList();
        read(session, OF_COMMITS, " GROUP BY account_id, life", missing, versions);
        return versions;
    }

    private static void read(
            Session session, String start, String end, List<String> accounts, Map<String, Version> versions)
            throws SQLException {
        switch (session.database()) {
            case POSTGRESQL -> {
                if (!accounts.isEmpty()) {
                    try (PreparedStatement statement = session.prepare(start + "= ANY (?)" + end)) {
                        statement.setArray(1, session.connection().createArrayOf("text", accounts.toArray()));
                        read(statement, versions);
                    }
                }
            }
            case SQLITE -> {
                for (int i = 0; i < accounts.size(); i += Session.ROWS_AT_ONCE) {
                    List<String> some = accounts.subList(i, Math.min(i + Session.ROWS_AT_ONCE, accounts.size()));
                    String places = String.join(", ", Collections.nCopies(some.size(), "?"));
                    try (PreparedStatement statement =
                            session.prepare(start + "IN (" + places + ')' + end, some.toArray())) {
                        read(statement, versions);
                    }
                }
            }
        }
    }

    private static void read(PreparedStatement statement, Map<String, Version> versions) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Version version = version(rows.getString(2), rows.getLong(3));
                if (version != null) {
                    versions.put(rows.getString(1), version);
                }
            }
        }
    }

    private static @Nullable Version version(@Nullable String life, long revision) {
        try {
            return life == null ? null : Version.of(life, revision);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
