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
import io.rbac.engine.StoredPolicy;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Target;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A million accounts of fifty users each, behind one engine with a cache of 256 MB, under traffic like that of production:
 * most questions are about few accounts. The store makes the policy of an account from its number, so that a miss costs
 * what compiling costs.
 */
final class Accounts {

    private static final int ACCOUNTS = 1_000_000;
    private static final Size SIZE = new Size(50, 10, 5, 20, 26);
    private static final long CACHE_BYTES = 256L << 20;
    private static final int QUESTIONS = 1 << 10;
    private static final int WARM_UP = 400_000;
    private static final int STORMS = 2_000;
    private static final int STORM_THREADS = 16;

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
            figures.putAll(maps(store, (int) after.accounts(), count));
            figures.putAll(storms(store));
            ChildProcess.print(figures);
        }
    }

    /**
     * The same traffic over as many accounts in maps that never change: one look-up of the account, one of the user, one of
     * the place. An account that is not among them is made and forgotten, which evicts everything else from the caches of
     * the processor, as a miss of the engine does.
     */
    private static Map<String, Double> maps(Store store, int accounts, int count) {
        Map<String, List<Map<String, Integer>>> all = new HashMap<>();
        for (int i = 0; i < accounts; i++) {
            World world = store.world(i);
            Map<String, Integer> users = new HashMap<>();
            Map<String, Integer> places = new HashMap<>();
            IntStream.range(0, world.users()).forEach(user -> users.put(world.user(user), user));
            IntStream.range(0, world.targets()).forEach(target -> places.put(world.place(target), target));
            all.put("account-" + i, List.of(users, places));
        }
        Zipf zipf = new Zipf(ACCOUNTS, new SplittableRandom(4));
        Questions questions = Questions.about(store.world(0), QUESTIONS, false, Answers.MIXED);
        Histogram nanos = new Histogram(3);
        int found = 0;
        for (int i = 0; i < count; i++) {
            String account = "account-" + zipf.next();
            int question = i & QUESTIONS - 1;
            long start = System.nanoTime();
            List<Map<String, Integer>> maps = all.get(account);
            if (maps == null) {
                found += store.load(account).isPresent() ? 0 : 1;
            } else {
                found += maps.get(0).get(questions.user(question)) == null ? 0 : 1;
                found += maps.get(1).get(questions.place(question)) == null ? 0 : 1;
                nanos.recordValue(System.nanoTime() - start);
            }
        }
        if (found == 0) {
            throw new IllegalStateException("nothing was found: expected some of the users and places");
        }
        return Map.of(
                "three look-ups in maps, p50 ns", (double) nanos.getValueAtPercentile(50),
                "three look-ups in maps, p99 ns", (double) nanos.getValueAtPercentile(99));
    }

    /** For one account after another, many threads ask at once for the account, which is not in memory. */
    private static Map<String, Double> storms(Store store) {
        Histogram nanos = new Histogram(3);
        ExecutorService threads = Executors.newFixedThreadPool(STORM_THREADS);
        try (PermissionEngine engine = PermissionEngine.builder()
                .catalog(store.catalog)
                .store(store)
                .cacheBytes(CACHE_BYTES)
                .build()) {
            long loads = store.loads.sum();
            for (int storm = 0; storm < STORMS; storm++) {
                String account = "account-" + storm;
                CyclicBarrier together = new CyclicBarrier(STORM_THREADS);
                List<Callable<Long>> askers = Collections.nCopies(STORM_THREADS, () -> {
                    together.await();
                    long start = System.nanoTime();
                    engine.hasPermission(account, "nobody", "group_0:read", Target.account());
                    return System.nanoTime() - start;
                });
                for (Future<Long> waited : threads.invokeAll(askers)) {
                    if (storm >= STORMS / 2) {
                        nanos.recordValue(waited.get());
                    }
                }
            }
            return Map.of(
                    "storm of " + STORM_THREADS + " threads: loads for each account",
                            (double) (store.loads.sum() - loads) / STORMS,
                    "storm of " + STORM_THREADS + " threads: p50 us", nanos.getValueAtPercentile(50) / 1e3,
                    "storm of " + STORM_THREADS + " threads: p99 us", nanos.getValueAtPercentile(99) / 1e3);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a storm did not run to its end", e);
        } finally {
            threads.shutdown();
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

    /** Returns how many bytes of the heap the engine keeps alive. */
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

        private static final Version VERSION = Version.first();

        private final PermissionCatalog catalog;
        private final LongAdder loads = new LongAdder();

        Store(PermissionCatalog catalog) {
            this.catalog = catalog;
        }

        World world(int number) {
            return Generator.world(SIZE, catalog, number);
        }

        @Override
        public Optional<StoredPolicy> load(String account) {
            loads.increment();
            int number = Integer.parseInt(account.substring(account.indexOf('-') + 1));
            Policy policy = world(number).policy().withVersion(VERSION);
            return Optional.of(new StoredPolicy(policy, policy.digest()));
        }

        @Override
        public Map<String, Version> versions(Collection<String> accounts) {
            return accounts.stream().collect(Collectors.toMap(account -> account, account -> VERSION));
        }

        @Override
        public List<String> accounts(@Nullable String after, int limit) {
            throw new UnsupportedOperationException("nothing is listed");
        }

        @Override
        public boolean create(Commit first, Policy policy) {
            throw new UnsupportedOperationException("nothing is written");
        }

        @Override
        public boolean commit(Commit commit, Policy result) {
            throw new UnsupportedOperationException("nothing is written");
        }

        @Override
        public Optional<List<Commit>> history(String account, Version after, int limit) {
            return Optional.empty();
        }

        @Override
        public boolean remove(String account) {
            throw new UnsupportedOperationException("nothing is written");
        }
    }
}
