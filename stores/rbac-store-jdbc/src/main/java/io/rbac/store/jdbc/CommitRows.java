package io.rbac.store.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rbac.engine.Commit;
import io.rbac.jackson.CommitJson;
import io.rbac.model.ScopeTree;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Writes and reads commits. */
final class CommitRows {

    private static final String INSERT = """
            INSERT INTO rbac_commits (account_id, life, revision, committed_at, json, checksum)
            VALUES (?, ?, ?, ?, ?, ?)
            """;

    /** Moves the account to the version of a commit and writes the commit in one round trip, or nothing. */
    private static final String APPEND_POSTGRESQL =
            """
            WITH moved AS (
                UPDATE rbac_accounts SET revision = ?, digest = ?, scopes = ?
                WHERE id = ? AND life = ? AND revision = ? RETURNING account, id, life, revision
            )
            INSERT INTO rbac_commits (account_id, life, revision, committed_at, json, checksum)
            SELECT id, life, revision, ?, ?, ? FROM moved RETURNING (SELECT account FROM moved)
            """ + Database.POSTGRESQL.notifying(", ", "account_id") + ", " + Database.MADE_DURABLE;

    private static final String SELECT = """
            SELECT life, revision, json, checksum FROM rbac_commits
            WHERE account_id = ? AND revision > ? ORDER BY revision LIMIT ?
            """;

    private CommitRows() {}

    /** Writes a commit, as far as it can be read back. */
    static void write(Session session, Commit commit, ScopeTree tree) throws SQLException {
        Version version = commit.version();
        try (PreparedStatement statement = session.prepare(
                INSERT + session.database().notifying(" RETURNING ", "account_id"),
                commit.account(),
                version.life(),
                version.revision())) {
            setContent(statement, 4, commit, tree);
            statement.execute();
        }
    }

    /**
     * Puts an account at the version of a commit, writes the commit, and returns the number of the account; null, and nothing is
     * written, if it is not at the version before.
     */
    static @Nullable Long append(Session session, Commit commit, Policy result) throws SQLException {
        return switch (session.database()) {
            case SQLITE -> {
                Long number = AccountRow.update(session, commit, result);
                if (number != null) {
                    write(session, commit, result.catalog().scopes());
                }
                yield number;
            }
            case POSTGRESQL -> appendAtOnce(session, commit, result);
        };
    }

    private static @Nullable Long appendAtOnce(Session session, Commit commit, Policy result) throws SQLException {
        ScopeTree tree = result.catalog().scopes();
        try (PreparedStatement statement = session.prepare(
                APPEND_POSTGRESQL,
                commit.revision(),
                commit.digest().toString(),
                Scopes.text(tree),
                commit.account(),
                commit.version().life(),
                commit.revision() - 1)) {
            setContent(statement, 7, commit, tree);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : null;
            }
        }
    }

    /** Sets time, JSON and checksum. */
    private static void setContent(PreparedStatement statement, int first, Commit commit, ScopeTree tree)
            throws SQLException {
        byte[] json = CommitJson.write(commit, tree).orElse(null);
        statement.setLong(first, millis(commit.time()));
        statement.setString(first + 1, json == null ? null : new String(json, US_ASCII));
        statement.setLong(first + 2, json == null ? 0 : checksum(json));
    }

    /** Returns a time in milliseconds, the first or last one for a time that is beyond. */
    private static long millis(Instant time) {
        Instant first = Instant.ofEpochMilli(Long.MIN_VALUE);
        Instant last = Instant.ofEpochMilli(Long.MAX_VALUE);
        return (time.isBefore(first) ? first : time.isAfter(last) ? last : time).toEpochMilli();
    }

    private static long checksum(byte[] json) {
        CRC32 crc = new CRC32();
        crc.update(json);
        return crc.getValue();
    }

    /**
     * Returns the commits of an account that followed a version of its life, empty if one of them is not there.
     *
     * @throws IllegalArgumentException if one of them is not as it was written
     * @throws io.rbac.model.PolicyViolationException if one of them is not as it was written
     */
    static Optional<List<Commit>> read(Session session, AccountRow account, Version after, int limit)
            throws SQLException {
        Version newest = account.version();
        if (!newest.isAtLeast(after)) {
            return Optional.empty();
        }
        long expected = Math.min(limit, newest.revision() - after.revision());
        List<Commit> commits = new ArrayList<>();
        try (PreparedStatement statement = session.prepare(SELECT, account.id(), after.revision(), expected + 1);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Version version = Version.of(rows.getString(1), rows.getLong(2));
                if (version.revision() > newest.revision()) {
                    throw new IllegalArgumentException("there is a commit at version " + version);
                }
                if (commits.size() == expected) {
                    break;
                }
                String json = rows.getString(3);
                if (json == null || !version.equals(after.at(after.revision() + commits.size() + 1))) {
                    return Optional.empty();
                }
                commits.add(read(account, version, json.getBytes(US_ASCII), rows.getLong(4)));
            }
        }
        return commits.size() == expected ? Optional.of(List.copyOf(commits)) : Optional.empty();
    }

    private static Commit read(AccountRow account, Version version, byte[] json, long checksum) {
        if (checksum(json) != checksum) {
            throw new IllegalArgumentException("the commit at version " + version + " does not match its checksum");
        }
        Commit commit = CommitJson.read(json);
        if (!commit.account().equals(account.id()) || !commit.version().equals(version)) {
            throw new IllegalArgumentException("instead of the commit at version " + version + " there is that of "
                    + commit.account() + " at version " + commit.version());
        }
        if (version.equals(account.version()) && !commit.digest().equals(account.digest())) {
            throw new IllegalArgumentException("the commit at version " + version + " has another digest");
        }
        return commit;
    }
}
