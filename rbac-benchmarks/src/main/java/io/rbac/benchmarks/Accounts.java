package io.rbac.benchmarks;

import io.rbac.benchmarks.workload.Generator;
import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.Questions.Answers;
import io.rbac.benchmarks.workload.Size;
import io.rbac.benchmarks.workload.World;
import io.rbac.benchmarks.workload.Zipf;
import io.rbac.engine.CacheStatistics;
import io.rbac.engine.Commit;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * A million accounts of fifty users behind one engine with a cache of 256 MB, asked as real traffic asks: few accounts most
 * of the time. The store makes the policy of an account from its number, so that a miss costs what compiling costs.
 */
final class Accounts {

    private static final int ACCOUNTS = 1_000_000;
    private static final Size SIZE = new Size(50, 10, 5, 20, 26);
    private static final long CACHE_BYTES = 256L << 20;
    private static final int QUESTIONS = 1 << 10;
    private static final int WARM_UP = 400_000;

    private Accounts() {}

    public static void main(String[] args) {
        int count = Integer.parseInt(args[0]);
        Store store = new Store(Generator.catalog(SIZE.groups()));
        try (PermissionEngine engine = PermissionEngine.builder()
                .catalog(store.catalog)
                .store(store)
                .cacheBytes(CACHE_BYTES)
                .build()) {
            Zipf zipf = new Zipf(ACCOUNTS, new SplittableRandom(3));
            Histogram hits = new Histogram(3);
            Histogram misses = new Histogram(3);
            ask(engine, store, zipf, WARM_UP, new Histogram(3), new Histogram(3));
            CacheStatistics before = engine.statistics();
            ask(engine, store, zipf, count, hits, misses);
            CacheStatistics after = engine.statistics();
            Map<String, Double> figures = new TreeMap<>();
            figures.put("hit rate", 1 - (double) (after.misses() - before.misses()) / count);
            figures.put(
                    "loads for each miss",
                    (double) (after.loads() - before.loads()) / (after.misses() - before.misses()));
            figures.put("hit p50 ns", (double) hits.getValueAtPercentile(50));
            figures.put("hit p99 ns", (double) hits.getValueAtPercentile(99));
            figures.put("hit p99.9 ns", (double) hits.getValueAtPercentile(99.9));
            figures.put("miss p50 ns", (double) misses.getValueAtPercentile(50));
            figures.put("miss p99 ns", (double) misses.getValueAtPercentile(99));
            figures.put("accounts in memory", (double) after.accounts());
            figures.put("bytes in memory by the weights / bound", after.bytes() / (double) CACHE_BYTES);
            figures.put("heap after collection / bound", heap(engine) / (double) CACHE_BYTES);
            ChildProcess.print(figures);
        }
    }

    private static void ask(
            PermissionEngine engine, Store store, Zipf zipf, int count, Histogram hits, Histogram misses) {
        Questions questions = Questions.about(store.world(0), QUESTIONS, false, Answers.MIXED);
        int allowed = 0;
        for (int i = 0; i < count; i++) {
            String account = "account-" + zipf.next();
            int question = i & QUESTIONS - 1;
            long loads = store.loads.sum();
            long start = System.nanoTime();
            boolean answer = engine.hasPermission(
                    account, questions.user(question), questions.permission(question), questions.target(question));
            long nanos = System.nanoTime() - start;
            allowed += answer ? 1 : 0;
            (store.loads.sum() == loads ? hits : misses).recordValue(nanos);
        }
        if (allowed == 0) {
            throw new IllegalStateException("nothing was allowed: expected some answers of each kind");
        }
    }

    /** What lives on the heap with the engine, less what lives there anyway. */
    private static long heap(PermissionEngine engine) {
        long with = live();
        engine.close();
        return with - live();
    }

    private static long live() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static final class Store implements PolicyStore {

        private final PermissionCatalog catalog;
        private final LongAdder loads = new LongAdder();

        Store(PermissionCatalog catalog) {
            this.catalog = catalog;
        }

        World world(int number) {
            return Generator.world(SIZE, catalog, number);
        }

        @Override
        public Optional<Policy> load(String account) {
            loads.increment();
            int number = Integer.parseInt(account.substring(account.indexOf('-') + 1));
            return Optional.of(world(number).policy().withRevision(1));
        }

        @Override
        public boolean create(Policy policy) {
            throw new UnsupportedOperationException("nothing is written");
        }

        @Override
        public boolean commit(Commit commit, Policy result) {
            throw new UnsupportedOperationException("nothing is written");
        }

        @Override
        public Optional<List<Commit>> commitsSince(String account, long revision) {
            return Optional.empty();
        }

        @Override
        public boolean remove(String account) {
            throw new UnsupportedOperationException("nothing is written");
        }
    }
}
