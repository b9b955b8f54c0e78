package io.rbac.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Admits writes until the engine is closed, and delays its shutdown until those under way have ended, so that whatever
 * they store reaches the listeners.
 */
final class CommitGate {

    // guarded by the monitor
    private int underWay;
    private boolean closed;
    private @Nullable Runnable pendingShutdown;

    /**
     * Admits a write, which must {@link #leave} when it ends.
     *
     * @throws IllegalStateException if the engine is closed
     */
    synchronized void enter() {
        if (closed) {
            throw AccountLoader.closedException();
        }
        underWay++;
    }

    /** Ends a write. The last one shuts the engine down if nobody waited for it. */
    void leave() {
        Runnable shutdown = null;
        synchronized (this) {
            underWay--;
            if (underWay == 0) {
                shutdown = pendingShutdown;
                pendingShutdown = null;
            }
            notifyAll();
        }
        if (shutdown != null) {
            shutdown.run();
        }
    }

    /** Admits no more writes; returns false if the gate was closed before. */
    synchronized boolean close() {
        boolean wasOpen = !closed;
        closed = true;
        return wasOpen;
    }

    /** Waits until no write is under way, so much time has passed or the thread is interrupted. */
    synchronized void awaitNone(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (long millis = patience.toMillis(); underWay > 0 && millis > 0; ) {
                wait(millis);
                millis = (deadline - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does something, under no lock: in this thread if no write is under way, else in that of the last one. */
    void runOnceNoneIsUnderWay(Runnable shutdown) {
        synchronized (this) {
            if (underWay > 0) {
                pendingShutdown = shutdown;
                return;
            }
        }
        shutdown.run();
    }
}
