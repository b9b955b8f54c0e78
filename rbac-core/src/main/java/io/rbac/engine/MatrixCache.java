package io.rbac.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy.Eviction;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.rbac.matrix.PermissionMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which accounts keep their matrix in memory, by the size of the matrices. The matrix itself is in the
 * account's holder; it is put in and removed under the holder's monitor, and evicted without it.
 *
 * <p>Questions to a checker bypass this cache, so the account looks unused. An account that is evicted although it was
 * used is put back once, by {@link #putBackUsed()}: an eviction itself must not touch the cache.
 */
final class MatrixCache {

    /** Caffeine's weights are of type {@code int}: in steps of 64 bytes they can express an account of 128 GB. */
    private static final int STEP = 64;

    /** Roughly what an account retains besides its matrix: its holder and the entries of two tables. */
    private static final long HOLDER_BYTES = 512;

    /** How many are put back at a time, so that accounts in constant use do not keep one thread busy. */
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
                        (@Nullable String account, @Nullable Entry entry, RemovalCause cause) -> onEviction(entry))
                .executor(Runnable::run)
                .build();
    }

    /** Returns the matrix of an account, null if it is not in the cache. */
    @Nullable
    PermissionMatrix get(String account) {
        Entry entry = entries.getIfPresent(account);
        return entry == null ? null : entry.holder.matrix();
    }

    /** Returns the holder of an account whose matrix is in the cache, null if it is not. */
    @Nullable
    AccountHolder holder(String account) {
        Entry entry = entries.getIfPresent(account);
        return entry == null ? null : entry.holder;
    }

    /** Returns the holders of all accounts whose matrix is in the cache. */
    List<AccountHolder> holders() {
        return entries.asMap().values().stream().map(entry -> entry.holder).toList();
    }

    /** Returns matrices in the cache, those first whose age at a moment is highest. */
    List<PermissionMatrix> oldest(int limit, long moment) {
        return holders().stream()
                .map(holder -> new Aged(holder, holder.ageAt(moment)))
                .sorted(Comparator.comparingLong(Aged::age).reversed())
                .flatMap(aged -> Stream.ofNullable(aged.holder.matrix()))
                .limit(limit)
                .toList();
    }

    /** Puts in the matrix of a holder, or drops it from the holder if it is larger than the whole cache. */
    void put(AccountHolder holder, PermissionMatrix matrix) {
        long weight = (matrix.retainedBytes() + HOLDER_BYTES + STEP - 1) / STEP;
        if (weight > maximum) {
            entries.invalidate(holder.account());
            holder.evict(matrix);
        } else {
            entries.put(holder.account(), new Entry(holder, matrix, (int) Math.min(weight, Integer.MAX_VALUE)));
        }
        dropIfClosed(holder, matrix);
    }

    private void dropIfClosed(AccountHolder holder, PermissionMatrix matrix) {
        if (closed) {
            entries.invalidate(holder.account());
            holder.evict(matrix);
        }
    }

    /** Removes the matrix of a holder. */
    void remove(AccountHolder holder) {
        entries.invalidate(holder.account());
    }

    private void onEviction(@Nullable Entry entry) {
        if (entry != null) {
            evictions.increment();
            if (entry.holder.getAndClearUsed()) {
                usedButEvicted.add(entry);
            } else {
                entry.holder.evict(entry.matrix);
            }
        }
    }

    /** Evicts one account, as if its room were needed. */
    void evict(String account) {
        onEviction(entries.asMap().remove(account));
        putBackUsed();
    }

    /** Puts back what was evicted although it was used. Must not be called under the monitor of a holder. */
    void putBackUsed() {
        int left = MAX_PUT_BACK;
        for (Entry entry = usedButEvicted.poll(); entry != null; entry = usedButEvicted.poll()) {
            if (left-- > 0 && !closed) {
                entry.putBackInto(this);
            } else {
                entry.holder.evict(entry.matrix);
            }
        }
    }

    /** Removes everything, and from now on whatever is put in. */
    void close() {
        closed = true;
        entries.asMap().values().forEach(entry -> entry.holder.invalidate());
        putBackUsed();
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

    /** A holder and its age, which may change while others are compared with it. */
    private record Aged(AccountHolder holder, long age) {}

    private static final class Entry {

        private final AccountHolder holder;
        private final PermissionMatrix matrix;
        private final int weight;

        Entry(AccountHolder holder, PermissionMatrix matrix, int weight) {
            this.holder = holder;
            this.matrix = matrix;
            this.weight = weight;
        }

        @SuppressWarnings("ReferenceEquality") // asks whether it is still this very instance
        void putBackInto(MatrixCache cache) {
            synchronized (holder) {
                if (holder.matrix() == matrix) {
                    cache.entries.put(holder.account(), this);
                    cache.dropIfClosed(holder, matrix);
                }
            }
        }
    }
}
