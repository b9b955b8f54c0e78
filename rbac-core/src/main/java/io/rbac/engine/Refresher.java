package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Compares the accounts in memory with what is stored, and catches up with what other processes committed: by the commits
 * since, at the cost of what they changed, or by a load.
 */
final class Refresher {

    /** How many versions are asked for in one call to the store. */
    private static final int BATCH = 1_000;

    /** How many commits are caught up with one by one; beyond that the policy is loaded. */
    private static final int MAX_COMMITS = 1_000;

    /**
     * How long a commit of this process is waited for. Mostly it is what the store was seen to have, or conflicts with it and
     * catches up by itself; without it the policy would have to be loaded.
     */
    private static final long COMMIT_MILLIS = 500;

    private final PolicyStore store;
    private final AccountLoader loader;
    private final MatrixCache cache;
    private final ListenerDispatcher dispatcher;
    private final Set<String> hinted = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isLookQueued = new AtomicBoolean();
    private final Map<AccountHolder, CompletableFuture<?>> confirming = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "rbac-refresh");
        thread.setDaemon(true);
        return thread;
    });

    private PolicyStore.@Nullable Watch watch;

    Refresher(PolicyStore store, AccountLoader loader, MatrixCache cache, ListenerDispatcher dispatcher) {
        this.store = store;
        this.loader = loader;
        this.cache = cache;
        this.dispatcher = dispatcher;
    }

    /** Begins to look for changes of other processes: at once where the store hints at them, and every so often. */
    void start(@Nullable Duration period) {
        watch = store.watch(this::hint).orElse(null);
        if (period != null) {
            ScheduledFuture<?> unused = executor.scheduleWithFixedDelay(
                    this::refreshAllOrLater, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void hint(@Nullable String account) {
        if (account == null) {
            executor.execute(this::refreshAllOrLater);
        } else if (cache.holder(account) != null && hinted.add(account) && !isLookQueued.getAndSet(true)) {
            executor.execute(this::refreshHinted);
        }
    }

    /** Looks at all accounts that were hinted at by now: while this takes its time, more of them gather. */
    private void refreshHinted() {
        isLookQueued.set(false);
        List<AccountHolder> holders = new ArrayList<>();
        for (String account : List.copyOf(hinted)) {
            hinted.remove(account);
            AccountHolder holder = cache.holder(account);
            if (holder != null) {
                holders.add(holder);
            }
        }
        refreshOrLater(holders);
    }

    private void refreshAllOrLater() {
        refreshOrLater(cache.holders());
    }

    /** Leaves what fails to the next time: until then the age of the accounts tells. */
    private void refreshOrLater(List<AccountHolder> holders) {
        try {
            refresh(holders);
        } catch (RuntimeException | Error e) {
            loader.countFailedRefresh();
        }
    }

    void refreshAll() {
        refresh(cache.holders());
    }

    /** Compares accounts with what is stored; each is tried, and the first failure is thrown in the end. */
    void refresh(List<AccountHolder> holders) {
        RuntimeException failure = null;
        for (int first = 0; first < holders.size(); first += BATCH) {
            List<AccountHolder> batch = holders.subList(first, Math.min(holders.size(), first + BATCH));
            List<AccountHolder.Seen> seen =
                    batch.stream().map(AccountHolder::seen).toList();
            Map<String, Version> versions =
                    versions(batch.stream().map(AccountHolder::account).toList());
            for (int i = 0; i < batch.size(); i++) {
                AccountHolder holder = batch.get(i);
                try {
                    compare(holder, seen.get(i), versions.get(holder.account()));
                } catch (RuntimeException e) {
                    failure = failure == null ? e : failure;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Brings an account up to date of which the store has something else than was thought. */
    void resolveConflict(AccountHolder holder) {
        if (holder.matrix() == null) {
            // a load under way may have read before the conflict
            holder.invalidate();
        } else {
            refresh(List.of(holder));
        }
    }

    private Map<String, Version> versions(List<String> accounts) {
        try {
            return store.versions(accounts);
        } catch (PolicyStoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PolicyStoreException("the versions of " + accounts.size() + " accounts are not known: " + e, e);
        }
    }

    private void compare(AccountHolder holder, AccountHolder.Seen seen, @Nullable Version stored) {
        if (holder.confirm(seen, stored)) {
            return;
        }
        if (stored != null && seen.version().isOfSameLife(stored) && !stored.isAtLeast(seen.version())) {
            if (holder.isAlarmedBy(stored)) {
                dispatcher.queueAlarm(holder.account(), holder.known(), stored);
                dispatcher.dispatch();
            }
            throw holder.wentBack(stored);
        }
        catchUp(holder, stored);
    }

    /** Makes the newest stored version current: by the commits since, or by a load. */
    private void catchUp(AccountHolder holder, @Nullable Version stored) {
        boolean locked = lock(holder);
        try {
            PermissionMatrix matrix = holder.matrix();
            if (matrix != null && stored != null && matrix.policy().version().isAtLeast(stored)) {
                return;
            }
            if (!locked || matrix == null || !appliesCommits(holder, matrix)) {
                holder.invalidate();
            }
        } finally {
            if (locked) {
                holder.commitLock().unlock();
            }
        }
        loader.matrix(holder);
        dispatcher.dispatchGap(holder);
    }

    private static boolean lock(AccountHolder holder) {
        try {
            return holder.commitLock().tryLock(COMMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean appliesCommits(AccountHolder holder, PermissionMatrix matrix) {
        long asked = System.nanoTime();
        Optional<List<Commit>> commits =
                store.history(holder.account(), matrix.policy().version(), MAX_COMMITS);
        if (commits.isEmpty() || commits.get().size() == MAX_COMMITS) {
            return false;
        }
        Policy policy = matrix.policy();
        List<Commit> applied = new ArrayList<>();
        for (Commit commit : commits.get()) {
            try {
                policy = policy.after(commit.effects());
            } catch (IllegalArgumentException e) {
                return false;
            }
            if (!policy.version().equals(commit.version()) || !policy.digest().equals(commit.digest())) {
                return false;
            }
            applied.add(commit);
        }
        holder.catchUp(matrix.updatedTo(policy), applied, asked);
        return true;
    }

    /** Waits until an account is confirmed to be what is stored, at most for a time. */
    void confirm(AccountHolder holder, Duration patience) {
        CompletableFuture<?> confirmation =
                confirming.computeIfAbsent(holder, key -> CompletableFuture.runAsync(() -> confirm(holder), executor));
        try {
            confirmation.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PolicyStoreException(
                    "the policy of account " + Violation.quote(holder.account()) + " was not confirmed within "
                            + patience,
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PolicyStoreException failure
                    ? failure
                    : new PolicyStoreException(String.valueOf(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PolicyStoreException("interrupted while an account was confirmed", e);
        }
    }

    private void confirm(AccountHolder holder) {
        try {
            refresh(List.of(holder));
        } finally {
            confirming.remove(holder);
        }
    }

    void close() {
        if (watch != null) {
            watch.close();
        }
        executor.shutdownNow();
    }
}
