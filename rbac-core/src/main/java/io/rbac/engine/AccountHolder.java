package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One account from its creation, or first load, to its removal: the current matrix while the cache has room for it, and
 * the load or unresolved write under way. A dead holder stays dead: an account created later under the same id has
 * another.
 *
 * <p>The matrix is set under the monitor of the holder and read without it; an eviction clears it without the monitor.
 * The {@link #commitLock()} is held from the planning of an edit until its notice is queued, and never by readers. The
 * monitor may be entered while the lock is held, never the other way around, and is never held while the store is
 * called.
 */
final class AccountHolder {

    private static final AtomicReferenceFieldUpdater<AccountHolder, @Nullable PermissionMatrix> MATRIX =
            AtomicReferenceFieldUpdater.newUpdater(AccountHolder.class, PermissionMatrix.class, "matrix");

    private final ReentrantLock commitLock = new ReentrantLock();
    private final String account;
    private final MatrixCache cache;
    private final ListenerDispatcher dispatcher;
    private volatile @Nullable PermissionMatrix matrix;
    private volatile boolean dead;

    /** Whether the matrix was used since it came into the cache. A plain field: a race can only cost an extra load. */
    private boolean used;

    /** The newest version that this process has seen, {@link Version#UNCOMMITTED} for none. */
    private volatile Version known = Version.UNCOMMITTED;

    /** A moment of {@link System#nanoTime()} at which the matrix was what the store had. */
    private volatile long confirmedAt;

    /** The highest revision reported to listeners; written under {@link #commitLock()}, except by the first load. */
    private volatile long reported;

    // guarded by the monitor
    private @Nullable Load load;
    private @Nullable UnresolvedWrite unresolved;
    private @Nullable Version alarmed;

    AccountHolder(String account, MatrixCache cache, ListenerDispatcher dispatcher) {
        this.account = account;
        this.cache = cache;
        this.dispatcher = dispatcher;
    }

    String account() {
        return account;
    }

    /** Returns the lock that is held from the planning of an edit until its notice is queued. */
    ReentrantLock commitLock() {
        return commitLock;
    }

    /** Returns the current matrix, null if it is not in the cache. */
    @Nullable
    PermissionMatrix matrix() {
        return matrix;
    }

    void markUsed() {
        if (!used) {
            used = true;
        }
    }

    /** Returns whether the matrix was used since it came into the cache or since the last call. */
    boolean getAndClearUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    /** Drops a matrix that the cache has no room for, unless a newer one has replaced it. */
    void evict(PermissionMatrix evicted) {
        MATRIX.compareAndSet(this, evicted, null);
    }

    /** Returns whether the account was removed: then every answer is false, and nothing is published here any more. */
    boolean isDead() {
        return dead;
    }

    /** Returns the newest version that this process has seen, {@link Version#UNCOMMITTED} for none. */
    Version known() {
        return known;
    }

    /** Returns whether this process has seen a version of the account. */
    boolean isKnown() {
        return known.revision() > 0;
    }

    /** Returns the highest revision reported to listeners. */
    long reported() {
        return reported;
    }

    void markReported(long revision) {
        reported = Math.max(reported, revision);
    }

    /** Returns whether the outcome of a write is still unknown, so that this holder must not be forgotten. */
    synchronized boolean hasUnresolvedWrite() {
        return unresolved != null;
    }

    /**
     * Returns the load under way. If there is none, begins the given one, which the caller must run, and returns it.
     * Returns null if no load is needed.
     */
    synchronized @Nullable Load join(Load fresh) {
        if (dead || matrix != null) {
            return null;
        }
        if (load == null) {
            fresh.begin(known, unresolved);
            load = fresh;
        }
        return load;
    }

    /**
     * Ends a load with what the store returned.
     *
     * @param stored the matrix of the stored policy, null if there is none
     * @return whether the load is done; if not, the store must be asked again
     * @throws PolicyStoreException if the store has an older revision than this process has seen
     */
    synchronized boolean finish(Load finished, @Nullable PermissionMatrix stored) {
        if (finished.isOutdated() || isOfAnotherLife(stored, finished.committed())) {
            finished.begin(known, unresolved);
            return false;
        }
        load = null;
        if (!dead) {
            resolve(finished, stored);
        }
        return true;
    }

    private void resolve(Load finished, @Nullable PermissionMatrix stored) {
        unresolved = null;
        PermissionMatrix newer = finished.committed();
        Version before = finished.knownBefore();
        if (newer != null && (stored == null || version(newer).isAtLeast(version(stored)))) {
            finished.recordResult(newer);
        } else if (stored == null || before.revision() > 0 && !version(stored).isOfSameLife(before)) {
            // another process removed the account, or removed it and created it again
            if (isKnown()) {
                die(true);
            }
        } else if (!version(stored).isOfSameLife(before) || version(stored).isAtLeast(before)) {
            if (!isKnown()) {
                reported = Math.max(reported, version(stored).revision());
            }
            keep(stored, finished.askedAt());
            finished.recordResult(stored);
        } else {
            throw wentBack(version(stored));
        }
    }

    /** Returns whether a policy was stored in another life than one that was committed since the store was asked. */
    private static boolean isOfAnotherLife(@Nullable PermissionMatrix stored, @Nullable PermissionMatrix committed) {
        return stored != null && committed != null && !version(stored).isOfSameLife(version(committed));
    }

    /** Returns the failure for an older revision in the store, as after a backup was restored. */
    PolicyStoreException wentBack(Version stored) {
        return new PolicyStoreException(
                "the store has version " + stored + " of account " + Violation.quote(account) + ", which is older than "
                        + known + " that was seen: expected that version or a later one",
                null);
    }

    /** Ends a load that failed, if it is under way; it still has a result if a commit was published in the meantime. */
    synchronized void fail(Load failed) {
        if (load != failed) {
            return;
        }
        load = null;
        PermissionMatrix newer = failed.committed();
        if (newer != null && !dead && !failed.isOutdated()) {
            failed.recordResult(newer);
        }
    }

    /**
     * Makes the matrix of a commit current, unless that revision or a newer one is known; returns whether it did.
     *
     * @param asked when it began to be written
     */
    synchronized boolean publish(PermissionMatrix committed, long asked) {
        if (dead || known.isAtLeast(version(committed))) {
            return false;
        }
        if (load != null) {
            load.recordCommit(committed);
        }
        keep(committed, asked);
        return true;
    }

    /** Makes the matrix that stored commits of others lead to current, and queues them; called with the commit lock. */
    synchronized void catchUp(PermissionMatrix matrix, List<Commit> commits, long asked) {
        if (publish(matrix, asked)) {
            commits.forEach(this::reportCommit);
        } else if (!dead && known.equals(version(matrix))) {
            confirmedAt = Math.max(confirmedAt, asked);
        }
    }

    /**
     * What was known of an account at some moment.
     *
     * @param version the newest version that was known
     * @param at the moment, of {@link System#nanoTime()}
     */
    record Seen(Version version, long at) {}

    /** Returns what is known now, before the store is asked. */
    Seen seen() {
        long now = System.nanoTime();
        return new Seen(known, now);
    }

    /**
     * Compares the matrix with the version that the store has.
     *
     * @param seen what was known before the store was asked
     * @param stored the version that it had, null if it had none
     * @return whether nothing has to be done: the matrix is what the store had, is newer than when it was asked, or is not
     *     in memory
     */
    synchronized boolean confirm(Seen seen, @Nullable Version stored) {
        if (dead || matrix == null || !known.equals(seen.version())) {
            return true;
        }
        if (!known.equals(stored)) {
            return false;
        }
        confirmedAt = Math.max(confirmedAt, seen.at());
        return true;
    }

    /** Returns how long before a moment the matrix was known to be what the store has, in nanoseconds. */
    long ageAt(long moment) {
        return moment - confirmedAt;
    }

    /** Returns whether an older version in the store is to be reported: it was not before. */
    synchronized boolean isAlarmedBy(Version stored) {
        boolean isNew = !stored.equals(alarmed);
        alarmed = stored;
        return isNew;
    }

    /** Forgets which versions were seen: whatever the store has is taken by the next load. */
    synchronized void acceptStored() {
        known = Version.UNCOMMITTED;
        alarmed = null;
        reported = 0;
        invalidate();
    }

    /** Queues the notice of a commit, unless the account's removal through another process was noticed first. */
    synchronized void reportCommit(Commit commit) {
        if (!dead) {
            dispatcher.queueGap(this, commit.revision() - 1);
            dispatcher.queueCommit(this, commit);
        }
    }

    private void keep(PermissionMatrix newest, long asked) {
        confirmedAt = asked;
        known = version(newest);
        matrix = newest;
        cache.put(this, newest);
    }

    /** Drops the matrix because the store has something else: the next question loads. */
    synchronized void invalidate() {
        if (dead) {
            return;
        }
        matrix = null;
        cache.remove(this);
        if (load != null) {
            load.markOutdated();
        }
    }

    /** Drops the matrix because a write may have happened: the store decides that before the next answer. */
    synchronized void invalidateUntilResolved(UnresolvedWrite write) {
        unresolved = dead ? null : write;
        invalidate();
    }

    /**
     * Makes every answer false from now on.
     *
     * @param reportRemoval whether to report the removal to listeners, before the account can be created again
     */
    synchronized void die(boolean reportRemoval) {
        if (dead) {
            return;
        }
        if (reportRemoval) {
            dispatcher.queueRemoval(account);
        }
        cache.remove(this);
        dead = true;
        matrix = null;
        unresolved = null;
    }

    private static Version version(PermissionMatrix matrix) {
        return matrix.policy().version();
    }
}
