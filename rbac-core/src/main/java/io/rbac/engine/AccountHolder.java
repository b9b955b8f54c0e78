package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One account from its creation, or first load, to its removal: the current matrix while the cache has room for it, and
 * what is under way. One that is dead stays so: an account created later under the same id has another holder.
 *
 * <p>The matrix is set under the monitor of the holder and read without it; an eviction takes it out without the monitor.
 * The lock {@link #commits()} is held from the resolution of an edit to the notice of it, and never by readers; the monitor
 * is taken inside of it, never the other way, and never while a store is asked.
 */
final class AccountHolder {

    private static final AtomicReferenceFieldUpdater<AccountHolder, @Nullable PermissionMatrix> MATRIX =
            AtomicReferenceFieldUpdater.newUpdater(AccountHolder.class, PermissionMatrix.class, "matrix");

    private final ReentrantLock commits = new ReentrantLock();
    private final String account;
    private final MatrixCache cache;
    private final Notices notices;
    private volatile @Nullable PermissionMatrix matrix;
    private volatile boolean dead;

    /** Whether the matrix was asked since it came into the cache; written without order, as it decides nothing but room. */
    private boolean used;

    /** The highest revision that this process has had in hand, zero for none. */
    private volatile long known;

    /** The highest revision that listeners were told of; written under {@link #commits()} but for the first time. */
    private volatile long told;

    // guarded by the monitor
    private @Nullable Load load;
    private @Nullable Doubt doubt;

    AccountHolder(String account, MatrixCache cache, Notices notices) {
        this.account = account;
        this.cache = cache;
        this.notices = notices;
    }

    String account() {
        return account;
    }

    /** Returns the lock that is held from the resolution of an edit to the notice of it. */
    ReentrantLock commits() {
        return commits;
    }

    /** Returns the current matrix, null if it is not in the cache. */
    @Nullable
    PermissionMatrix matrix() {
        return matrix;
    }

    void use() {
        if (!used) {
            used = true;
        }
    }

    /** Returns whether the matrix was used, and forgets it. */
    boolean takeUse() {
        boolean was = used;
        used = false;
        return was;
    }

    /** Takes a matrix out that the cache has no room for, unless a newer one is there. */
    void evict(PermissionMatrix evicted) {
        MATRIX.compareAndSet(this, evicted, null);
    }

    boolean isDead() {
        return dead;
    }

    long known() {
        return known;
    }

    long told() {
        return told;
    }

    void tell(long revision) {
        told = Math.max(told, revision);
    }

    /** Whether the next thing to do with this account depends on what is kept here. */
    synchronized boolean isInDoubt() {
        return doubt != null;
    }

    /** Returns the load under way, the one given, for the caller to carry out, if there is none, or null if none is needed. */
    synchronized @Nullable Load join(Load fresh) {
        if (dead || matrix != null) {
            return null;
        }
        if (load == null) {
            fresh.begin(known, doubt);
            load = fresh;
        }
        return load;
    }

    /**
     * Ends a load with what the store had.
     *
     * @param stored the matrix of what the store had, null if it had nothing
     * @return whether the load is done; if not, the store has to be asked once more
     */
    synchronized boolean finish(Load finished, @Nullable PermissionMatrix stored) {
        if (finished.isOutdated()) {
            finished.begin(known, doubt);
            return false;
        }
        load = null;
        if (!dead) {
            settle(finished, stored);
        }
        return true;
    }

    private void settle(Load finished, @Nullable PermissionMatrix stored) {
        doubt = null;
        PermissionMatrix newer = finished.committed();
        if (newer != null && (stored == null || revision(stored) <= revision(newer))) {
            finished.result(newer);
        } else if (stored == null || revision(stored) < finished.knownBefore()) {
            // the account went, or went and came again, through another process
            if (known > 0) {
                die(true);
            }
        } else {
            if (known == 0) {
                told = Math.max(told, revision(stored));
            }
            keep(stored);
            finished.result(stored);
        }
    }

    /** Ends a load that failed, if it is under way; what was committed meanwhile is an answer all the same. */
    synchronized void fail(Load failed) {
        if (load != failed) {
            return;
        }
        load = null;
        PermissionMatrix newer = failed.committed();
        if (newer != null && !dead && !failed.isOutdated()) {
            failed.result(newer);
        }
    }

    /** Puts in the matrix of what was committed, unless one of its revision or a newer one was there. */
    synchronized boolean publish(PermissionMatrix committed) {
        if (dead || revision(committed) <= known) {
            return false;
        }
        if (load != null) {
            load.committed(committed);
        }
        keep(committed);
        return true;
    }

    private void keep(PermissionMatrix newest) {
        known = revision(newest);
        matrix = newest;
        cache.put(this, newest);
    }

    /** Takes the matrix out, because the store has something else: the next question loads. */
    synchronized void mistrust() {
        if (dead) {
            return;
        }
        matrix = null;
        cache.remove(this);
        if (load != null) {
            load.outdate();
        }
    }

    /** Takes the matrix out, because a write may have happened: what is stored decides before the next answer. */
    synchronized void doubt(Doubt newDoubt) {
        doubt = dead ? null : newDoubt;
        mistrust();
    }

    /**
     * Makes every answer from now on a no.
     *
     * @param isNews whether listeners are to be told that the account went: before another can be created
     */
    synchronized void die(boolean isNews) {
        if (dead) {
            return;
        }
        if (isNews) {
            notices.removed(account);
        }
        cache.remove(this);
        dead = true;
        matrix = null;
        doubt = null;
    }

    private static long revision(PermissionMatrix matrix) {
        return matrix.policy().revision();
    }
}
