package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.guard.AdminGuard;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.UserPermissions;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import io.rbac.review.AccessInvariant;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers checks from the current policy of each account, and commits edits. A store keeps the policies; the matrices
 * of the accounts in use are kept in memory, bounded by their size.
 *
 * <p>Each answer comes from exactly one revision. In the process that committed, every answer after the commit returned
 * is from its revision or a newer one. A commit is made as a whole or not at all, as exactly the next revision, even if
 * other processes use the same store.
 *
 * <p>If an account does not exist, checks are false and nothing is remembered of it; everything else is refused with
 * {@link Code#ACCOUNT_NOT_FOUND}. Every refusal is a {@link PolicyViolationException}: nothing was changed, stored or
 * reported to listeners. If the store fails, checks throw a {@link PolicyStoreException} too: what cannot be known is
 * never answered. After {@link #close()} every question and every write throws an {@link IllegalStateException}.
 *
 * <p>This class is thread-safe. Readers never block, except to wait for the one load of a matrix that is not in memory.
 *
 * @since 0.1
 */
public final class PermissionEngine implements AutoCloseable {

    private static final long MAX_WAIT_MILLIS = 100;

    private final PermissionCatalog catalog;
    private final PolicyRules rules;
    private final PolicyStore store;
    private final EditPlanner planner;
    private final MatrixCache cache;
    private final ListenerDispatcher dispatcher;
    private final AccountRegistry registry;
    private final AccountLoader loader;
    private final MatrixLookup lookup;
    private final Committer committer;
    private final Refresher refresher;
    private final Refusals refusals;
    private final CommitGate gate = new CommitGate();
    private final Duration patience;

    private PermissionEngine(Builder builder) {
        if (builder.catalog == null) {
            throw new IllegalStateException("no catalog is given: expected the catalog of the application");
        }
        if (builder.guard != null) {
            builder.guard.requireScopes(builder.catalog);
        }
        Violation.Collector violations = new Violation.Collector();
        builder.rules.check(builder.catalog, violations);
        InvariantRule invariants = new InvariantRule(builder.invariants);
        invariants.check(builder.catalog, violations);
        violations.throwIfAny();
        this.catalog = builder.catalog;
        this.rules = builder.rules;
        this.patience = builder.patience;
        PolicyStore store = builder.store == null ? new InMemoryPolicyStore() : builder.store;
        this.planner = new EditPlanner(builder.guard, builder.clock, new ChangeResolver(builder.ids), invariants);
        this.cache = new MatrixCache(builder.cacheBytes);
        this.dispatcher = new ListenerDispatcher(builder.executor, builder.failures, builder.queueLimit);
        this.registry = new AccountRegistry(cache, dispatcher);
        this.loader = new AccountLoader(store, catalog, rules, cache, dispatcher);
        this.refresher = new Refresher(store, loader, cache, dispatcher);
        this.refusals = new Refusals(builder.refusalListeners);
        this.lookup = new MatrixLookup(
                cache, registry, loader, refresher, refusals, builder.maxStaleness, builder.storeTimeout);
        this.committer =
                new Committer(store, planner, invariants, registry, loader, cache, dispatcher, refresher, gate);
        this.store = store;
        refresher.start(builder.refreshPeriod);
    }

    /** Returns a builder for an engine. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the catalog of every policy: the very instance that was given. */
    public PermissionCatalog catalog() {
        return catalog;
    }

    // questions

    /** Returns whether a user of an account has the permission with a key at a target; false if any is unknown. */
    public boolean hasPermission(String account, String user, String permission, Target target) {
        return lookup.matrixOrNobody(account).hasPermission(user, permission, target);
    }

    /** Returns whether a user of an account has a permission at a target; false if any is unknown. */
    public boolean hasPermission(String account, String user, Permission permission, Target target) {
        return lookup.matrixOrNobody(account).hasPermission(user, permission, target);
    }

    /**
     * Does nothing if a user of an account has the permission with a key at a target.
     *
     * @throws PermissionDeniedException if they do not have it, or if the account is unknown; listeners for {@linkplain
     *     Builder#onRefusal refusals} learn of it
     */
    public void require(String account, String user, String permission, Target target) {
        if (!hasPermission(account, user, permission, target)) {
            throw refusals.denied(account, user, permission, target);
        }
    }

    /** Does nothing if a user of an account has a permission at a target; otherwise as the method that takes a key. */
    public void require(String account, String user, Permission permission, Target target) {
        if (!hasPermission(account, user, permission, target)) {
            throw refusals.denied(account, user, permission, target);
        }
    }

    /**
     * Reports a denial to the listeners for {@linkplain Builder#onRefusal refusals}: for an interceptor that asked a {@link
     * #matrix matrix} and denies a request for the answer.
     */
    public void reportDenial(PermissionDeniedException denial) {
        refusals.denied(requireNonNull(denial, "denial"));
    }

    /**
     * Returns what a user of an account may do at the revision that is current now; it does not see later commits.
     * Everything is denied if the account or the user is unknown.
     */
    public UserPermissions user(String account, String id) {
        return lookup.matrixOrNobody(account).user(id);
    }

    /**
     * Returns a live checker for one account: it always answers from the current policy, and is false forever once the
     * account is removed. Keep it, in an interceptor for instance: it is faster than asking the engine each time.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account
     */
    public AccountChecker checker(String account) {
        AccountChecker checker = lookup.checker(requireNonNull(account, "account"));
        if (checker == null) {
            throw EditPlanner.unknownAccount(account);
        }
        return checker;
    }

    /**
     * Returns the current matrix of an account: a consistent view of one revision, which never changes.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account
     */
    public PermissionMatrix matrix(String account) {
        PermissionMatrix matrix = lookup.matrix(account);
        if (matrix == null) {
            throw EditPlanner.unknownAccount(account);
        }
        return matrix;
    }

    /**
     * Returns the current matrix of an account if that takes no wait: if it is in memory, and confirmed within the staleness
     * allowed. For callers that must not block, such as event loops; whoever gets nothing asks {@link #matrix(String)} in a
     * thread that may wait.
     *
     * @return empty if the store would have to be asked, and so, too, if there is no such account
     */
    public Optional<PermissionMatrix> matrixInMemory(String account) {
        PermissionMatrix matrix = lookup.matrixInMemory(requireNonNull(account, "account"));
        if (matrix == null) {
            loader.requireOpen();
        }
        return Optional.ofNullable(matrix);
    }

    /**
     * Returns the matrices that are in memory now, those first that were confirmed longest ago: for operators. However many
     * are returned, all that are in memory are looked at; none counts as used.
     *
     * @param limit how many to return at most; {@link CacheStatistics#accounts()} tells how many there are
     * @throws IllegalArgumentException if the limit is less than 1
     */
    public List<PermissionMatrix> matricesInMemory(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is `" + limit + "`: expected 1 or more");
        }
        loader.requireOpen();
        return cache.oldest(limit, System.nanoTime());
    }

    /**
     * Returns the matrix of an account at a version or a later one, such as that of one's own commit through another
     * engine. Waits until the store has it, at most for a time.
     *
     * @param timeout how long to wait; zero to ask the store once
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account, ({@link
     *     Code#CONFLICT}) if the version is of another life or account, ({@link Code#STALE}) if the store does not have
     *     it in time
     * @throws PolicyStoreException if the store fails
     */
    public PermissionMatrix matrix(String account, Version atLeast, Duration timeout) {
        long start = System.nanoTime();
        requireNonNull(atLeast, "version");
        requireNonNull(timeout, "timeout");
        PermissionMatrix matrix = matrix(account);
        for (long wait = 1; !matrix.policy().version().isAtLeast(atLeast); wait = Math.min(2 * wait, MAX_WAIT_MILLIS)) {
            refresh(account);
            matrix = matrix(account);
            Version version = matrix.policy().version();
            if (!version.isAtLeast(atLeast)) {
                if (!version.isOfSameLife(atLeast)) {
                    throw EditPlanner.violation(
                            Code.CONFLICT,
                            "",
                            atLeast.toString(),
                            "version " + atLeast + " is of another life or account than " + version + " of account "
                                    + Violation.quote(account));
                }
                requireTime(start, timeout, account, version, atLeast);
                pause(wait);
            }
        }
        return matrix;
    }

    private static void requireTime(long start, Duration timeout, String account, Version version, Version atLeast) {
        if (System.nanoTime() - start >= timeout.toNanos()) {
            throw EditPlanner.violation(
                    Code.STALE,
                    "",
                    version.toString(),
                    "account " + Violation.quote(account) + " is at version " + version + ": expected at least "
                            + atLeast);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PolicyStoreException("interrupted while waiting for a version", e);
        }
    }

    /**
     * Returns the ids of stored accounts in the order of their code points: those that follow a given one. Loads no
     * policy.
     *
     * @param after the id that they follow, which need not exist; {@code null} for the first ones
     * @param limit how many to return at most; fewer are returned only if there are no more
     * @throws IllegalArgumentException if the limit is less than 1
     * @throws PolicyStoreException if the store fails
     */
    public List<String> accounts(@Nullable String after, int limit) {
        loader.requireOpen();
        return store.accounts(after, limit);
    }

    // other processes

    /**
     * Compares an account that is in memory with the store, and catches up with what other processes committed.
     *
     * @throws PolicyStoreException if the store fails, or has an older revision than this engine has seen
     */
    public void refresh(String account) {
        loader.requireOpen();
        AccountHolder holder = cache.holder(account);
        if (holder != null) {
            refresher.refresh(List.of(holder));
        }
    }

    /**
     * Compares all accounts that are in memory with the store, and catches up with what other processes committed.
     *
     * @throws PolicyStoreException if the store fails, or has an older revision of an account than this engine has seen;
     *     the others are compared all the same
     */
    public void refreshAll() {
        loader.requireOpen();
        refresher.refreshAll();
    }

    /**
     * Takes what the store has of an account, even if it is older than what this engine has seen, as after a backup was
     * restored: see {@link PolicyListener#wentBack}. Listeners get a resync. Reserved for the host.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account
     * @throws PolicyStoreException if the store fails
     */
    public void acceptStored(String account) {
        committer.acceptStored(requireNonNull(account, "account"));
    }

    /**
     * Returns how long ago the matrix of an account was known to be what is stored; empty if it is not in memory. {@link
     * CacheStatistics#maxAge()} is that of the oldest.
     */
    public Optional<Duration> age(String account) {
        AccountHolder holder = cache.holder(account);
        return holder == null ? Optional.empty() : Optional.of(Duration.ofNanos(holder.ageAt(System.nanoTime())));
    }

    /**
     * Returns the current policy of an account.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account
     */
    public Policy policy(String account) {
        return matrix(account).policy();
    }

    /**
     * Returns what the stored policy of an account violates under the catalog and rules of this engine: another release
     * may have written it. It answers checks all the same; permissions that the catalog lacks grant nothing. A commit
     * is accepted if every violation of its result was there before (S2).
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account
     */
    public List<Violation> violations(String account) {
        return policy(account).violations();
    }

    // writes

    /**
     * Creates an account with its first policy, at revision 1 of a new life, whatever the version of the given policy.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_EXISTS}) if the account exists, or with everything that the
     *     policy violates under the catalog and rules of this engine, or ({@link Code#INVARIANT_BROKEN}) with each user of
     *     whom an {@linkplain Builder#invariants invariant} is not true; that there are enough users is not asked for yet
     * @throws PolicyStoreException if the policy could not be stored
     */
    public Commit create(Policy policy) {
        return committer.create(rebindChecked(policy).withVersion(Version.first()));
    }

    /**
     * Replaces the whole policy of an account, with a backup for instance. It becomes the revision after the stored
     * one, whatever the revision of the given policy. Reserved for the host.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account, with everything
     *     that the policy violates under the catalog and rules of this engine, ({@link Code#LAST_HOLDER}) if it would
     *     leave nobody with a permission that the rules {@linkplain PolicyRules#lockout() protect from lockout}, or
     *     ({@link Code#INVARIANT_BROKEN}) if it would break {@linkplain Builder#invariants invariants}
     * @throws PolicyStoreException if the policy could not be stored
     */
    public Commit replace(Policy policy) {
        return committer.replace(rebindChecked(policy));
    }

    private Policy rebindChecked(Policy policy) {
        Policy rebound = policy.reboundTo(catalog, rules);
        Violation.Collector violations = new Violation.Collector();
        rebound.violations().forEach(violations::add);
        violations.throwIfAny();
        return rebound;
    }

    /**
     * Removes an account and everything that is stored of it. Its checkers are false forever, even if an account with
     * the same id is created later. Reserved for the host.
     *
     * @return false if there was no such account
     * @throws PolicyStoreException if the account could not be removed
     */
    public boolean remove(String account) {
        return committer.remove(requireNonNull(account, "account"));
    }

    /**
     * Commits changes to the policy of an account, as the host itself and on whichever revision is current.
     *
     * @throws PolicyViolationException with every reason to refuse the changes
     * @throws PolicyStoreException if the result could not be stored; if the outcome is unknown, it may have been
     *     stored
     */
    public Commit commit(String account, Change... changes) {
        return commit(PolicyEdit.of(account).changes(changes));
    }

    /**
     * Commits an edit. One that changes nothing takes no revision, and is neither stored nor reported to listeners: its
     * commit has the current revision and no effects.
     *
     * @throws PolicyViolationException with every reason to refuse the edit: {@link Code#CONFLICT} if the policy is at
     *     another revision than the edit expects, {@link Code#FORBIDDEN} and {@link Code#ESCALATION} from the guard,
     *     {@link Code#LIMIT_EXCEEDED} for more than 100,000 changes, whatever {@link Policy#apply} finds, and {@link
     *     Code#INVARIANT_BROKEN} if it would break {@linkplain Builder#invariants invariants}
     * @throws PolicyStoreException if the result could not be stored; if the outcome is unknown, it may have been
     *     stored
     */
    public Commit commit(PolicyEdit edit) {
        try {
            return committer.commit(requireNonNull(edit, "edit"));
        } catch (PolicyViolationException e) {
            refusals.refused(edit, e);
            throw e;
        }
    }

    /**
     * Returns what an edit would lead to, without writing anything. Generated ids differ from those of a later commit.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account
     */
    public Preview preview(PolicyEdit edit) {
        PermissionMatrix matrix = committer.newestMatrix(edit.account());
        if (matrix == null) {
            throw EditPlanner.unknownAccount(edit.account());
        }
        try {
            EditPlanner.requireSize(edit);
            return Preview.accepted(matrix, planner.plan(matrix, edit));
        } catch (PolicyViolationException e) {
            return Preview.refused(matrix, e);
        }
    }

    // listeners, statistics, end

    /** Registers a listener for everything committed from now on; has no effect if it is registered already. */
    public void addListener(PolicyListener listener) {
        dispatcher.add(requireNonNull(listener, "listener"));
    }

    /** Removes a listener: once a call in progress has returned, it is not called any more. */
    public void removeListener(PolicyListener listener) {
        dispatcher.remove(requireNonNull(listener, "listener"));
    }

    /** Returns what the cache holds, and how often policies were loaded. */
    public CacheStatistics statistics() {
        return loader.statistics();
    }

    /**
     * Closes this engine. Writes under way are completed and reported to listeners; this method waits for them and for
     * the listeners, for some seconds at most. From now on, every question and every write throws an {@link
     * IllegalStateException}. Closing the store is up to the host. Closing an engine again does nothing and returns at
     * once.
     */
    @Override
    public void close() {
        if (gate.close()) {
            refresher.close();
            gate.awaitNone(patience);
            loader.close();
            cache.close();
            gate.runOnceNoneIsUnderWay(() -> dispatcher.close(patience));
        }
    }

    /** Returns the number of accounts in the cache, human-readable. */
    @Override
    public String toString() {
        return "PermissionEngine with " + cache.accounts() + " accounts in memory";
    }

    /** Evicts an account from the cache, as if its room were needed: one that was used since is put back once. */
    void evict(String account) {
        cache.evict(account);
    }

    /** Returns the number of accounts of which anything is kept. */
    int accountsInUse() {
        return registry.size();
    }

    /**
     * Builder for a {@link PermissionEngine}. Only the catalog is required.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private static final int QUEUE_LIMIT = 1_024;
        private static final Duration PATIENCE = Duration.ofSeconds(5);
        private static final Duration STORE_TIMEOUT = Duration.ofSeconds(5);

        private @Nullable PermissionCatalog catalog;
        private PolicyRules rules = PolicyRules.standard();
        private List<AccessInvariant> invariants = List.of();
        private @Nullable PolicyStore store;
        private long cacheBytes = Runtime.getRuntime().maxMemory() / 4;
        private InstantSource clock = InstantSource.system();
        private Supplier<String> ids = () -> UUID.randomUUID().toString();
        private @Nullable Executor executor;
        private BiConsumer<? super PolicyListener, ? super Throwable> failures =
                (listener, thrown) -> ListenerQueue.handleUncaught(thrown);
        private final List<RefusalListener> refusalListeners = new ArrayList<>();
        private @Nullable AdminGuard guard;
        private @Nullable Duration refreshPeriod;
        private @Nullable Duration maxStaleness;
        private Duration storeTimeout = STORE_TIMEOUT;
        private int queueLimit = QUEUE_LIMIT;
        private Duration patience = PATIENCE;

        private Builder() {}

        /** Sets the catalog of every policy. Required. */
        public Builder catalog(PermissionCatalog newCatalog) {
            catalog = requireNonNull(newCatalog, "catalog");
            return this;
        }

        /** Sets the rules of every policy: the {@linkplain PolicyRules#standard() standard} ones by default. */
        public Builder rules(PolicyRules newRules) {
            rules = requireNonNull(newRules, "rules");
            return this;
        }

        /**
         * Sets what commits may not break, whoever makes them: none by default. A commit is refused with {@link
         * Code#INVARIANT_BROKEN} if it would make an invariant fail for a user at a target where it did not fail before, or leave
         * too few users with a permission, and fewer than before. So a policy that breaks an invariant already, as one that was
         * stored before the invariant was made, can still be edited and repaired. Each violation names the invariant and a
         * counterexample: the user, if it is about one, is its {@linkplain Violation#value() value}.
         *
         * <p>This is checked against the revision that the commit replaces, whichever engine made that one: all engines that
         * share a store should have the same invariants.
         *
         * <p>A commit takes more time in proportion to the users that it touches, as {@link
         * AccessInvariant#counterexamplesSince} says: one assignment is checked for its user alone. Only if fewer users than are
         * enough would be left with a permission, all who hold a role on the path of the target are counted. {@link
         * PermissionEngine#create} and {@link PermissionEngine#replace} look at all assignments.
         *
         * @throws NullPointerException if an invariant is null
         */
        public Builder invariants(List<AccessInvariant> newInvariants) {
            invariants = List.copyOf(newInvariants);
            return this;
        }

        /** Sets the store: an {@link InMemoryPolicyStore} by default. */
        public Builder store(PolicyStore newStore) {
            store = requireNonNull(newStore, "store");
            return this;
        }

        /**
         * Sets how many bytes all policies and matrices in memory may retain, not counting catalog and rules: a quarter
         * of the maximum heap by default. With zero nothing is kept, and every question asks the store.
         *
         * @throws IllegalArgumentException for a negative number
         */
        public Builder cacheBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("the cache has `" + bytes + "` bytes: expected zero or more");
            }
            cacheBytes = bytes;
            return this;
        }

        /** Sets the clock for the time of commits: the system clock by default. No decision depends on it. */
        public Builder clock(InstantSource newClock) {
            clock = requireNonNull(newClock, "clock");
            return this;
        }

        /**
         * Sets the supplier of ids for roles that are created without one: random UUIDs by default. If it returns an id
         * that the account or the batch has already, it is asked for another.
         */
        public Builder ids(Supplier<String> newIds) {
            ids = requireNonNull(newIds, "ids");
            return this;
        }

        /**
         * Sets the executor that calls listeners; it is not shut down. By default, a daemon thread of the engine does.
         */
        public Builder executor(Executor newExecutor) {
            executor = requireNonNull(newExecutor, "executor");
            return this;
        }

        /**
         * Sets the handler for exceptions thrown by listeners: by default, the {@linkplain
         * Thread#getUncaughtExceptionHandler() uncaught exception handler} of the thread that calls them.
         */
        public Builder onListenerFailure(BiConsumer<? super PolicyListener, ? super Throwable> handler) {
            failures = requireNonNull(handler, "handler");
            return this;
        }

        /** Adds a listener for refused edits and denied users. */
        public Builder onRefusal(RefusalListener listener) {
            refusalListeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Sets the guard for edits that name an actor or are restricted. By default there is none, and all are refused.
         */
        public Builder guard(AdminGuard newGuard) {
            guard = requireNonNull(newGuard, "guard");
            return this;
        }

        /**
         * Sets how often the accounts in memory are compared with the store, so that what another process commits is seen
         * at the latest then: by default never, which is right for a store that one process uses. A store that {@linkplain
         * PolicyStore#watch reports} changes is asked at once, too.
         *
         * @throws IllegalArgumentException if the period is not positive
         */
        public Builder refreshEvery(Duration period) {
            refreshPeriod = positive(period, "period");
            return this;
        }

        /**
         * Sets how old an answer may be: a question about an account that was not confirmed to be what is stored within
         * this time waits for the store, and fails with a {@link PolicyStoreException} if it does not answer in time. By
         * default, answers go on while the store is away, and {@link PermissionEngine#age} tells how old they are. Should
         * be several times the period of {@link #refreshEvery}.
         *
         * @throws IllegalArgumentException if the time is not positive
         */
        public Builder maxStaleness(Duration age) {
            maxStaleness = positive(age, "age");
            return this;
        }

        /**
         * Sets how long a question waits for the store when its account is staler than {@link #maxStaleness} allows: 5
         * seconds by default.
         *
         * @throws IllegalArgumentException if the time is not positive
         */
        public Builder storeTimeout(Duration timeout) {
            storeTimeout = positive(timeout, "timeout");
            return this;
        }

        private static Duration positive(Duration duration, String name) {
            if (requireNonNull(duration, name).isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("the " + name + " is `" + duration + "`: expected more than zero");
            }
            return duration;
        }

        /** Sets how many notices are queued for a listener before they are collapsed. */
        Builder queueLimit(int notices) {
            queueLimit = notices;
            return this;
        }

        /** Sets how long {@link PermissionEngine#close()} waits for writes, and again for listeners. */
        Builder patience(Duration newPatience) {
            patience = newPatience;
            return this;
        }

        /**
         * Returns the engine.
         *
         * @throws IllegalStateException if no catalog is given
         * @throws IllegalArgumentException if the guard was built over a catalog with another scope tree
         * @throws PolicyViolationException if the rules or invariants name a scope ({@link Code#SCOPE_INVALID}) or a
         *     permission ({@link Code#UNKNOWN_PERMISSION}) that the catalog lacks
         */
        public PermissionEngine build() {
            return new PermissionEngine(this);
        }
    }
}
