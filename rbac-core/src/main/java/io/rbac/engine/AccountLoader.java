package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Scope;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Loads the matrix of an account into its holder, with at most one load at a time for each account. */
final class AccountLoader {

    private final PolicyStore store;
    private final PermissionCatalog catalog;
    private final PolicyRules rules;
    private final MatrixCache cache;
    private final ListenerDispatcher dispatcher;
    private final PermissionMatrix nobody;
    private final LongAdder misses = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder failedLoads = new LongAdder();
    private final LongAdder failedRefreshes = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
    private volatile boolean closed;

    AccountLoader(
            PolicyStore store,
            PermissionCatalog catalog,
            PolicyRules rules,
            MatrixCache cache,
            ListenerDispatcher dispatcher) {
        this.store = store;
        this.catalog = catalog;
        this.rules = rules;
        this.cache = cache;
        this.dispatcher = dispatcher;
        this.nobody = PermissionMatrix.compile(Policy.builder()
                .account("none")
                .catalog(catalog)
                .rules(PolicyRules.builder().defaults(Scope.ACCOUNT, 0, null).build())
                .build());
    }

    /** Returns a matrix without users, targets and roles: what an account that does not exist is answered from. */
    PermissionMatrix nobody() {
        return nobody;
    }

    /**
     * Returns the current matrix of an account, null if there is no such account or the holder is dead.
     *
     * @throws PolicyStoreException if the matrix has to be loaded and the store fails
     * @throws IllegalStateException if the matrix has to be loaded and the engine is closed
     */
    @Nullable
    PermissionMatrix matrix(AccountHolder holder) {
        PermissionMatrix matrix = holder.matrix();
        return matrix == null ? load(holder) : matrix;
    }

    private @Nullable PermissionMatrix load(AccountHolder holder) {
        misses.increment();
        requireOpen();
        while (!holder.isDead()) {
            requireOpen();
            Load fresh = new Load();
            try {
                Load load = holder.join(fresh);
                if (load != null) {
                    return load.isLedByCurrentThread() ? run(holder, load) : load.await();
                }
            } catch (RuntimeException | Error e) {
                // it may have failed before it was run: nobody must wait for it
                holder.fail(fresh);
                fresh.complete(e);
                throw e;
            }
            PermissionMatrix matrix = holder.matrix();
            if (matrix != null) {
                return matrix;
            }
        }
        return null;
    }

    private @Nullable PermissionMatrix run(AccountHolder holder, Load load) {
        long start = System.nanoTime();
        Throwable failure = null;
        try {
            PermissionMatrix stored = read(holder.account(), load.unresolved());
            while (!holder.finish(load, stored)) {
                stored = read(holder.account(), load.unresolved());
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            failedLoads.increment();
            holder.fail(load);
            if (e instanceof Error || load.result() == null) {
                throw e;
            }
        } finally {
            loadNanos.add(System.nanoTime() - start);
            load.complete(failure);
        }
        cache.putBackUsed();
        dispatcher.dispatchGap(holder);
        return load.result();
    }

    private @Nullable PermissionMatrix read(String account, @Nullable UnresolvedWrite unresolved) {
        loads.increment();
        Policy policy = null;
        try {
            Optional<StoredPolicy> stored = store.load(account);
            if (stored.isPresent()) {
                policy = rebind(account, undamaged(stored.get()));
            }
            if (unresolved != null) {
                unresolved.resolve(store, policy);
            }
        } catch (PolicyStoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PolicyStoreException(
                    "the policy of account " + Violation.quote(account) + " could not be loaded: " + e, e);
        }
        return policy == null ? null : PermissionMatrix.compile(policy);
    }

    private static Policy undamaged(StoredPolicy stored) {
        Policy policy = stored.policy();
        if (!policy.digest().equals(stored.digest())) {
            throw new PolicyStoreException(
                    "the stored policy of account " + Violation.quote(policy.account()) + " at version "
                            + policy.version() + " is damaged: its digest is " + policy.digest() + ", expected "
                            + stored.digest(),
                    null);
        }
        return policy;
    }

    @SuppressWarnings("ReferenceEquality") // every policy shares these very instances
    private Policy rebind(String account, Policy stored) {
        if (!stored.account().equals(account)) {
            throw new IllegalStateException(
                    "the store has the policy of account " + Violation.quote(stored.account()) + " instead");
        }
        return stored.catalog() == catalog && stored.rules() == rules ? stored : stored.reboundTo(catalog, rules);
    }

    void countFailedRefresh() {
        failedRefreshes.increment();
    }

    /** Refuses all further loads. */
    void close() {
        closed = true;
    }

    void requireOpen() {
        if (closed) {
            throw closedException();
        }
    }

    static IllegalStateException closedException() {
        return new IllegalStateException("the engine is closed");
    }

    private long maxAge() {
        long now = System.nanoTime();
        return cache.holders().stream()
                .mapToLong(holder -> holder.ageAt(now))
                .max()
                .orElse(0);
    }

    CacheStatistics statistics() {
        return new CacheStatistics(
                cache.accounts(),
                cache.bytes(),
                misses.sum(),
                loads.sum(),
                failedLoads.sum(),
                Duration.ofNanos(loadNanos.sum()),
                cache.evictions(),
                failedRefreshes.sum(),
                Duration.ofNanos(maxAge()));
    }
}
