package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Version;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One load of an account's policy, run by the first thread that needs it while others wait for it. What happens in the
 * meantime is recorded here, guarded by the monitor of the account's holder.
 */
final class Load {

    private final Thread leader = Thread.currentThread();
    private final CompletableFuture<@Nullable PermissionMatrix> end = new CompletableFuture<>();

    private Version knownBefore = Version.UNCOMMITTED;
    private @Nullable UnresolvedWrite unresolved;
    private @Nullable PermissionMatrix committed;
    private @Nullable PermissionMatrix result;
    private boolean outdated;
    private long askedAt;

    /** Returns whether the current thread is the one to run it. */
    boolean isLedByCurrentThread() {
        return leader == Thread.currentThread();
    }

    /** Returns the newest version that the process had seen before the store was asked. */
    Version knownBefore() {
        return knownBefore;
    }

    /** Returns the moment of {@link System#nanoTime()} before the store was asked. */
    long askedAt() {
        return askedAt;
    }

    /** Returns the write whose outcome was unknown before the store was asked, null if there was none. */
    @Nullable
    UnresolvedWrite unresolved() {
        return unresolved;
    }

    /** Returns the newest matrix that was committed since the store was asked, null if there was none. */
    @Nullable
    PermissionMatrix committed() {
        return committed;
    }

    void recordCommit(PermissionMatrix newest) {
        committed = newest;
    }

    /** Returns whether the answer of the store may be older than what it has by now. */
    boolean isOutdated() {
        return outdated;
    }

    void markOutdated() {
        outdated = true;
    }

    /** Begins, or begins again, just before the store is asked. */
    void begin(Version known, @Nullable UnresolvedWrite write) {
        knownBefore = known;
        unresolved = write;
        committed = null;
        outdated = false;
        askedAt = System.nanoTime();
    }

    /** Returns the matrix to answer from, null if there is no such account or the load failed. */
    @Nullable
    PermissionMatrix result() {
        return result;
    }

    void recordResult(PermissionMatrix matrix) {
        result = matrix;
    }

    /** Releases the waiting threads. */
    void complete(@Nullable Throwable failure) {
        if (failure == null || result != null) {
            end.complete(result);
        } else {
            end.completeExceptionally(failure);
        }
    }

    /**
     * Waits for the load to end and returns its result; an interrupt does not end the wait.
     *
     * @throws PolicyStoreException if the load failed
     */
    @Nullable
    PermissionMatrix await() {
        try {
            return end.join();
        } catch (CompletionException e) {
            Throwable failure = e.getCause() == null ? e : e.getCause();
            throw new PolicyStoreException(String.valueOf(failure.getMessage()), failure);
        }
    }
}
