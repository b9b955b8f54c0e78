package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Effect;
import io.rbac.model.Policy;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes: one at a time for each account within this process, one revision after the other in the store.
 *
 * <p>A write is decided by the store alone: it takes the revision that follows the one it was worked out on, or none.
 * What this process has in its cache, and that it does one write at a time, only saves work.
 */
final class Committer {

    /** How often an edit that expects no revision is worked out because somebody else was faster. */
    static final int MAX_TRIES = 10;

    private final PolicyStore store;
    private final EditPlan plan;
    private final AccountRegistry registry;
    private final AccountLoader loader;
    private final MatrixCache cache;
    private final Notices notices;

    Committer(
            PolicyStore store,
            EditPlan plan,
            AccountRegistry registry,
            AccountLoader loader,
            MatrixCache cache,
            Notices notices) {
        this.store = store;
        this.plan = plan;
        this.registry = registry;
        this.loader = loader;
        this.cache = cache;
        this.notices = notices;
    }

    Commit create(Policy first) {
        return alone(first.account(), holder -> {
            if (holder.known() > 0 && isGone(holder)) {
                return null;
            }
            PermissionMatrix matrix = PermissionMatrix.compile(first);
            Commit commit = whole(null, first);
            if (holder.known() > 0 || !isMade(holder, commit, matrix, () -> store.create(first))) {
                throw EditPlan.violation(
                        Code.ACCOUNT_EXISTS,
                        "/account",
                        first.account(),
                        "account " + Violation.quote(first.account()) + " exists already");
            }
            return commit;
        });
    }

    /** Whether an account that this process knows has gone through another one: what is created then is another account. */
    private boolean isGone(AccountHolder holder) {
        holder.mistrust();
        return loader.matrix(holder) == null;
    }

    Commit replace(Policy replacement) {
        return retried(replacement.account(), (holder, matrix, read) -> {
            Policy base = matrix.policy();
            Policy result = base.replacedBy(replacement);
            return committed(holder, matrix, whole(base, result), result);
        });
    }

    private Commit whole(@Nullable Policy before, Policy after) {
        List<Effect> effects = PolicyDifference.between(before, after);
        return Commit.of(after.account(), after.revision(), null, plan.now(), null, List.of(), effects);
    }

    Commit commit(PolicyEdit edit) {
        EditPlan.requireSize(edit);
        return retried(edit.account(), (holder, cached, read) -> {
            PermissionMatrix matrix = cached;
            if (edit.expectedRevision().orElse(0) > matrix.policy().revision()) {
                holder.mistrust();
                matrix = loader.matrix(holder);
            }
            if (matrix == null) {
                return null;
            }
            PlannedCommit planned = plan.plan(matrix, edit);
            return planned.changesNothing()
                    ? unchanged(holder, planned.commit(), read)
                    : committed(
                            holder, matrix, planned.commit(), planned.applied().policy());
        });
    }

    /** Acknowledges that nothing is to be done; null if that is so only on what this process knows. */
    private @Nullable Commit unchanged(AccountHolder holder, Commit commit, boolean read) {
        if (read || isNewest(commit)) {
            return commit;
        }
        holder.mistrust();
        return null;
    }

    private boolean isNewest(Commit commit) {
        try {
            return store.commitsSince(commit.account(), commit.revision())
                    .filter(List::isEmpty)
                    .isPresent();
        } catch (PolicyStoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PolicyStoreException(
                    "whether account " + Violation.quote(commit.account()) + " was changed is not known: " + e, e);
        }
    }

    boolean remove(String account) {
        return alone(account, holder -> {
            try {
                boolean removed = isRemoved(holder);
                holder.die(removed);
                return removed;
            } catch (RuntimeException | Error e) {
                if (!(e instanceof PolicyStoreException said) || said.outcomeUnknown()) {
                    holder.mistrust();
                }
                throw e;
            }
        });
    }

    private boolean isRemoved(AccountHolder holder) {
        try {
            return store.remove(holder.account());
        } catch (RuntimeException e) {
            throw asUnknown(holder.account(), e);
        }
    }

    /** Does something while no other write of this process to the account is under way; again where it gives null. */
    private <T> T alone(String account, Function<AccountHolder, @Nullable T> work) {
        while (true) {
            AccountRegistry.Use use = registry.acquire(account);
            AccountHolder holder = use.holder();
            try {
                T result = locked(holder, work);
                if (result != null) {
                    return result;
                }
            } finally {
                registry.release(use);
                cache.settle();
                notices.tellGap(holder);
            }
        }
    }

    private <T> @Nullable T locked(AccountHolder holder, Function<AccountHolder, @Nullable T> work) {
        holder.commits().lock();
        try {
            loader.requireOpen();
            return holder.isDead() ? null : work.apply(holder);
        } finally {
            holder.commits().unlock();
        }
    }

    private Commit retried(String account, Attempt attempt) {
        return alone(account, holder -> {
            for (int i = 0; i < MAX_TRIES; i++) {
                PermissionMatrix matrix = loader.matrix(holder);
                if (matrix == null) {
                    if (holder.isDead()) {
                        return null;
                    }
                    throw EditPlan.unknownAccount(account);
                }
                Commit commit = attempt.commitOn(holder, matrix, i > 0);
                if (commit != null) {
                    return commit;
                }
            }
            throw EditPlan.violation(
                    Code.CONFLICT,
                    "",
                    null,
                    "account " + Violation.quote(account) + " was changed by others while the edit was tried "
                            + MAX_TRIES + " times: expected no other edit in between");
        });
    }

    /** Stores and publishes a commit; returns null if its revision is taken. */
    private @Nullable Commit committed(AccountHolder holder, PermissionMatrix base, Commit commit, Policy result) {
        PermissionMatrix next = base.updatedTo(result);
        if (!isMade(holder, commit, next, () -> store.commit(commit, result))) {
            holder.mistrust();
            return null;
        }
        return commit;
    }

    /** Stores and publishes a commit; returns false if its revision is taken. */
    private boolean isMade(AccountHolder holder, Commit commit, PermissionMatrix next, BooleanSupplier write) {
        try {
            boolean stored = isStored(holder, commit, next.policy(), write);
            if (stored) {
                publish(holder, next, commit);
            }
            return stored;
        } catch (PolicyStoreException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // it may be stored and not be seen
            holder.mistrust();
            throw e;
        }
    }

    private void publish(AccountHolder holder, PermissionMatrix matrix, Commit commit) {
        if (!holder.publish(matrix) && commit.revision() == 1) {
            // somebody who was asked meanwhile may have found an account that is gone since
            holder.mistrust();
        }
        notices.gap(holder, commit.revision() - 1);
        notices.committed(holder, commit);
    }

    /** Writes, and tells whether that is done; where the store cannot tell, by what it has afterwards. */
    private boolean isStored(AccountHolder holder, Commit commit, Policy result, BooleanSupplier write) {
        try {
            return write.getAsBoolean();
        } catch (RuntimeException e) {
            PolicyStoreException failure = asUnknown(holder.account(), e);
            if (!failure.outcomeUnknown()) {
                throw failure;
            }
            return isStoredAfterAll(holder, new Doubt(commit, result), failure);
        } catch (Error e) {
            holder.doubt(new Doubt(commit, result));
            throw e;
        }
    }

    private boolean isStoredAfterAll(AccountHolder holder, Doubt doubt, PolicyStoreException failure) {
        holder.doubt(doubt);
        try {
            loader.matrix(holder);
        } catch (RuntimeException | Error e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        if (doubt.outcome() == Doubt.Outcome.UNKNOWN) {
            throw failure;
        }
        return doubt.outcome() == Doubt.Outcome.HAPPENED;
    }

    /** Only what a store says itself can be relied on: after any other failure a write may have happened. */
    private static PolicyStoreException asUnknown(String account, RuntimeException thrown) {
        return thrown instanceof PolicyStoreException said
                ? said
                : new PolicyStoreException(
                        "whether account " + Violation.quote(account) + " was written is not known: " + thrown,
                        thrown,
                        true);
    }

    /** One try to work out and store a commit. */
    private interface Attempt {

        /**
         * Returns the commit, null if it has to be tried again.
         *
         * @param read whether the matrix was read from the store for this edit
         */
        @Nullable
        Commit commitOn(AccountHolder holder, PermissionMatrix matrix, boolean read);
    }
}
