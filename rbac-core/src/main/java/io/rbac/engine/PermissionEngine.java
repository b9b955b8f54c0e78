package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers from the current policy of each account, and changes policies: a store keeps them, and the matrices of the
 * accounts in use are kept in memory, bounded by their size.
 *
 * <p>Each answer comes from exactly one revision. In the process that committed, every answer after the commit returned
 * is from its revision or a newer one. A commit is made as a whole or not at all, one revision after the other, whoever
 * else uses the same store.
 *
 * <p>Of an account that does not exist, a check is false and nothing is remembered; everything else is refused as {@link
 * Code#ACCOUNT_NOT_FOUND}. Every refusal is a {@link PolicyViolationException}, and then nothing was changed, stored or
 * told to a listener. What the store could not do is a {@link PolicyStoreException}, from checks as well: what cannot be
 * known is never answered. After {@link #close()} everything is an {@link IllegalStateException}.
 *
 * <p>This class is thread-safe. Readers wait for nobody but, where a matrix is not in memory, for its one load.
 *
 * @since 0.1
 */
public final class PermissionEngine implements AutoCloseable {

    private final PermissionCatalog catalog;
    private final PolicyRules rules;
    private final EditPlan plan;
    private final MatrixCache cache;
    private final Notices notices;
    private final AccountRegistry registry;
    private final AccountLoader loader;
    private final AccountReader reader;
    private final Committer committer;
    private final Duration patience;

    private PermissionEngine(Builder builder) {
        if (builder.catalog == null) {
            throw new IllegalStateException("no catalog is given: expected the catalog of the application");
        }
        this.catalog = builder.catalog;
        this.rules = builder.rules;
        this.patience = builder.patience;
        PolicyStore store = builder.store == null ? new InMemoryPolicyStore() : builder.store;
        this.plan = new EditPlan(builder.guard, builder.clock, new ChangeResolver(builder.ids));
        this.cache = new MatrixCache(builder.cacheBytes);
        this.notices = new Notices(builder.executor, builder.failures, builder.queueLimit);
        this.registry = new AccountRegistry(cache, notices);
        this.loader = new AccountLoader(store, catalog, rules, cache, notices);
        this.reader = new AccountReader(cache, registry, loader);
        this.committer = new Committer(store, plan, registry, loader, cache, notices);
    }

    /** Returns a builder of an engine. */
    public static Builder builder() {
        return new Builder();
    }

    // questions

    /** Tells whether a user of an account has the permission of a key at a target; false for whatever is unknown. */
    public boolean hasPermission(String account, String user, String permission, Target target) {
        PermissionMatrix matrix = reader.matrix(account);
        return matrix == null
                ? AccountChecker.denied(user, permission, target)
                : matrix.hasPermission(user, permission, target);
    }

    /** Tells whether a user of an account has a permission at a target; false for whatever is unknown. */
    public boolean hasPermission(String account, String user, Permission permission, Target target) {
        PermissionMatrix matrix = reader.matrix(account);
        return matrix == null
                ? AccountChecker.denied(user, permission, target)
                : matrix.hasPermission(user, permission, target);
    }

    /**
     * Returns what answers for one account, always from its current policy; false for ever once the account is removed.
     * It is what an interceptor holds; to ask it is faster than to ask the engine.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account
     */
    public PermissionChecker checker(String account) {
        PermissionChecker checker = reader.checker(requireNonNull(account, "account"));
        if (checker == null) {
            throw EditPlan.unknownAccount(account);
        }
        return checker;
    }

    /**
     * Returns the current matrix of an account: one consistent view, for as long as it is held.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account
     */
    public PermissionMatrix matrix(String account) {
        PermissionMatrix matrix = reader.matrix(account);
        if (matrix == null) {
            throw EditPlan.unknownAccount(account);
        }
        return matrix;
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
     * Returns what the stored policy of an account breaks under the catalog and the rules of this engine: something that
     * another release wrote. It is answered from all the same; what the catalog lacks grants nothing. A commit is accepted
     * if its result breaks nothing.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account
     */
    public List<Violation> violations(String account) {
        return policy(account).violations();
    }

    // writes

    /**
     * Creates an account with its first policy, at revision 1 whatever the policy states.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_EXISTS}) if the account exists, or with everything that the
     *     policy breaks under the catalog and the rules of this engine
     * @throws PolicyStoreException if it could not be stored
     */
    public Commit create(Policy policy) {
        return committer.create(adopted(policy).withRevision(1));
    }

    /**
     * Replaces the whole policy of an account, by a backup for instance, as the revision after the stored one whatever
     * the policy states. For the host alone.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account, with everything that
     *     the policy breaks under the catalog and the rules of this engine, or ({@link Code#LAST_HOLDER}) if nobody holds
     *     any more what the {@linkplain PolicyRules#lockout() rules protect} from that
     * @throws PolicyStoreException if it could not be stored
     */
    public Commit replace(Policy policy) {
        return committer.replace(adopted(policy));
    }

    private Policy adopted(Policy policy) {
        Policy adopted = policy.under(catalog, rules);
        Violation.Collector violations = new Violation.Collector();
        adopted.violations().forEach(violations::add);
        violations.throwIfAny();
        return adopted;
    }

    /**
     * Removes an account with all that is stored of it. Checkers of it answer false for ever, also when an account of the
     * same id is created later. For the host alone.
     *
     * @return false if there was no such account
     * @throws PolicyStoreException if it could not be removed
     */
    public boolean remove(String account) {
        return committer.remove(requireNonNull(account, "account"));
    }

    /**
     * Makes changes to the policy of an account, as the host itself, on whichever revision is current.
     *
     * @throws PolicyViolationException with everything for which the changes are refused
     * @throws PolicyStoreException if the result could not be stored
     */
    public Commit commit(String account, Change... changes) {
        return commit(PolicyEdit.of(account).changes(changes));
    }

    /**
     * Makes an edit. One that changes nothing takes no revision, is not stored and told to nobody: its commit is at the
     * current revision and has no effects.
     *
     * @throws PolicyViolationException with everything for which the edit is refused: {@link Code#CONFLICT} if the policy
     *     is at another revision than it expects, {@link Code#FORBIDDEN} and {@link Code#ESCALATION} by the guard, {@link
     *     Code#LIMIT_EXCEEDED} for more than 100,000 changes, and whatever {@link Policy#apply} finds
     * @throws PolicyStoreException if the result could not be stored; if the outcome is unknown, it may have been
     */
    public Commit commit(PolicyEdit edit) {
        return committer.commit(requireNonNull(edit, "edit"));
    }

    /**
     * Returns what would become of an edit. Nothing is written; ids that are made for it are not those of a later commit.
     *
     * @throws PolicyViolationException ({@link Code#ACCOUNT_NOT_FOUND}) if there is no such account
     */
    public Preview preview(PolicyEdit edit) {
        PermissionMatrix matrix = matrix(edit.account());
        try {
            EditPlan.requireSize(edit);
            return Preview.accepted(matrix.policy(), plan.plan(matrix, edit).applied());
        } catch (PolicyViolationException e) {
            return Preview.refused(matrix.policy(), e);
        }
    }

    // around

    /** Has a listener told of everything that is committed from now on; one that is told already stays as it is. */
    public void addListener(PolicyListener listener) {
        notices.add(requireNonNull(listener, "listener"));
    }

    /** Has a listener told of nothing more, once the call that it may be in has returned. */
    public void removeListener(PolicyListener listener) {
        notices.remove(requireNonNull(listener, "listener"));
    }

    /** Returns what the cache holds, and how often something had to be loaded. */
    public CacheStatistics statistics() {
        return loader.statistics();
    }

    /**
     * Ends this engine: lets listeners be told what is left, for some seconds at most, and lets the engine's own thread
     * end. What is under way is finished; whatever is asked from now on is an {@link IllegalStateException}. The store is
     * the host's to close. To close an engine twice does nothing more.
     */
    @Override
    public void close() {
        loader.close();
        cache.close();
        notices.close(patience);
    }

    /** Returns how many accounts are in the cache, for people. */
    @Override
    public String toString() {
        return "PermissionEngine with " + cache.accounts() + " accounts in memory";
    }

    /** Evicts an account from the cache, as for want of room: one that was used since is put back once. */
    void evict(String account) {
        cache.evict(account);
    }

    /** Returns how many accounts something is kept of. */
    int accountsInUse() {
        return registry.size();
    }

    /**
     * Gathers what an engine is made of.
     *
     * <p>This class is not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private static final int QUEUE_LIMIT = 1_024;
        private static final Duration PATIENCE = Duration.ofSeconds(5);

        private @Nullable PermissionCatalog catalog;
        private PolicyRules rules = PolicyRules.standard();
        private @Nullable PolicyStore store;
        private long cacheBytes = Runtime.getRuntime().maxMemory() / 4;
        private InstantSource clock = InstantSource.system();
        private Supplier<String> ids = () -> UUID.randomUUID().toString();
        private @Nullable Executor executor;
        private BiConsumer<? super PolicyListener, ? super Throwable> failures =
                (listener, thrown) -> ListenerQueue.uncaught(thrown);
        private @Nullable AdminGuard guard;
        private int queueLimit = QUEUE_LIMIT;
        private Duration patience = PATIENCE;

        private Builder() {}

        /** Sets the catalog that every policy shares. Required. */
        public Builder catalog(PermissionCatalog newCatalog) {
            catalog = requireNonNull(newCatalog, "catalog");
            return this;
        }

        /** Sets the rules that every policy shares: the {@linkplain PolicyRules#standard() standard} ones by default. */
        public Builder rules(PolicyRules newRules) {
            rules = requireNonNull(newRules, "rules");
            return this;
        }

        /** Sets the store: the memory of this process by default. */
        public Builder store(PolicyStore newStore) {
            store = requireNonNull(newStore, "store");
            return this;
        }

        /**
         * Sets how many bytes the policies and matrices in memory may retain together, catalog and rules not counted: a
         * quarter of the heap by default. With zero nothing is kept, and every question asks the store.
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

        /** Sets what tells the time of commits: the system's clock by default. No decision depends on it. */
        public Builder clock(InstantSource newClock) {
            clock = requireNonNull(newClock, "clock");
            return this;
        }

        /**
         * Sets what makes the ids of roles that are created without one: random UUIDs by default. An id that the account
         * has already is not taken; the supplier is asked for another.
         */
        public Builder ids(Supplier<String> newIds) {
            ids = requireNonNull(newIds, "ids");
            return this;
        }

        /** Sets what tells listeners: one daemon thread of the engine by default. One of the host's own is not closed. */
        public Builder executor(Executor newExecutor) {
            executor = requireNonNull(newExecutor, "executor");
            return this;
        }

        /**
         * Sets what is given that which listeners throw: by default the {@linkplain Thread#getUncaughtExceptionHandler()
         * handler} of the thread that tells them.
         */
        public Builder onListenerFailure(BiConsumer<? super PolicyListener, ? super Throwable> handler) {
            failures = requireNonNull(handler, "handler");
            return this;
        }

        /** Sets who judges edits that name an actor: nobody by default, and every such edit is refused. */
        public Builder guard(AdminGuard newGuard) {
            guard = requireNonNull(newGuard, "guard");
            return this;
        }

        Builder queueLimit(int notices) {
            queueLimit = notices;
            return this;
        }

        Builder patience(Duration newPatience) {
            patience = newPatience;
            return this;
        }

        /**
         * Returns the engine.
         *
         * @throws IllegalStateException if no catalog is given
         */
        public PermissionEngine build() {
            return new PermissionEngine(this);
        }
    }
}
