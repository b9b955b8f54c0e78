package io.rbac.benchmarks;

import io.rbac.engine.PermissionEngine;
import io.rbac.model.PermissionCatalog;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How long it takes from a commit on one engine to the right answer of another one, each with a store and connections of its
 * own, by hints alone.
 */
final class StorePropagation {

    private static final long CACHE_BYTES = 64L << 20;
    private static final int WARM_UP = 200;
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    /** Commits come at random moments, not at those at which the other engine has just looked. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long HANG_NANOS = TimeUnit.SECONDS.toNanos(60);

    private StorePropagation() {}

    /** Takes the address of a database and a number of commits. */
    public static void main(String[] args) {
        ChildProcess.print(measure(args[0], Integer.parseInt(args[1])));
    }

    static Map<String, Double> measure(String address, int commits) {
        PermissionCatalog catalog = StoreDatabases.catalog();
        Histogram fromCall = new Histogram(3);
        Histogram fromReturn = new Histogram(3);
        try (StoreAccess first = StoreAccess.open(address);
                StoreAccess second = StoreAccess.open(address);
                PermissionEngine committing = first.engine(catalog, CACHE_BYTES);
                PermissionEngine answering = second.engine(catalog, CACHE_BYTES)) {
            String account = StoreDatabases.small(0);
            StoredEdit edit = StoredEdit.of(committing.policy(account));
            boolean isThere = committing.policy(account).users().contains(StoredEdit.USER);
            SplittableRandom random = new SplittableRandom(commits);
            for (int i = -Math.min(WARM_UP, commits); i < commits; i++) {
                isThere = !isThere;
                // Has the account in memory, as it would be if it were asked about.
                answering.policy(account);
                LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
                long start = System.nanoTime();
                committing.commit(account, edit.change(isThere));
                long returned = System.nanoTime();
                while (answering.hasPermission(account, StoredEdit.USER, edit.permission(), edit.team()) != isThere) {
                    requireTime(start, account);
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                long seen = System.nanoTime();
                if (i >= 0) {
                    fromCall.recordValue(seen - start);
                    fromReturn.recordValue(seen - returned);
                }
            }
        }
        Map<String, Double> figures = new TreeMap<>();
        put(figures, "from the call of the commit", fromCall);
        put(figures, "from its return", fromReturn);
        return figures;
    }

    private static void put(Map<String, Double> figures, String what, Histogram nanos) {
        figures.put(what + ", median ms", nanos.getValueAtPercentile(50) / 1e6);
        figures.put(what + ", p99 ms", nanos.getValueAtPercentile(99) / 1e6);
    }

    private static void requireTime(long start, String account) {
        if (System.nanoTime() - start > HANG_NANOS) {
            throw new IllegalStateException("the other engine never saw a commit to `" + account + '`');
        }
    }
}
