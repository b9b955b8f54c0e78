package io.rbac.engine;

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
 * Tells listeners what happened. Notices of an account are put into the queues under its lock for commits, so in order;
 * they are delivered when no lock is held.
 */
final class Notices {

    /** The engine's own thread ends when it had nothing to do for so long. */
    private static final long IDLE_SECONDS = 10;

    private final List<ListenerQueue> queues = new CopyOnWriteArrayList<>();
    private final @Nullable ThreadPoolExecutor own;
    private final Executor executor;
    private final BiConsumer<? super PolicyListener, ? super Throwable> failures;
    private final int limit;

    Notices(@Nullable Executor executor, BiConsumer<? super PolicyListener, ? super Throwable> failures, int limit) {
        if (executor == null) {
            ThreadPoolExecutor daemon = daemon();
            this.own = daemon;
            this.executor = daemon;
        } else {
            this.own = null;
            this.executor = executor;
        }
        this.failures = failures;
        this.limit = limit;
    }

    private static ThreadPoolExecutor daemon() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "rbac-listeners");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    synchronized void add(PolicyListener listener) {
        if (queues.stream().noneMatch(queue -> queue.listener() == listener)) {
            queues.add(new ListenerQueue(listener, executor, failures, limit));
        }
    }

    synchronized void remove(PolicyListener listener) {
        List<ListenerQueue> ended =
                queues.stream().filter(queue -> queue.listener() == listener).toList();
        queues.removeAll(ended);
        ended.forEach(ListenerQueue::end);
    }

    /** Takes up a commit. The lock for commits of the account is held. */
    void committed(AccountHolder holder, Commit commit) {
        offer(Notice.committed(commit));
        holder.tell(commit.revision());
    }

    /** Takes up that an account went. */
    void removed(String account) {
        offer(Notice.removed(account));
    }

    /** Takes up that revisions were found that nobody was told of. The lock for commits of the account is held. */
    void gap(AccountHolder holder, long revision) {
        if (revision > holder.told()) {
            offer(Notice.resync(holder.account(), revision));
            holder.tell(revision);
        }
    }

    /** Tells of revisions that were found; while a commit is under way, that is up to who makes it. */
    void tellGap(AccountHolder holder) {
        while (holder.known() > holder.told()
                && !holder.commits().isHeldByCurrentThread()
                && holder.commits().tryLock()) {
            try {
                gap(holder, holder.known());
            } finally {
                holder.commits().unlock();
            }
        }
        if (!holder.commits().isHeldByCurrentThread()) {
            deliver();
        }
    }

    private void offer(Notice notice) {
        queues.forEach(queue -> queue.offer(notice));
    }

    /** Has everything told. Must not be called under any lock. */
    void deliver() {
        queues.forEach(ListenerQueue::schedule);
    }

    /** Has everything told, waits for it a while, and lets the engine's own thread end. */
    void close(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        deliver();
        try {
            for (ListenerQueue queue : queues) {
                queue.awaitIdle(deadline);
            }
            if (own != null) {
                own.shutdown();
                if (queues.stream().noneMatch(ListenerQueue::isDrainedByCurrentThread)) {
                    own.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (own != null && queues.stream().noneMatch(ListenerQueue::isDrainedByCurrentThread)) {
            own.shutdownNow();
        }
        queues.forEach(ListenerQueue::end);
    }
}
