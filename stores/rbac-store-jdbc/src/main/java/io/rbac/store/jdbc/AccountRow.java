package io.rbac.store.jdbc;

import io.rbac.engine.Commit;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The row of an account.
 *
 * @param number what other rows name it by
 */
record AccountRow(long number, String id, String life, long revision, String digestText, String scopes) {

    /** Returns the row of an account, null if there is none. */
    static @Nullable AccountRow find(Session session, String id) throws SQLException {
        try (PreparedStatement statement = session.prepare(
                        "SELECT account, life, revision, digest, scopes FROM rbac_accounts WHERE id = ?", id);
                ResultSet rows = statement.executeQuery()) {
            return rows.next()
                    ? new AccountRow(
                            rows.getLong(1),
                            id,
                            rows.getString(2),
                            rows.getLong(3),
                            rows.getString(4),
                            rows.getString(5))
                    : null;
        }
    }

    /** Inserts the row of a new account, and returns its number; null if there is such an account. */
    static @Nullable Long insert(Session session, Commit first, Policy policy) throws SQLException {
        try (PreparedStatement statement = session.prepare(
                        """
                        INSERT INTO rbac_accounts (id, life, revision, digest, scopes) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (id) DO NOTHING RETURNING account
                        """,
                        first.account(),
                        first.version().life(),
                        first.revision(),
                        first.digest().toString(),
                        Scopes.text(policy.catalog().scopes()));
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : null;
        }
    }

    /** Puts an account at the version of a commit, and returns its number; null if it is not at the version before. */
    static @Nullable Long update(Session session, Commit commit, Policy result) throws SQLException {
        try (PreparedStatement statement = session.prepare(
                        """
                        UPDATE rbac_accounts SET revision = ?, digest = ?, scopes = ?
                        WHERE id = ? AND life = ? AND revision = ? RETURNING account
                        """,
                        commit.revision(),
                        commit.digest().toString(),
                        Scopes.text(result.catalog().scopes()),
                        commit.account(),
                        commit.version().life(),
                        commit.revision() - 1);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : null;
        }
    }

    /** Deletes the row of an account, and returns its number; null if there is none. */
    static @Nullable Long delete(Session session, String account) throws SQLException {
        try (PreparedStatement statement = session.prepare(
                        "DELETE FROM rbac_accounts WHERE id = ? RETURNING account"
                                + session.database().notifying(", ", "id"),
                        account);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : null;
        }
    }

    /**
     * Returns the version of the account.
     *
     * @throws IllegalArgumentException if the row has none
     */
    Version version() {
        return Version.of(life, revision);
    }

    /**
     * Returns the digest of the policy.
     *
     * @throws IllegalArgumentException if the row has none
     */
    PolicyDigest digest() {
        return PolicyDigest.parse(digestText);
    }
}
