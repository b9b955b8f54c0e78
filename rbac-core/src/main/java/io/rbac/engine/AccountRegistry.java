package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one holder of an account, as long as anybody has it: the cache, a checker, or something under way. Of an
 * account that does not exist nothing is kept once nothing is under way.
 */
final class AccountRegistry {

    private final ConcurrentMap<String, Use> uses = new ConcurrentHashMap<>();
    private final ReferenceQueue<AccountHolder> collected = new ReferenceQueue<>();
    private final MatrixCache cache;
    private final Notices notices;

    AccountRegistry(MatrixCache cache, Notices notices) {
        this.cache = cache;
        this.notices = notices;
    }

    /** Returns the use of an account's holder, to be {@linkplain #release released}. It was alive a moment ago. */
    Use acquire(String account) {
        forgetCollected();
        return uses.compute(account, (id, current) -> {
            AccountHolder holder = current == null ? null : current.get();
            if (current == null || holder == null || holder.isDead()) {
                return new Use(new AccountHolder(id, cache, notices), collected);
            }
            current.holder = holder;
            current.count++;
            return current;
        });
    }

    void release(Use use) {
        uses.computeIfPresent(use.account, (id, current) -> {
            if (!current.equals(use) || --use.count > 0) {
                return current;
            }
            AccountHolder holder = use.holder();
            if (holder.isInDoubt()) {
                return use;
            }
            use.holder = null;
            return holder.isDead() || holder.known() == 0 ? null : use;
        });
    }

    private void forgetCollected() {
        for (Reference<?> use = collected.poll(); use != null; use = collected.poll()) {
            uses.remove(((Use) use).account, use);
        }
    }

    /** Returns how many accounts something is kept of. */
    int size() {
        forgetCollected();
        return uses.size();
    }

    /** The entry of one holder: strong while it is in use. Changed within the map's operations only. */
    static final class Use extends WeakReference<AccountHolder> {

        private final String account;
        private @Nullable AccountHolder holder;
        private int count = 1;

        private Use(AccountHolder holder, ReferenceQueue<AccountHolder> collected) {
            super(holder, collected);
            this.account = holder.account();
            this.holder = holder;
        }

        AccountHolder holder() {
            return requireNonNull(holder);
        }
    }
}
