package io.rbac.engine;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The notices that one listener has yet to receive, and the task that delivers them: one at a time, in order for each
 * account.
 *
 * <p>Above its limit the queue collapses: it keeps one notice for each account, which stands for all of that account.
 */
final class ListenerQueue implements Runnable {

    /** How many notices are delivered in a row, so that listeners that share a thread take turns. */
    private static final int TURN = 64;

    private final PolicyListener listener;
    private final Executor executor;
    private final BiConsumer<? super PolicyListener, ? super Throwable> failures;
    private final int limit;

    // guarded by the monitor
    private final Queue<Notice> notices = new ArrayDeque<>();
    private final Map<String, Notice> collapsed = new LinkedHashMap<>();
    private boolean scheduled;
    private boolean ended;
    private @Nullable Thread deliverer;

    ListenerQueue(
            PolicyListener listener,
            Executor executor,
            BiConsumer<? super PolicyListener, ? super Throwable> failures,
            int limit) {
        this.listener = listener;
        this.executor = executor;
        this.failures = failures;
        this.limit = limit;
    }

    PolicyListener listener() {
        return listener;
    }

    /** Queues a notice, unless this queue has ended. */
    synchronized void offer(Notice notice) {
        if (ended) {
            return;
        }
        if (notices.size() == limit) {
            notices.forEach(this::collapse);
            notices.clear();
            collapse(notice);
        } else if (collapsed.containsKey(notice.account())) {
            collapse(notice);
        } else {
            notices.add(notice);
        }
    }

    private void collapse(Notice notice) {
        collapsed.put(notice.account(), notice.collapsed());
    }

    /** Starts the delivery unless it is under way. Must not be called under any lock: the executor may run it here. */
    void schedule() {
        synchronized (this) {
            if (scheduled || isEmpty()) {
                return;
            }
            scheduled = true;
        }
        try {
            executor.execute(this);
        } catch (RuntimeException | Error e) {
            handleRejection(e);
        }
    }

    private void handleRejection(Throwable reason) {
        synchronized (this) {
            scheduled = false;
            deliverer = null;
            notifyAll();
        }
        report(reason);
    }

    @Override
    public void run() {
        for (int i = 0; i < TURN; i++) {
            Notice notice = next();
            if (notice == null) {
                return;
            }
            try {
                notice.deliverTo(listener);
            } catch (Throwable e) {
                report(e);
            }
        }
        handOver();
        try {
            executor.execute(this);
        } catch (RuntimeException | Error e) {
            handleRejection(e);
        }
    }

    /** Another thread may go on. */
    private synchronized void handOver() {
        deliverer = null;
    }

    private synchronized @Nullable Notice next() {
        Notice notice = notices.poll();
        if (notice == null && !collapsed.isEmpty()) {
            Iterator<Notice> first = collapsed.values().iterator();
            notice = first.next();
            first.remove();
        }
        deliverer = notice == null ? null : Thread.currentThread();
        if (notice == null) {
            scheduled = false;
            notifyAll();
        }
        return notice;
    }

    private void report(Throwable thrown) {
        try {
            failures.accept(listener, thrown);
        } catch (Throwable e) {
            if (e != thrown) {
                e.addSuppressed(thrown);
            }
            handleUncaught(e);
        }
    }

    /** Hands an exception to the current thread's handler; what the handler itself throws is ignored. */
    static void handleUncaught(Throwable thrown) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (RuntimeException | Error e) {
            // the virtual machine ignores it, too
        }
    }

    /** Drops what is left, and accepts nothing more. */
    synchronized void end() {
        ended = true;
        notices.clear();
        collapsed.clear();
    }

    private boolean isEmpty() {
        return notices.isEmpty() && collapsed.isEmpty();
    }

    /**
     * Waits until everything is delivered, or until a moment of {@link System#nanoTime()}; not at all in the thread
     * that delivers.
     */
    synchronized void awaitIdle(long deadline) throws InterruptedException {
        while (scheduled && deliverer != Thread.currentThread()) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return;
            }
            wait(millis);
        }
    }

    synchronized boolean isDeliveredByCurrentThread() {
        return deliverer == Thread.currentThread();
    }
}
