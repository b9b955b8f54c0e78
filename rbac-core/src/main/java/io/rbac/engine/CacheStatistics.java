package io.rbac.engine;

import java.time.Duration;

/**
 * What an engine's cache of matrices holds, and how often policies were loaded since the engine was built.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class CacheStatistics {

    private final long accounts;
    private final long bytes;
    private final long misses;
    private final long loads;
    private final long failedLoads;
    private final Duration loadTime;
    private final long evictions;
    private final long failedRefreshes;
    private final Duration maxAge;

    CacheStatistics(
            long accounts,
            long bytes,
            long misses,
            long loads,
            long failedLoads,
            Duration loadTime,
            long evictions,
            long failedRefreshes,
            Duration maxAge) {
        this.accounts = accounts;
        this.bytes = bytes;
        this.misses = misses;
        this.loads = loads;
        this.failedLoads = failedLoads;
        this.loadTime = loadTime;
        this.evictions = evictions;
        this.failedRefreshes = failedRefreshes;
        this.maxAge = maxAge;
    }

    /** Returns the number of accounts whose matrix is in the cache. */
    public long accounts() {
        return accounts;
    }

    /** Returns roughly how many bytes the matrices in the cache retain. */
    public long bytes() {
        return bytes;
    }

    /** Returns how many questions found no matrix in the cache, and so loaded it or waited for a load under way. */
    public long misses() {
        return misses;
    }

    /** Returns how often the store was asked for a policy, including failed loads and unknown accounts. */
    public long loads() {
        return loads;
    }

    /** Returns how many of the loads failed. */
    public long failedLoads() {
        return failedLoads;
    }

    /** Returns the total time of all loads, including compilation. */
    public Duration loadTime() {
        return loadTime;
    }

    /** Returns how often a matrix was evicted to make room for others. */
    public long evictions() {
        return evictions;
    }

    /** Returns how many comparisons with the store failed in the background: they are made again. */
    public long failedRefreshes() {
        return failedRefreshes;
    }

    /** Returns how long ago the oldest matrix in the cache was known to be what is stored; zero if there is none. */
    public Duration maxAge() {
        return maxAge;
    }

    /** Returns all figures, human-readable. */
    @Override
    public String toString() {
        return "CacheStatistics accounts=" + accounts + " bytes=" + bytes + " misses=" + misses + " loads=" + loads
                + " failedLoads=" + failedLoads + " loadTime=" + loadTime + " evictions=" + evictions
                + " failedRefreshes=" + failedRefreshes + " maxAge=" + maxAge;
    }
}
