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
 * What one listener has yet to be told, and the task that tells it: one at a time, in order for each account.
 *
 * <p>Over its limit the queue keeps, for each account that something is to be told of, one notice that stands for all.
 */
final class ListenerQueue implements Runnable {

    /** How many notices in a row, so that listeners which share a thread take turns. */
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
    private @Nullable Thread drainer;

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

    /** Has the listener told, unless that is under way. Must not be called under any lock: the executor may do it here. */
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
            notScheduled(e);
        }
    }

    private void notScheduled(Throwable reason) {
        synchronized (this) {
            scheduled = false;
            drainer = null;
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
                notice.tell(listener);
            } catch (Throwable e) {
                report(e);
            }
        }
        try {
            executor.execute(this);
        } catch (RuntimeException | Error e) {
            notScheduled(e);
        }
    }

    private synchronized @Nullable Notice next() {
        Notice notice = notices.poll();
        if (notice == null && !collapsed.isEmpty()) {
            Iterator<Notice> first = collapsed.values().iterator();
            notice = first.next();
            first.remove();
        }
        drainer = notice == null ? null : Thread.currentThread();
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
            uncaught(e);
        }
    }

    /** Hands what was thrown to the current thread's own handler; what that one throws is nobody's any more. */
    static void uncaught(Throwable thrown) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (RuntimeException | Error e) {
            // as the virtual machine does
        }
    }

    /** Drops what is left, and takes no more. */
    synchronized void end() {
        ended = true;
        notices.clear();
        collapsed.clear();
    }

    private boolean isEmpty() {
        return notices.isEmpty() && collapsed.isEmpty();
    }

    /** Waits until everything is told, or until a moment of {@link System#nanoTime()}, or not at all for the listener itself. */
    synchronized void awaitIdle(long deadline) throws InterruptedException {
        while (scheduled && drainer != Thread.currentThread()) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return;
            }
            wait(millis);
        }
    }

    synchronized boolean isDrainedByCurrentThread() {
        return drainer == Thread.currentThread();
    }
}
