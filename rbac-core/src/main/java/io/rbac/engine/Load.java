package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The load of one account's policy, carried out by the first that asks while the others wait for it. What is known of
 * other events meanwhile is guarded by the monitor of the account's holder.
 */
final class Load {

    private final Thread leader = Thread.currentThread();
    private final CompletableFuture<@Nullable PermissionMatrix> end = new CompletableFuture<>();

    private long knownBefore;
    private @Nullable Doubt doubt;
    private @Nullable PermissionMatrix committed;
    private @Nullable PermissionMatrix result;
    private boolean outdated;

    /** Whether the current thread is the one to carry it out. */
    boolean isMine() {
        return leader == Thread.currentThread();
    }

    /** Returns the highest revision that the process had in hand before the store was asked. */
    long knownBefore() {
        return knownBefore;
    }

    /** Returns the write whose outcome was unknown before the store was asked. */
    @Nullable
    Doubt doubt() {
        return doubt;
    }

    /** Returns the newest matrix that was committed since the store was asked. */
    @Nullable
    PermissionMatrix committed() {
        return committed;
    }

    void committed(PermissionMatrix newest) {
        committed = newest;
    }

    /** Whether it is known since the store was asked that its answer may not be the newest. */
    boolean isOutdated() {
        return outdated;
    }

    void outdate() {
        outdated = true;
    }

    /** Begins, or begins again: the store is about to be asked. */
    void begin(long known, @Nullable Doubt newDoubt) {
        knownBefore = known;
        doubt = newDoubt;
        committed = null;
        outdated = false;
    }

    /** Returns the matrix to answer from, null if there is no such account. */
    @Nullable
    PermissionMatrix result() {
        return result;
    }

    void result(PermissionMatrix matrix) {
        result = matrix;
    }

    /** Lets the others go on. */
    void complete(@Nullable Throwable failure) {
        if (failure == null || result != null) {
            end.complete(result);
        } else {
            end.completeExceptionally(failure);
        }
    }

    /**
     * Waits for the end, whether or not the thread is interrupted, and returns the result.
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
