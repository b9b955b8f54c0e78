package io.rbac.test;

import static io.rbac.test.StoreLedger.assertEqual;
import static io.rbac.test.StoreLedger.assertLoaded;
import static io.rbac.test.StoreLedger.assertTrue;
import static io.rbac.test.StoreLedger.next;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.StoredPolicy;
import io.rbac.model.Change;
import io.rbac.model.PolicyRules;
import io.rbac.model.Scope;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Checks that threads that share a store see, for each account, one call after the other. */
final class StoreRaceChecks {
    private static final String ACME = "acme";
    private static final int THREADS = 8;
    private static final int COMMITS_EACH = 12;
    private static final int ROUNDS = 12;
    private static final long MAX_SECONDS = 120;

    private StoreRaceChecks() {}

    static Map<String, Consumer<PolicyStore>> all() {
        Map<String, Consumer<PolicyStore>> checks = new LinkedHashMap<>();
        checks.put("of several commits on one revision exactly one is accepted", StoreRaceChecks::oneCommitWins);
        checks.put("commits of several threads make one history", StoreRaceChecks::oneHistory);
        checks.put("what is loaded is never older than what was acknowledged", StoreRaceChecks::isNeverOlder);
        checks.put(
                "of several creations exactly one succeeds, and of several removals", StoreRaceChecks::oneCreationWins);
        checks.put(
                "an account that is created and removed is there or not, never in between",
                StoreRaceChecks::isThereOrNot);
        checks.put("threads with accounts of their own do not interfere", StoreRaceChecks::doNotInterfere);
        return checks;
    }

    private static void oneCommitWins(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        for (int round = 0; round < ROUNDS; round++) {
            Map<Integer, StoreLedger.Next> accepted = new ConcurrentHashMap<>();
            Policy base = ledger.policy();
            String prefix = "r-" + round + "-";
            runTogether(thread -> {
                StoreLedger.Next next = next(base, Change.addTeam(prefix + thread));
                if (next.commitTo(store)) {
                    accepted.put(thread, next);
                }
            });
            assertEqual(1, accepted.size(), "the number of commits accepted on one revision");
            StoreLedger.Next winner = accepted.values().iterator().next();
            assertLoaded(winner.result(), store);
            ledger.add(winner);
        }
        ledger.assertIn(store);
    }

    private static void oneHistory(PolicyStore store) {
        StoreLedger ledger = StoreLedger.create(store, ACME);
        Map<Long, StoreLedger.Next> accepted = new ConcurrentHashMap<>();
        runTogether(thread -> {
            for (int i = 0; i < COMMITS_EACH; i++) {
                StoreLedger.Next next = commitWithRetries(store, "t-" + thread + "-" + i);
                assertTrue(
                        accepted.put(next.commit().revision(), next) == null,
                        "revision " + next.commit().revision() + " was used twice");
            }
        });
        for (StoreLedger.Next next : new TreeMap<>(accepted).values()) {
            assertEqual(ledger.policy().revision() + 1, next.commit().revision(), "the revision that comes next");
            Policy folded = ledger.policy()
                    .apply(next.commit().changes(), next.commit().time())
                    .policy();
            assertEqual(folded, next.result(), "what revision " + folded.revision() + " is made of");
            ledger.add(next);
        }
        assertEqual(1L + THREADS * COMMITS_EACH, ledger.policy().revision(), "the last revision");
        ledger.assertIn(store);
    }

    private static StoreLedger.Next commitWithRetries(PolicyStore store, String team) {
        for (int i = 0; i < THREADS * COMMITS_EACH; i++) {
            Policy stored = store.load(ACME).orElseThrow().policy();
            Policy policy = stored.reboundTo(StoreLedger.CATALOG, PolicyRules.standard());
            StoreLedger.Next next = next(policy, Change.addTeam(team));
            if (next.commitTo(store)) {
                return next;
            }
        }
        throw new AssertionError("a commit was refused more often than others were made");
    }

    private static void isNeverOlder(PolicyStore store) {
        StoreLedger.create(store, ACME);
        AtomicLong acknowledged = new AtomicLong(1);
        AtomicInteger writers = new AtomicInteger(THREADS / 2);
        runTogether(thread -> {
            if (thread < THREADS / 2) {
                try {
                    for (int i = 0; i < COMMITS_EACH; i++) {
                        long revision = commitWithRetries(store, "t-" + thread + "-" + i)
                                .commit()
                                .revision();
                        acknowledged.accumulateAndGet(revision, Math::max);
                    }
                } finally {
                    writers.decrementAndGet();
                }
                return;
            }
            while (writers.get() > 0) {
                long least = acknowledged.get();
                Policy policy = store.load(ACME).orElseThrow().policy();
                assertTrue(
                        policy.revision() >= least,
                        "revision " + policy.revision() + " was loaded after revision " + least + " was acknowledged");
                assertEqual(
                        policy.revision(),
                        policy.targets(Scope.TEAM).size() + 0L,
                        "the number of teams, one for each revision");
                store.history(ACME, policy.version().at(least), Integer.MAX_VALUE)
                        .ifPresent(commits -> assertNoGap(commits, least));
            }
        });
    }

    private static void assertNoGap(List<Commit> commits, long revision) {
        long last = revision;
        for (Commit commit : commits) {
            assertEqual(last + 1, commit.revision(), "the revision of the commit after revision " + last);
            last++;
        }
    }

    private static void oneCreationWins(PolicyStore store) {
        for (int round = 0; round < ROUNDS; round++) {
            Map<Integer, Policy> created = new ConcurrentHashMap<>();
            runTogether(thread -> {
                Policy policy = next(StoreLedger.policy(ACME), Change.addTeam("t-" + thread))
                        .result()
                        .withRevision(1);
                if (StoreLedger.first(policy).createIn(store)) {
                    created.put(thread, policy);
                }
            });
            assertEqual(1, created.size(), "the number of creations of one account");
            assertLoaded(created.values().iterator().next(), store);
            AtomicInteger removed = new AtomicInteger();
            runTogether(thread -> {
                if (store.remove(ACME)) {
                    removed.incrementAndGet();
                }
            });
            assertEqual(1, removed.get(), "the number of removals of one account");
            assertTrue(store.load(ACME).isEmpty(), "a removed account was loaded");
        }
    }

    private static void isThereOrNot(PolicyStore store) {
        AtomicInteger created = new AtomicInteger();
        AtomicInteger removed = new AtomicInteger();
        runTogether(thread -> {
            String mark = "t-" + thread;
            for (int i = 0; i < COMMITS_EACH; i++) {
                Policy first = StoreLedger.policy(ACME);
                if (StoreLedger.first(first).createIn(store)) {
                    created.incrementAndGet();
                }
                store.load(ACME).map(StoredPolicy::policy).ifPresent(policy -> {
                    assertEqual(
                            policy.revision(),
                            policy.targets(Scope.TEAM).size() + 0L,
                            "the number of teams, one for each revision");
                    next(policy, Change.addTeam(mark + policy.revision())).commitTo(store);
                });
                if (i % 3 == 2 && store.remove(ACME)) {
                    removed.incrementAndGet();
                }
            }
        });
        int left = store.load(ACME).isPresent() ? 1 : 0;
        assertEqual(removed.get() + left, created.get(), "the number of creations, compared with the removals");
        assertTrue(removed.get() > 0, "no account was removed");
    }

    private static void doNotInterfere(PolicyStore store) {
        List<StoreLedger> ledgers = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            ledgers.add(StoreLedger.create(store, ACME + thread));
        }
        runTogether(thread -> {
            StoreLedger ledger = ledgers.get(thread);
            for (int i = 0; i < COMMITS_EACH; i++) {
                ledger.commit(store, Change.addTeam("t-" + i));
                assertLoaded(ledger.policy(), store);
            }
        });
        ledgers.forEach(ledger -> ledger.assertIn(store));
    }

    /** Runs a task in each of several threads at once, and waits for them. */
    private static void runTogether(Consumer<Integer> task) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            List<Future<Void>> ends = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                Callable<Void> call = () -> {
                    start.await();
                    task.accept(thread);
                    return null;
                };
                ends.add(threads.submit(call));
            }
            for (Future<Void> end : ends) {
                end.get(MAX_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new AssertionError("the threads were not done after " + MAX_SECONDS + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the check was interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
