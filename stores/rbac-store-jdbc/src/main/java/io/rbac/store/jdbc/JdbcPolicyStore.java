package io.rbac.store.jdbc;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.PolicyStoreException;
import io.rbac.engine.StoredPolicy;
import io.rbac.model.Permission;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps policies in the rows of a SQLite or PostgreSQL database, for one process or for many.
 *
 * <pre>{@code
 * JdbcPolicyStore store = JdbcPolicyStore.sqlite(Path.of("rbac.db")).createSchema().build();
 * PermissionEngine engine = PermissionEngine.builder().catalog(catalog).store(store).build();
 * }</pre>
 *
 * <p><b>Rows.</b> A commit writes its effects and nothing else, so that it costs what it changes and not what the account
 * has; it is durable when it returns. An account is loaded from one snapshot. The tables are documented in the scripts
 * {@code V1__rbac.sql} in the folders {@code sqlite} and {@code postgresql} beside this class, whose form Flyway reads too; they may be read by queries of the host, and must be
 * written by this class alone.
 *
 * <p><b>Transactions.</b> Each call takes a connection of its own, in auto-commit mode, begins a transaction on it and ends
 * it. What lost against another transaction, or found a connection broken before it wrote, is tried again a few times.
 *
 * <p><b>Failures</b> are {@link PolicyStoreException}s in bounded time. Rows that make no policy are one, which names the
 * account and its version. That an account does not exist is said only by a database that has the tables in the version of
 * this release.
 *
 * <p>The drivers are the host's: {@code org.xerial:sqlite-jdbc} or {@code org.postgresql:postgresql}. This class is
 * thread-safe.
 *
 * @since 0.1
 */
public final class JdbcPolicyStore implements PolicyStore, AutoCloseable {

    private final Connections connections;
    private final Database database;
    private final Transactions transactions;
    private final Set<ChangeWatch> watches = ConcurrentHashMap.newKeySet();

    private JdbcPolicyStore(Connections connections, Database database, Transactions transactions) {
        this.connections = connections;
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * Returns a builder of a store over a host's data source, which is asked for a connection at each call. How long that may
     * take is for the data source to bound: by the time-out of a pool, or by {@code connectTimeout} and {@code loginTimeout} of
     * the driver of PostgreSQL.
     */
    public static Builder builder(DataSource source) {
        return new Builder(requireNonNull(source, "source"), null);
    }

    /**
     * Returns a builder of a store in a SQLite file, which several processes of one machine may share: with a write-ahead log,
     * and with each commit forced to the disk. If the file is created, only its owner can read it.
     */
    public static Builder sqlite(Path file) {
        return new Builder(null, requireNonNull(file, "file"));
    }

    /**
     * Returns a query for the targets at which a user has a permission: with it, one statement gives what a user may see, sorted
     * and in pages. It has the columns {@code scope} and {@code target_id}, which are {@code account} and empty for the account
     * itself, and three parameters: the permission's key, the user and the account. Its cost is that of the targets that it
     * returns.
     *
     * <pre>{@code
     * String sql = "SELECT p.id, p.title FROM pages p JOIN (" + JdbcPolicyStore.grantedTargets(read) + ") g"
     *         + " ON g.scope = 'page' AND g.target_id = p.id ORDER BY p.title LIMIT 20 OFFSET 40";
     * }</pre>
     *
     * <p>The result is as {@link io.rbac.matrix.PermissionMatrix#hasPermission} answers for all targets that the stored policy
     * knows.
     *
     * @param permission a permission of the application's catalog
     */
    public static String grantedTargets(Permission permission) {
        return GrantedTargets.query(requireNonNull(permission, "permission"));
    }

    @Override
    public Optional<StoredPolicy> load(String account) {
        requireNonNull(account, "account");
        if (!AccountIds.mayBe(account)) {
            return Optional.empty();
        }
        return transactions.read("account " + Violation.quote(account) + " could not be loaded", session -> {
            AccountRow row = AccountRow.find(session, account);
            if (row == null) {
                requireAbsent(session, account);
                return Optional.empty();
            }
            return Optional.of(undamaged(row, () -> new StoredPolicy(PolicyRows.read(session, row), row.digest())));
        });
    }

    /** Checks that an account that has no row was removed or never there. */
    private static void requireAbsent(Session session, String account) throws SQLException {
        Schema.requireVersion(session);
        try (PreparedStatement statement =
                        session.prepare("SELECT 1 FROM rbac_commits WHERE account_id = ? LIMIT 1", account);
                ResultSet rows = statement.executeQuery()) {
            if (rows.next()) {
                throw new PolicyStoreException(
                        "account " + Violation.quote(account) + " is damaged: its row is lost", null);
            }
        }
    }

    /** Reads or writes rows of an account. */
    @FunctionalInterface
    private interface Access<T> {
        T run() throws SQLException;
    }

    private static <T> T undamaged(AccountRow row, Access<T> access) throws SQLException {
        try {
            return access.run();
        } catch (RuntimeException e) {
            throw new PolicyStoreException(
                    "account " + Violation.quote(row.id()) + " at version " + row.life() + '.' + row.revision()
                            + " is damaged: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public Map<String, Version> versions(Collection<String> accounts) {
        accounts.forEach(account -> requireNonNull(account, "account"));
        List<String> ids = AccountIds.of(accounts);
        return ids.isEmpty()
                ? Map.of()
                : transactions.look(
                        "the versions of accounts could not be read", session -> VersionRows.read(session, ids));
    }

    @Override
    public List<String> accounts(@Nullable String after, int limit) {
        requireLimit(limit);
        String bound = after == null ? "" : AccountIds.lowerBound(after);
        return transactions.look("the accounts could not be listed", session -> {
            List<String> ids = new ArrayList<>();
            try (PreparedStatement statement = session.prepare(
                            "SELECT id FROM rbac_accounts WHERE id > ? ORDER BY id LIMIT ?", bound, (long) limit);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return List.copyOf(ids);
        });
    }

    private static void requireLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is `" + limit + "`: expected at least 1");
        }
    }

    @Override
    public Optional<List<Commit>> history(String account, Version after, int limit) {
        requireNonNull(account, "account");
        requireNonNull(after, "version");
        requireLimit(limit);
        if (!AccountIds.mayBe(account)) {
            return Optional.empty();
        }
        return transactions.read(
                "the commits of account " + Violation.quote(account) + " could not be read", session -> {
                    AccountRow row = AccountRow.find(session, account);
                    if (row == null) {
                        requireAbsent(session, account);
                        return Optional.empty();
                    }
                    return undamaged(row, () -> CommitRows.read(session, row, after, limit));
                });
    }

    @Override
    public boolean create(Commit first, Policy policy) {
        requireNonNull(policy, "policy");
        String account = first.account();
        return transactions.write("account " + Violation.quote(account) + " could not be created", session -> {
            Long number = AccountRow.insert(session, first, policy);
            if (number == null) {
                return false;
            }
            fitting(session, first, () -> {
                CommitRows.write(session, first, policy.catalog().scopes());
                writeEffects(session, number, first);
                return true;
            });
            return true;
        });
    }

    @Override
    public boolean commit(Commit commit, Policy result) {
        requireNonNull(result, "result");
        String account = commit.account();
        if (commit.revision() < 2) {
            return false;
        }
        return transactions.commit(
                "the commit to account " + Violation.quote(account) + " failed",
                session -> fitting(session, commit, () -> {
                    Long number = CommitRows.append(session, commit, result);
                    if (number == null) {
                        return false;
                    }
                    writeEffects(session, number, commit);
                    return true;
                }));
    }

    private static void writeEffects(Session session, long number, Commit commit) throws SQLException {
        try (EffectRows rows = new EffectRows(session, number)) {
            rows.write(commit.effects());
        }
    }

    /** Writes rows of a commit; that they do not fit those that are there is damage. */
    private static boolean fitting(Session session, Commit commit, Access<Boolean> access) throws SQLException {
        try {
            return access.run();
        } catch (RowBatch.MisfitException e) {
            throw misfit(commit, e);
        } catch (SQLException e) {
            if (session.database().isConflict(e)) {
                throw misfit(commit, e);
            }
            throw e;
        }
    }

    private static PolicyStoreException misfit(Commit commit, Exception e) {
        return new PolicyStoreException(
                "account " + Violation.quote(commit.account())
                        + " is damaged: its rows do not fit the commit at version " + commit.version() + ": "
                        + Database.describe(e),
                e);
    }

    @Override
    public boolean remove(String account) {
        requireNonNull(account, "account");
        if (!AccountIds.mayBe(account)) {
            return false;
        }
        return transactions.write("account " + Violation.quote(account) + " could not be removed", session -> {
            Long number = AccountRow.delete(session, account);
            // If the account has no row, it was not there, or has lost it; or it was created again by now.
            int commits = session.update("""
                    DELETE FROM rbac_commits WHERE account_id = ?
                    AND NOT EXISTS (SELECT 1 FROM rbac_accounts WHERE id = rbac_commits.account_id)
                    """, account);
            if (number == null) {
                return commits > 0;
            }
            for (String table : List.of("rbac_assignments", "rbac_targets", "rbac_role_permissions", "rbac_roles")) {
                session.update("DELETE FROM " + table + " WHERE account = ?", number);
            }
            return true;
        });
    }

    /**
     * Begins to report accounts that may have changed: of PostgreSQL within milliseconds, by notifications, of a SQLite file by a
     * look at its version 20 times a second. This takes a thread, and a connection for as long as it lasts; notifications do
     * not pass through a pooler of transactions.
     */
    @Override
    public Optional<Watch> watch(Consumer<@Nullable String> listener) {
        ChangeWatch watch = ChangeWatch.start(connections, database, requireNonNull(listener, "listener"));
        watches.add(watch);
        return Optional.of(() -> {
            watches.remove(watch);
            watch.close();
        });
    }

    /**
     * Forgets the commits that were made before an instant, except for the newest one of each account. Engines that are behind
     * load an account as a whole then.
     *
     * @return how many were forgotten
     */
    public long pruneCommits(Instant before) {
        long millis = before.toEpochMilli();
        return transactions.write("commits could not be forgotten", session -> {
            return (long) session.update("""
                    DELETE FROM rbac_commits WHERE committed_at < ?
                    AND revision < (SELECT a.revision FROM rbac_accounts a WHERE a.id = rbac_commits.account_id)
                    """, millis);
        });
    }

    /** Ends all watches and closes the connections to a file; a host's data source is left as it is. */
    @Override
    public void close() {
        watches.forEach(ChangeWatch::close);
        connections.close();
    }

    /** Returns where the policies are, human-readable. */
    @Override
    public String toString() {
        return "JdbcPolicyStore in " + connections;
    }

    /**
     * Builder for a {@link JdbcPolicyStore}.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private static final Duration LONGEST = Duration.ofDays(1);

        /** Of the time that a call takes at most, how much of it one statement waits for the lock of a file. */
        private static final int WAITS_PER_CALL = 4;

        private final @Nullable DataSource source;
        private final @Nullable Path file;
        private boolean createsSchema;
        private Duration timeout = Duration.ofSeconds(30);

        private Builder(@Nullable DataSource source, @Nullable Path file) {
            this.source = source;
            this.file = file;
        }

        /** Creates the tables, and the file of a SQLite database, if they are missing; otherwise this is an error. */
        public Builder createSchema() {
            createsSchema = true;
            return this;
        }

        /**
         * Sets how long one statement may take, 30 seconds by default. A call fails after a few times this long at the latest.
         *
         * @throws IllegalArgumentException if it is shorter than a second or longer than a day
         */
        public Builder timeout(Duration newTimeout) {
            if (newTimeout.compareTo(Duration.ofSeconds(1)) < 0 || newTimeout.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("the timeout is `" + newTimeout + "`: expected a second to a day");
            }
            timeout = newTimeout;
            return this;
        }

        /**
         * Returns the store, after a look at the tables.
         *
         * @throws PolicyStoreException if there is no such database, if it has not the tables of this release and they are not
         *     to be created, or if it takes different ids for equal
         */
        public JdbcPolicyStore build() {
            Connections connections = connections();
            try {
                Database database = file == null ? database(connections) : Database.SQLITE;
                Transactions transactions = new Transactions(connections, database, timeout);
                if (createsSchema) {
                    transactions.write("the tables could not be created", session -> {
                        Schema.create(session);
                        return true;
                    });
                } else {
                    transactions.read("the tables could not be looked at", session -> {
                        Schema.check(session);
                        return true;
                    });
                }
                return new JdbcPolicyStore(connections, database, transactions);
            } catch (RuntimeException | Error e) {
                connections.close();
                throw e;
            }
        }

        private Connections connections() {
            if (file == null) {
                return new HostConnections(requireNonNull(source, "source"));
            }
            SqliteFile sqlite =
                    new SqliteFile(file, (int) timeout.dividedBy(WAITS_PER_CALL).toMillis());
            if (createsSchema) {
                sqlite.createIfMissing();
            }
            return sqlite;
        }

        private static Database database(Connections connections) {
            try {
                Connection connection = connections.take();
                try {
                    return Database.of(connection);
                } finally {
                    connections.giveBack(connection, true);
                }
            } catch (SQLException e) {
                throw new PolicyStoreException("there is no connection to the database: " + Database.describe(e), e);
            }
        }
    }
}
