package io.rbac.test;

import static io.rbac.test.StoreLedger.isLoaded;
import static io.rbac.test.StoreLedger.isSame;
import static io.rbac.test.StoreLedger.isTrue;
import static io.rbac.test.StoreLedger.next;

import io.rbac.engine.Commit;
import io.rbac.engine.PolicyStore;
import io.rbac.model.Change;
import io.rbac.model.Policy;
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

/** What a store must do when several threads use it: for each account as if they came one after the other. */
final class StoreRaceChecks {
    private static final String ACME = "acme";
    private static final int THREADS = 8;
    private static final int COMMITS_EACH = 12;
    private static final int ROUNDS = 12;
    private static final long MAX_SECONDS = 120;

    private StoreRaceChecks() {}

    static Map<String, Consumer<PolicyStore>> all() {
        Map<String, Consumer<PolicyStore>> checks = new LinkedHashMap<>();
        checks.put("of several commits on one revision exactly one is taken", StoreRaceChecks::oneCommitWins);
        checks.put("commits of several threads make one history", StoreRaceChecks::oneHistory);
        checks.put("what is loaded is never older than what was acknowledged", StoreRaceChecks::neverOlder);
        checks.put(
                "of several creations exactly one is taken, as of several removals", StoreRaceChecks::oneCreationWins);
        checks.put(
                "an account that comes and goes is there or not, and never in between", StoreRaceChecks::comesAndGoes);
        checks.put("threads with accounts of their own do not meet", StoreRaceChecks::doNotMeet);
        return checks;
    }

    private static void oneCommitWins(PolicyStore store) {
        StoreLedger ledger = StoreLedger.created(store, ACME);
        for (int round = 0; round < ROUNDS; round++) {
            Map<Integer, StoreLedger.Next> taken = new ConcurrentHashMap<>();
            Policy base = ledger.policy();
            String prefix = "r-" + round + "-";
            together(thread -> {
                StoreLedger.Next next = next(base, Change.addTeam(prefix + thread));
                if (next.in(store)) {
                    taken.put(thread, next);
                }
            });
            isSame(1, taken.size(), "the number of commits that were taken on one revision");
            StoreLedger.Next winner = taken.values().iterator().next();
            isLoaded(winner.result(), store);
            ledger.add(winner);
        }
        ledger.isIn(store);
    }

    private static void oneHistory(PolicyStore store) {
        StoreLedger ledger = StoreLedger.created(store, ACME);
        Map<Long, StoreLedger.Next> taken = new ConcurrentHashMap<>();
        together(thread -> {
            for (int i = 0; i < COMMITS_EACH; i++) {
                StoreLedger.Next next = commitAtLast(store, "t-" + thread + "-" + i);
                isTrue(
                        taken.put(next.commit().revision(), next) == null,
                        "revision " + next.commit().revision() + " was given twice");
            }
        });
        for (StoreLedger.Next next : new TreeMap<>(taken).values()) {
            isSame(ledger.policy().revision() + 1, next.commit().revision(), "the revision that comes next");
            Policy folded = ledger.policy()
                    .apply(next.commit().changes(), next.commit().time())
                    .policy();
            isSame(folded, next.result(), "what revision " + folded.revision() + " is made of");
            ledger.add(next);
        }
        isSame(1L + THREADS * COMMITS_EACH, ledger.policy().revision(), "the last revision");
        ledger.isIn(store);
    }

    private static StoreLedger.Next commitAtLast(PolicyStore store, String team) {
        for (int i = 0; i < THREADS * COMMITS_EACH; i++) {
            StoreLedger.Next next = next(store.load(ACME).orElseThrow(), Change.addTeam(team));
            if (next.in(store)) {
                return next;
            }
        }
        throw new AssertionError("a commit was refused more often than there were others in between");
    }

    private static void neverOlder(PolicyStore store) {
        StoreLedger.created(store, ACME);
        AtomicLong acknowledged = new AtomicLong(1);
        AtomicInteger writers = new AtomicInteger(THREADS / 2);
        together(thread -> {
            if (thread < THREADS / 2) {
                try {
                    for (int i = 0; i < COMMITS_EACH; i++) {
                        long revision = commitAtLast(store, "t-" + thread + "-" + i)
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
                Policy policy = store.load(ACME).orElseThrow();
                isTrue(
                        policy.revision() >= least,
                        "revision " + policy.revision() + " was loaded after revision " + least + " was acknowledged");
                isSame(policy.revision(), policy.teams().size() + 0L, "the number of teams, one for each revision");
                store.commitsSince(ACME, least).ifPresent(commits -> areWithoutGap(commits, least));
            }
        });
    }

    private static void areWithoutGap(List<Commit> commits, long revision) {
        long last = revision;
        for (Commit commit : commits) {
            isSame(last + 1, commit.revision(), "the revision of the commit after revision " + last);
            last++;
        }
    }

    private static void oneCreationWins(PolicyStore store) {
        for (int round = 0; round < ROUNDS; round++) {
            Map<Integer, Policy> created = new ConcurrentHashMap<>();
            together(thread -> {
                Policy policy = next(StoreLedger.policy(ACME), Change.addTeam("t-" + thread))
                        .result()
                        .withRevision(1);
                if (store.create(policy)) {
                    created.put(thread, policy);
                }
            });
            isSame(1, created.size(), "the number of creations of one account that were taken");
            isLoaded(created.values().iterator().next(), store);
            AtomicInteger removed = new AtomicInteger();
            together(thread -> {
                if (store.remove(ACME)) {
                    removed.incrementAndGet();
                }
            });
            isSame(1, removed.get(), "the number of removals of one account that were taken");
            isTrue(store.load(ACME).isEmpty(), "an account that was removed was loaded");
        }
    }

    private static void comesAndGoes(PolicyStore store) {
        AtomicInteger created = new AtomicInteger();
        AtomicInteger removed = new AtomicInteger();
        together(thread -> {
            String mark = "t-" + thread;
            for (int i = 0; i < COMMITS_EACH; i++) {
                Policy first = StoreLedger.policy(ACME);
                if (store.create(first)) {
                    created.incrementAndGet();
                }
                store.load(ACME).ifPresent(policy -> {
                    isSame(policy.revision(), policy.teams().size() + 0L, "the number of teams, one for each revision");
                    next(policy, Change.addTeam(mark + policy.revision())).in(store);
                });
                if (i % 3 == 2 && store.remove(ACME)) {
                    removed.incrementAndGet();
                }
            }
        });
        int left = store.load(ACME).isPresent() ? 1 : 0;
        isSame(removed.get() + left, created.get(), "the number of creations, for the removals that were taken");
        isTrue(removed.get() > 0, "no account was removed");
    }

    private static void doNotMeet(PolicyStore store) {
        List<StoreLedger> ledgers = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            ledgers.add(StoreLedger.created(store, ACME + thread));
        }
        together(thread -> {
            StoreLedger ledger = ledgers.get(thread);
            for (int i = 0; i < COMMITS_EACH; i++) {
                ledger.commit(store, Change.addTeam("t-" + i));
                isLoaded(ledger.policy(), store);
            }
        });
        ledgers.forEach(ledger -> ledger.isIn(store));
    }

    /** Does something in each of several threads, all at once, and waits for them. */
    private static void together(Consumer<Integer> task) {
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
            throw new AssertionError("the threads are not done after " + MAX_SECONDS + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the check was interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
