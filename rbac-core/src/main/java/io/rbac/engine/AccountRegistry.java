package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the single holder of an account for as long as it is in use: by the cache, by a checker, or by an operation
 * under way. Nothing is kept of an account that does not exist once no operation on it is under way.
 */
final class AccountRegistry {

    private final ConcurrentMap<String, Lease> leases = new ConcurrentHashMap<>();
    private final ReferenceQueue<AccountHolder> collected = new ReferenceQueue<>();
    private final MatrixCache cache;
    private final ListenerDispatcher dispatcher;

    AccountRegistry(MatrixCache cache, ListenerDispatcher dispatcher) {
        this.cache = cache;
        this.dispatcher = dispatcher;
    }

    /** Returns a lease on an account's holder, alive at that moment, which the caller must {@link #release}. */
    Lease acquire(String account) {
        forgetCollected();
        return leases.compute(account, (id, current) -> {
            AccountHolder holder = current == null ? null : current.get();
            if (current == null || holder == null || holder.isDead()) {
                return new Lease(new AccountHolder(id, cache, dispatcher), collected);
            }
            current.holder = holder;
            current.count++;
            return current;
        });
    }

    void release(Lease lease) {
        leases.computeIfPresent(lease.account, (id, current) -> {
            if (!current.equals(lease) || --lease.count > 0) {
                return current;
            }
            AccountHolder holder = lease.holder();
            if (holder.hasUnresolvedWrite()) {
                return lease;
            }
            lease.holder = null;
            return holder.isDead() || !holder.isKnown() ? null : lease;
        });
    }

    private void forgetCollected() {
        for (Reference<?> lease = collected.poll(); lease != null; lease = collected.poll()) {
            leases.remove(((Lease) lease).account, lease);
        }
    }

    /** Returns the number of accounts of which anything is kept. */
    int size() {
        forgetCollected();
        return leases.size();
    }

    /**
     * The entry of one holder: a strong reference while leased, else weak. Changed only within the map's operations.
     */
    static final class Lease extends WeakReference<AccountHolder> {

        private final String account;
        private @Nullable AccountHolder holder;
        private int count = 1;

        private Lease(AccountHolder holder, ReferenceQueue<AccountHolder> collected) {
            super(holder, collected);
            this.account = holder.account();
            this.holder = holder;
        }

        AccountHolder holder() {
            return requireNonNull(holder);
        }
    }
}
