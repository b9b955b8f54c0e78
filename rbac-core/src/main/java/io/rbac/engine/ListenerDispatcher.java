package io.rbac.engine;

import io.rbac.model.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports to listeners what happened. Notices of an account's commits are queued under its commit lock, and so in
 * order; they are delivered when no lock is held.
 */
final class ListenerDispatcher {

    /** How long the engine's own thread may be idle before it ends. */
    private static final long IDLE_SECONDS = 10;

    private final List<ListenerQueue> queues = new CopyOnWriteArrayList<>();
    private final @Nullable ThreadPoolExecutor ownExecutor;
    private final Executor executor;
    private final BiConsumer<? super PolicyListener, ? super Throwable> failures;
    private final int limit;

    ListenerDispatcher(
            @Nullable Executor executor, BiConsumer<? super PolicyListener, ? super Throwable> failures, int limit) {
        if (executor == null) {
            ThreadPoolExecutor daemon = daemonExecutor();
            this.ownExecutor = daemon;
            this.executor = daemon;
        } else {
            this.ownExecutor = null;
            this.executor = executor;
        }
        this.failures = failures;
        this.limit = limit;
    }

    private static ThreadPoolExecutor daemonExecutor() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "rbac-listeners");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Adds a listener; one that is there already stays as it is. */
    synchronized void add(PolicyListener listener) {
        if (queues.stream().noneMatch(queue -> queue.listener() == listener)) {
            queues.add(new ListenerQueue(listener, executor, failures, limit));
        }
    }

    /** Removes a listener; notices that it has not received are dropped. */
    synchronized void remove(PolicyListener listener) {
        List<ListenerQueue> ended =
                queues.stream().filter(queue -> queue.listener() == listener).toList();
        queues.removeAll(ended);
        ended.forEach(ListenerQueue::end);
    }

    /** Queues a commit. The caller holds the commit lock of the account. */
    void queueCommit(AccountHolder holder, Commit commit) {
        offer(Notice.committed(commit));
        holder.markReported(commit.revision());
    }

    /** Queues the removal of an account. */
    void queueRemoval(String account) {
        offer(Notice.removed(account));
    }

    /** Queues the alarm that the store has an older version. */
    void queueAlarm(String account, Version known, Version stored) {
        offer(Notice.wentBack(account, known, stored));
    }

    /** Queues a resync for what the store has, whatever was reported before. */
    void queueResync(String account, long revision) {
        offer(Notice.resync(account, revision));
    }

    /** Queues a resync if a revision is not reported yet. The caller holds the commit lock of the account. */
    void queueGap(AccountHolder holder, long revision) {
        if (revision > holder.reported()) {
            offer(Notice.resync(holder.account(), revision));
            holder.markReported(revision);
        }
    }

    /** Queues a resync for revisions found in the store and starts delivery; during a commit, its thread does that. */
    void dispatchGap(AccountHolder holder) {
        while (holder.known().revision() > holder.reported()
                && !holder.commitLock().isHeldByCurrentThread()
                && holder.commitLock().tryLock()) {
            try {
                queueGap(holder, holder.known().revision());
            } finally {
                holder.commitLock().unlock();
            }
        }
        if (!holder.commitLock().isHeldByCurrentThread()) {
            dispatch();
        }
    }

    private void offer(Notice notice) {
        queues.forEach(queue -> queue.offer(notice));
    }

    /** Starts the delivery of everything queued. Must not be called under any lock. */
    void dispatch() {
        queues.forEach(ListenerQueue::schedule);
    }

    /** Delivers what is queued, waits a while for that, then drops the rest and ends the engine's own thread. */
    void close(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        dispatch();
        try {
            for (ListenerQueue queue : queues) {
                queue.awaitIdle(deadline);
            }
            if (ownExecutor != null) {
                ownExecutor.shutdown();
                if (queues.stream().noneMatch(ListenerQueue::isDeliveredByCurrentThread)) {
                    ownExecutor.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ownExecutor != null && queues.stream().noneMatch(ListenerQueue::isDeliveredByCurrentThread)) {
            ownExecutor.shutdownNow();
        }
        queues.forEach(ListenerQueue::end);
    }
}
