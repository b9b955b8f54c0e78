package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Effect;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Commits edits, and creates, replaces and removes policies: one write at a time for each account of this process. */
final class Committer {

    /*
     * An edit is planned on the matrix in memory, or on one loaded for it, and written as the revision that follows.
     *
     *   withCommitLock      one write at a time for each account of this process; starts over if the holder has died
     *     withRetries       up to MAX_TRIES times: gets the current matrix, and tries
     *       plan            resolves ids, asks the guard, applies the changes, checks invariants; writes nothing
     *       storeAndPublish
     *         write         hands commit and result to the store, which takes exactly the next revision or refuses
     *         publish       makes the new matrix current, then queues the notice for listeners
     *   dispatchGap         reports to listeners, after all locks are released
     *
     * The store alone decides: it takes the revision that follows the one that the edit was planned on, or none. The
     * matrix in memory and the lock only save work. So after a lost race the matrix catches up, and the edit is tried again; one
     * that needs no write, because it changes nothing or is refused, is answered only on the newest revision.
     *
     * If a store cannot tell whether it wrote, what it has afterwards decides (UnresolvedWrite). Until then the account
     * has no matrix in memory, so that no question is answered from the wrong one.
     */

    /** The most attempts at an edit, if other processes keep committing first. */
    static final int MAX_TRIES = 12;

    /** The longest pause before the third attempt; it doubles with each that follows. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final PolicyStore store;
    private final EditPlanner planner;
    private final InvariantRule invariants;
    private final AccountRegistry registry;
    private final AccountLoader loader;
    private final MatrixCache cache;
    private final ListenerDispatcher dispatcher;
    private final Refresher refresher;
    private final CommitGate gate;

    Committer(
            PolicyStore store,
            EditPlanner planner,
            InvariantRule invariants,
            AccountRegistry registry,
            AccountLoader loader,
            MatrixCache cache,
            ListenerDispatcher dispatcher,
            Refresher refresher,
            CommitGate gate) {
        this.store = store;
        this.planner = planner;
        this.invariants = invariants;
        this.registry = registry;
        this.loader = loader;
        this.cache = cache;
        this.dispatcher = dispatcher;
        this.refresher = refresher;
        this.gate = gate;
    }

    Commit create(Policy first) {
        return withCommitLock(first.account(), holder -> {
            if (holder.isKnown() && reload(holder) == null) {
                // another process removed it: the account to be created is a new one
                return null;
            }
            PermissionMatrix matrix = PermissionMatrix.compile(first);
            invariants.requireKeptBy(matrix, "/assignments");
            Commit commit = commitOfWhole(first, first.asEffects());
            if (holder.isKnown() || !storeAndPublish(holder, commit, matrix, () -> store.create(commit, first))) {
                throw EditPlanner.violation(
                        Code.ACCOUNT_EXISTS,
                        "/account",
                        first.account(),
                        "account " + Violation.quote(first.account()) + " exists already");
            }
            return commit;
        });
    }

    Commit replace(Policy replacement) {
        return withRetries(replacement.account(), (holder, matrix, loadedForThis) -> {
            PermissionMatrix next;
            try {
                next = matrix.updatedTo(matrix.policy().replacedBy(replacement));
                invariants.requireKept(matrix, next, "/assignments");
            } catch (PolicyViolationException refusal) {
                requireOutdated(matrix, loadedForThis, refusal);
                refresher.resolveConflict(holder);
                return null;
            }
            List<Effect> effects = next.policy().effectsSince(matrix.policy());
            return storeAndPublish(holder, next, commitOfWhole(next.policy(), effects));
        });
    }

    private Commit commitOfWhole(Policy policy, List<Effect> effects) {
        return Commit.of(
                policy.account(), policy.version(), policy.digest(), null, planner.now(), null, List.of(), effects);
    }

    Commit commit(PolicyEdit edit) {
        EditPlanner.requireSize(edit);
        return withRetries(edit.account(), (holder, matrix, loadedForThis) -> {
            EditPlanner.PlannedCommit planned;
            try {
                planned = planner.plan(matrix, edit);
            } catch (PolicyViolationException refusal) {
                requireOutdated(matrix, loadedForThis, refusal);
                refresher.resolveConflict(holder);
                return null;
            }
            if (!planned.changesNothing()) {
                return storeAndPublish(holder, planned.matrix(), planned.commit());
            }
            if (loadedForThis || isNewest(matrix.policy())) {
                return planned.commit();
            }
            refresher.resolveConflict(holder);
            return null;
        });
    }

    /** Does nothing if a refusal was given on an older revision than the stored one; otherwise it is final, and is thrown. */
    private void requireOutdated(PermissionMatrix matrix, boolean loadedForThis, PolicyViolationException refusal) {
        if (loadedForThis || isNewest(matrix.policy())) {
            throw refusal;
        }
    }

    /** Returns the matrix of the newest stored revision of an account, null if there is no such account. */
    @Nullable
    PermissionMatrix newestMatrix(String account) {
        return withHolder(account, holder -> {
            PermissionMatrix cached = loader.matrix(holder);
            return cached == null || isNewest(cached.policy()) ? cached : reload(holder);
        });
    }

    private @Nullable PermissionMatrix reload(AccountHolder holder) {
        holder.invalidate();
        return loader.matrix(holder);
    }

    private boolean isNewest(Policy policy) {
        try {
            return policy.version()
                    .equals(store.versions(List.of(policy.account())).get(policy.account()));
        } catch (PolicyStoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PolicyStoreException(
                    "whether account " + Violation.quote(policy.account()) + " was changed is not known: " + e, e);
        }
    }

    /** Takes what the store has of an account, even an older version. */
    void acceptStored(String account) {
        withCommitLock(account, holder -> {
            holder.acceptStored();
            PermissionMatrix matrix = loader.matrix(holder);
            if (matrix == null) {
                throw EditPlanner.unknownAccount(account);
            }
            dispatcher.queueResync(account, matrix.policy().revision());
            return matrix;
        });
    }

    boolean remove(String account) {
        return withCommitLock(account, holder -> {
            try {
                boolean removed = removeFromStore(account);
                holder.die(removed);
                return removed;
            } catch (RuntimeException | Error e) {
                if (!(e instanceof PolicyStoreException failure) || failure.outcomeUnknown()) {
                    holder.invalidate();
                }
                throw e;
            }
        });
    }

    private boolean removeFromStore(String account) {
        try {
            return store.remove(account);
        } catch (RuntimeException e) {
            throw asStoreException(account, e);
        }
    }

    // locks and retries

    private Commit withRetries(String account, Attempt attempt) {
        return withCommitLock(account, holder -> {
            for (int i = 0; i < MAX_TRIES; i++) {
                pauseBefore(i);
                PermissionMatrix matrix = loader.matrix(holder);
                if (matrix == null) {
                    if (holder.isDead()) {
                        return null;
                    }
                    throw EditPlanner.unknownAccount(account);
                }
                Commit commit = attempt.commitOn(holder, matrix, i > 0);
                if (commit != null) {
                    return commit;
                }
            }
            throw EditPlanner.violation(
                    Code.CONFLICT,
                    "",
                    null,
                    "account " + Violation.quote(account) + " was changed by others while the edit was tried "
                            + MAX_TRIES + " times: expected no other edit in between");
        });
    }

    /** Lets other processes go first, by chance, so that it is not always this one that loses. */
    private static void pauseBefore(int attempt) {
        if (attempt > 1) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NANOS << attempt - 2));
        }
    }

    /** One attempt to plan and store a commit. */
    private interface Attempt {

        /**
         * Returns the commit, null if it must be attempted again.
         *
         * @param loadedForThis whether the matrix was loaded from the store for this attempt
         */
        @Nullable
        Commit commitOn(AccountHolder holder, PermissionMatrix matrix, boolean loadedForThis);
    }

    /** Does work while no other write of this process to the account is under way; does it again if it returns null. */
    private <T> T withCommitLock(String account, Function<AccountHolder, @Nullable T> work) {
        while (true) {
            T result = withHolder(account, holder -> {
                gate.enter();
                try {
                    return locked(holder, work);
                } finally {
                    gate.leave();
                }
            });
            if (result != null) {
                return result;
            }
        }
    }

    private static <T> @Nullable T locked(AccountHolder holder, Function<AccountHolder, @Nullable T> work) {
        holder.commitLock().lock();
        try {
            return holder.isDead() ? null : work.apply(holder);
        } finally {
            holder.commitLock().unlock();
        }
    }

    private <T> @Nullable T withHolder(String account, Function<AccountHolder, @Nullable T> work) {
        AccountRegistry.Lease lease = registry.acquire(account);
        AccountHolder holder = lease.holder();
        try {
            return work.apply(holder);
        } finally {
            registry.release(lease);
            cache.putBackUsed();
            dispatcher.dispatchGap(holder);
        }
    }

    // store and publish

    /** Stores and publishes a commit; returns null if its revision is taken. */
    private @Nullable Commit storeAndPublish(AccountHolder holder, PermissionMatrix next, Commit commit) {
        if (!storeAndPublish(holder, commit, next, () -> store.commit(commit, next.policy()))) {
            refresher.resolveConflict(holder);
            return null;
        }
        return commit;
    }

    /** Stores and publishes a commit; returns false if its revision is taken. */
    private boolean storeAndPublish(
            AccountHolder holder, Commit commit, PermissionMatrix next, BooleanSupplier storeWrite) {
        long asked = System.nanoTime();
        try {
            boolean stored = write(holder, commit, storeWrite);
            if (stored) {
                publish(holder, next, commit, asked);
            }
            return stored;
        } catch (PolicyStoreException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // the commit may be stored but not published
            holder.invalidate();
            throw e;
        }
    }

    /** Writes, and returns whether the revision was taken; if the store cannot tell, what it has afterwards decides. */
    private boolean write(AccountHolder holder, Commit commit, BooleanSupplier storeWrite) {
        try {
            return storeWrite.getAsBoolean();
        } catch (RuntimeException e) {
            PolicyStoreException failure = asStoreException(holder.account(), e);
            if (!failure.outcomeUnknown()) {
                throw failure;
            }
            return resolve(holder, new UnresolvedWrite(commit), failure);
        } catch (Error e) {
            holder.invalidateUntilResolved(new UnresolvedWrite(commit));
            throw e;
        }
    }

    /** Loads the account to find out whether a write happened, and returns whether it did. */
    private boolean resolve(AccountHolder holder, UnresolvedWrite write, PolicyStoreException failure) {
        holder.invalidateUntilResolved(write);
        try {
            loader.matrix(holder);
        } catch (RuntimeException | Error e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        return switch (write.outcome()) {
            case HAPPENED -> true;
            case OVERTAKEN -> false;
            case UNKNOWN -> throw failure;
        };
    }

    private void publish(AccountHolder holder, PermissionMatrix matrix, Commit commit, long asked) {
        if (!holder.publish(matrix, asked) && commit.revision() == 1) {
            // a load meanwhile may have found an earlier account of this id, which has been removed since
            holder.invalidate();
        }
        holder.reportCommit(commit);
    }

    /** Only a store's own exception can rule a write out: after any other exception it may have happened. */
    private static PolicyStoreException asStoreException(String account, RuntimeException thrown) {
        return thrown instanceof PolicyStoreException failure
                ? failure
                : new PolicyStoreException(
                        "whether account " + Violation.quote(account) + " was written is not known: " + thrown,
                        thrown,
                        true);
    }
}
