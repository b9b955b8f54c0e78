package io.rbac.store.jdbc;

import io.rbac.model.Version;
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
