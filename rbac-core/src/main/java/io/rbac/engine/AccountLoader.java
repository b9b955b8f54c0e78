package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.PolicyRules;
import io.rbac.model.Violation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Brings the matrix of an account into its holder: one load at a time for each account. */
final class AccountLoader {

    private final PolicyStore store;
    private final PermissionCatalog catalog;
    private final PolicyRules rules;
    private final MatrixCache cache;
    private final Notices notices;
    private final LongAdder misses = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder failedLoads = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
    private volatile boolean closed;

    AccountLoader(PolicyStore store, PermissionCatalog catalog, PolicyRules rules, MatrixCache cache, Notices notices) {
        this.store = store;
        this.catalog = catalog;
        this.rules = rules;
        this.cache = cache;
        this.notices = notices;
    }

    /**
     * Returns the current matrix of an account, null if there is no such account or the holder is dead.
     *
     * @throws PolicyStoreException if it has to be loaded and cannot
     */
    @Nullable
    PermissionMatrix matrix(AccountHolder holder) {
        PermissionMatrix matrix = holder.matrix();
        return matrix == null ? loaded(holder) : matrix;
    }

    private @Nullable PermissionMatrix loaded(AccountHolder holder) {
        misses.increment();
        while (!holder.isDead()) {
            requireOpen();
            Load fresh = new Load();
            try {
                Load load = holder.join(fresh);
                if (load != null) {
                    return load.isMine() ? lead(holder, load) : load.await();
                }
            } catch (RuntimeException | Error e) {
                // it may have failed before it began to be carried out: nobody shall wait for it
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

    private @Nullable PermissionMatrix lead(AccountHolder holder, Load load) {
        long start = System.nanoTime();
        Throwable failure = null;
        try {
            PermissionMatrix stored = read(holder.account(), load.doubt());
            while (!holder.finish(load, stored)) {
                stored = read(holder.account(), load.doubt());
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
        cache.settle();
        notices.tellGap(holder);
        return load.result();
    }

    private @Nullable PermissionMatrix read(String account, @Nullable Doubt doubt) {
        loads.increment();
        Policy policy = null;
        try {
            Optional<Policy> stored = store.load(account);
            if (stored.isPresent()) {
                policy = adopt(account, stored.get());
            }
            if (doubt != null) {
                doubt.settle(store, policy);
            }
        } catch (PolicyStoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PolicyStoreException(
                    "the policy of account " + Violation.quote(account) + " could not be loaded: " + e, e);
        }
        return policy == null ? null : PermissionMatrix.compile(policy);
    }

    @SuppressWarnings("ReferenceEquality") // the very instances that every policy shares
    private Policy adopt(String account, Policy stored) {
        if (!stored.account().equals(account)) {
            throw new IllegalStateException(
                    "the store has the policy of account " + Violation.quote(stored.account()) + " instead");
        }
        return stored.catalog() == catalog && stored.rules() == rules ? stored : stored.under(catalog, rules);
    }

    void close() {
        closed = true;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
    }

    CacheStatistics statistics() {
        return new CacheStatistics(
                cache.accounts(),
                cache.bytes(),
                misses.sum(),
                loads.sum(),
                failedLoads.sum(),
                Duration.ofNanos(loadNanos.sum()),
                cache.evictions());
    }
}
