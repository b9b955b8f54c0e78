package io.rbac.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy.Eviction;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.rbac.matrix.PermissionMatrix;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Decides which accounts keep their matrix in memory, by what the matrices retain. The matrix itself is in the account's
 * holder; it is put in and taken out under the holder's monitor, and evicted without it.
 *
 * <p>Who asks through a checker does not come by here, so that the account looks unused. One that is to be evicted in spite
 * of having been used is put back once, by {@link #settle()}: an eviction itself must not touch the cache.
 */
final class MatrixCache {

    /** Caffeine counts weights in an {@code int}; in steps of 64 bytes an account of 128 GB has one. */
    private static final int STEP = 64;

    /** About what an account retains beside its matrix: its holder and the entries of two tables. */
    private static final long HOLDER_BYTES = 512;

    /** How many are put back at a time, so that accounts which are used all the time do not keep one thread busy. */
    private static final int MAX_PUT_BACK = 1_000;

    private final long maximum;
    private final Cache<String, Entry> entries;
    private final Queue<Entry> usedButEvicted = new ConcurrentLinkedQueue<>();
    private final LongAdder evictions = new LongAdder();
    private volatile boolean closed;

    MatrixCache(long bytes) {
        this.maximum = bytes / STEP;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(Math.min(maximum, Long.MAX_VALUE - Integer.MAX_VALUE))
                .weigher((String account, Entry entry) -> entry.weight)
                .evictionListener(
                        (@Nullable String account, @Nullable Entry entry, RemovalCause cause) -> evicted(entry))
                .executor(Runnable::run)
                .build();
    }

    /** Returns the matrix of an account, null if it is not here. */
    @Nullable
    PermissionMatrix get(String account) {
        Entry entry = entries.getIfPresent(account);
        return entry == null ? null : entry.holder.matrix();
    }

    /** Puts in the matrix of a holder, or takes it out of the holder if it is larger than the whole cache. */
    void put(AccountHolder holder, PermissionMatrix matrix) {
        long weight = (matrix.retainedBytes() + HOLDER_BYTES + STEP - 1) / STEP;
        if (weight > maximum) {
            entries.invalidate(holder.account());
            holder.evict(matrix);
        } else {
            entries.put(holder.account(), new Entry(holder, matrix, (int) Math.min(weight, Integer.MAX_VALUE)));
        }
        if (closed) {
            entries.invalidate(holder.account());
            holder.evict(matrix);
        }
    }

    /** Takes out what a holder has here. */
    void remove(AccountHolder holder) {
        entries.invalidate(holder.account());
    }

    private void evicted(@Nullable Entry entry) {
        if (entry != null) {
            evictions.increment();
            if (entry.holder.takeUse()) {
                usedButEvicted.add(entry);
            } else {
                entry.holder.evict(entry.matrix);
            }
        }
    }

    /** Evicts one account, as for want of room. */
    void evict(String account) {
        evicted(entries.asMap().remove(account));
        settle();
    }

    /** Puts back what was used and evicted. Must not be called under the monitor of a holder. */
    void settle() {
        int left = MAX_PUT_BACK;
        for (Entry entry = usedButEvicted.poll(); entry != null; entry = usedButEvicted.poll()) {
            if (left-- > 0) {
                entry.putBackInto(entries);
            } else {
                entry.holder.evict(entry.matrix);
            }
        }
    }

    /** Takes everything out, and whatever is put in from now on. */
    void close() {
        closed = true;
        entries.asMap().values().forEach(entry -> entry.holder.mistrust());
        settle();
    }

    long accounts() {
        return entries.estimatedSize();
    }

    long bytes() {
        Optional<Eviction<String, Entry>> eviction = entries.policy().eviction();
        OptionalLong weight =
                eviction.isEmpty() ? OptionalLong.empty() : eviction.get().weightedSize();
        return weight.orElse(0) * STEP;
    }

    long evictions() {
        return evictions.sum();
    }

    private static final class Entry {

        private final AccountHolder holder;
        private final PermissionMatrix matrix;
        private final int weight;

        Entry(AccountHolder holder, PermissionMatrix matrix, int weight) {
            this.holder = holder;
            this.matrix = matrix;
            this.weight = weight;
        }

        @SuppressWarnings("ReferenceEquality") // whether it is still this very one
        void putBackInto(Cache<String, Entry> entries) {
            synchronized (holder) {
                if (holder.matrix() == matrix) {
                    entries.put(holder.account(), this);
                }
            }
        }
    }
}
