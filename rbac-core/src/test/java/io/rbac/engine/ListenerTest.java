package io.rbac.engine;

import static io.rbac.engine.Acme.C42;
import static io.rbac.engine.Acme.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Change;
import io.rbac.model.PolicyViolationException;
import io.rbac.policy.Policy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ListenerTest {

    /** Writes down what it gets. */
    private static class Recorder implements PolicyListener {

        final List<String> told = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void committed(Commit commit) {
            told.add(commit.account() + " " + commit.revision());
        }

        @Override
        public void resync(String account, long revision) {
            told.add("resync " + account + " " + revision);
        }

        @Override
        public void removed(String account) {
            told.add("removed " + account);
        }
    }

    /** Keeps tasks until they are asked for. */
    private static final class Later implements Executor {

        final Queue<Runnable> tasks = new ArrayDeque<>();

        @Override
        public synchronized void execute(Runnable task) {
            tasks.add(task);
        }

        void runAll() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }

    private final Later later = new Later();
    private final Recorder recorder = new Recorder();

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void rename(PermissionEngine engine, String account, int times) {
        for (int i = 0; i < times; i++) {
            engine.commit(
                    account, Change.addTeam("team-" + engine.policy(account).revision()));
        }
    }

    @Test
    @Tag("P50")
    void is_notified_of_everything_in_order_after_it_can_be_read() {
        try (PermissionEngine engine = Acme.engine().executor(Runnable::run).build()) {
            List<Long> visible = new ArrayList<>();
            engine.addListener(recorder);
            engine.addListener(commit -> visible.add(engine.policy("acme").revision()));
            engine.create(Acme.policy());
            engine.commit("acme", Acme.rename("Boss"));
            engine.commit("acme", Acme.rename("Boss"));
            engine.replace(Acme.policy());
            engine.remove("acme");
            engine.remove("acme");
            assertThat(recorder.told).containsExactly("acme 1", "acme 2", "acme 3", "removed acme");
            assertThat(visible).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void is_not_notified_of_what_is_refused() {
        try (PermissionEngine engine = Acme.engine().executor(Runnable::run).build()) {
            engine.create(Acme.policy());
            engine.addListener(recorder);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> engine.commit("acme", Change.deleteRole("member")))
                    .isInstanceOf(PolicyViolationException.class);
            engine.preview(PolicyEdit.of("acme").changes(Acme.rename("Boss")));
            assertThat(recorder.told).isEmpty();
        }
    }

    @Test
    @Tag("P50")
    @Tag("B100")
    void that_throws_hurts_nobody_and_is_reported() {
        List<Throwable> reported = new ArrayList<>();
        RuntimeException exception = new IllegalStateException("test");
        Error error = new StackOverflowError("test");
        PolicyListener throwing = commit -> {
            if (commit.revision() % 2 == 0) {
                throw exception;
            }
            throw error;
        };
        try (PermissionEngine engine = Acme.engine()
                .executor(Runnable::run)
                .onListenerFailure((listener, thrown) -> {
                    assertThat(listener).isSameAs(throwing);
                    reported.add(thrown);
                })
                .build()) {
            engine.addListener(throwing);
            engine.addListener(recorder);
            engine.create(Acme.policy());
            assertThat(engine.commit("acme", Acme.rename("Boss")).revision()).isEqualTo(2);
            assertThat(recorder.told).containsExactly("acme 1", "acme 2");
            assertThat(reported).containsExactly(error, exception);
        }
    }

    @Test
    void that_throws_is_reported_to_the_handler_of_the_thread_by_default() throws Exception {
        AtomicReference<Throwable> reported = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        RuntimeException exception = new IllegalStateException("test");
        try (PermissionEngine engine = Acme.engine().build()) {
            engine.addListener(commit -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {
                    reported.set(thrown);
                    done.countDown();
                });
                throw exception;
            });
            engine.addListener(recorder);
            engine.create(Acme.policy());
            await(done);
            assertThat(reported).hasValue(exception);
        }
        assertThat(recorder.told).containsExactly("acme 1");
    }

    @Test
    void whose_handler_throws_hurts_nobody() {
        AtomicReference<Throwable> reported = new AtomicReference<>();
        RuntimeException second = new IllegalStateException("handler");
        RuntimeException first = new IllegalStateException("listener");
        Thread thread = Thread.currentThread();
        thread.setUncaughtExceptionHandler((t, thrown) -> reported.set(thrown));
        try (PermissionEngine engine = Acme.engine()
                .executor(Runnable::run)
                .onListenerFailure((listener, thrown) -> {
                    throw second;
                })
                .build()) {
            engine.addListener(commit -> {
                throw first;
            });
            engine.addListener(recorder);
            engine.create(Acme.policy());
            assertThat(reported).hasValue(second);
            assertThat(second).hasSuppressedException(first);
            assertThat(recorder.told).containsExactly("acme 1");
        } finally {
            thread.setUncaughtExceptionHandler(null);
        }
    }

    @Test
    @Tag("B101")
    void may_commit_and_is_not_called_within_its_call() {
        try (PermissionEngine engine = Acme.engine().executor(Runnable::run).build()) {
            AtomicInteger depth = new AtomicInteger();
            AtomicInteger deepest = new AtomicInteger();
            engine.addListener(commit -> {
                deepest.accumulateAndGet(depth.incrementAndGet(), Math::max);
                if (commit.revision() < 500) {
                    rename(engine, "acme", 1);
                }
                depth.decrementAndGet();
            });
            engine.addListener(recorder);
            engine.create(Acme.policy());
            assertThat(engine.policy("acme").revision()).isEqualTo(500);
            assertThat(deepest).hasValue(1);
            assertThat(recorder.told).hasSize(500).doesNotHaveDuplicates().startsWith("acme 1", "acme 2");
        }
    }

    @Test
    void may_commit_on_the_engines_own_thread() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (PermissionEngine engine = Acme.engine().build()) {
            engine.addListener(commit -> {
                if (commit.revision() < 50) {
                    rename(engine, "acme", 1);
                } else {
                    done.countDown();
                }
            });
            engine.create(Acme.policy());
            await(done);
            assertThat(engine.policy("acme").revision()).isEqualTo(50);
        }
    }

    @Test
    @Tag("P50")
    @Tag("B102")
    void that_is_slow_holds_up_neither_editors_nor_readers_nor_the_hosts_other_threads() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Executor threads = task -> new Thread(task).start();
        CountDownLatch othersTold = new CountDownLatch(10);
        try (PermissionEngine engine = Acme.engine().executor(threads).build()) {
            engine.addListener(commit -> {
                entered.countDown();
                await(mayGoOn);
            });
            engine.addListener(commit -> othersTold.countDown());
            engine.create(Acme.policy());
            await(entered);
            rename(engine, "acme", 9);
            assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
            await(othersTold);
            mayGoOn.countDown();
        }
    }

    @Test
    @Tag("P50")
    void over_the_limit_gets_one_resync_for_each_account() {
        try (PermissionEngine engine =
                Acme.engine().executor(later).queueLimit(10).build()) {
            engine.addListener(recorder);
            engine.create(Acme.policy("a"));
            engine.create(Acme.policy("b"));
            rename(engine, "a", 5);
            rename(engine, "b", 3);
            assertThat(later.tasks).hasSize(1);
            rename(engine, "a", 1);
            engine.create(Acme.policy("c"));
            rename(engine, "b", 2);
            later.runAll();
            assertThat(recorder.told).containsExactlyInAnyOrder("resync a 7", "resync b 6", "c 1");

            recorder.told.clear();
            rename(engine, "a", 2);
            later.runAll();
            assertThat(recorder.told).containsExactly("a 8", "a 9");
        }
    }

    @Test
    void over_the_limit_is_notified_of_a_removal() {
        try (PermissionEngine engine =
                Acme.engine().executor(later).queueLimit(2).build()) {
            engine.addListener(recorder);
            engine.create(Acme.policy("a"));
            rename(engine, "a", 5);
            engine.remove("a");
            later.runAll();
            assertThat(recorder.told).containsExactly("removed a");
            engine.create(Acme.policy("a"));
            rename(engine, "a", 5);
            engine.remove("a");
            engine.create(Acme.policy("a"));
            later.runAll();
            assertThat(recorder.told).containsExactly("removed a", "resync a 1");
        }
    }

    @Test
    @Tag("P50")
    @Tag("B103")
    void may_remove_itself_and_others_and_add_new_ones() {
        try (PermissionEngine engine = Acme.engine().executor(later).build()) {
            List<Long> first = new ArrayList<>();
            PolicyListener self = new PolicyListener() {
                @Override
                public void committed(Commit commit) {
                    first.add(commit.revision());
                    engine.removeListener(this);
                    engine.addListener(recorder);
                    engine.addListener(recorder);
                }
            };
            engine.addListener(self);
            engine.create(Acme.policy());
            rename(engine, "acme", 1);
            later.runAll();
            rename(engine, "acme", 1);
            later.runAll();
            assertThat(first).containsExactly(1L);
            assertThat(recorder.told).containsExactly("acme 3");
            engine.removeListener(recorder);
            engine.removeListener(recorder);
            rename(engine, "acme", 1);
            later.runAll();
            assertThat(recorder.told).containsExactly("acme 3");
        }
    }

    @Test
    void that_no_executor_takes_is_reported_and_notified_later() {
        List<Throwable> reported = new ArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        try (PermissionEngine engine = Acme.engine()
                .executor(task -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new RejectedExecutionException("full");
                    }
                    task.run();
                })
                .onListenerFailure((listener, thrown) -> reported.add(thrown))
                .build()) {
            engine.addListener(recorder);
            assertThat(engine.create(Acme.policy()).revision()).isEqualTo(1);
            assertThat(reported).hasSize(1);
            assertThat(recorder.told).isEmpty();
            rename(engine, "acme", 1);
            assertThat(recorder.told).containsExactly("acme 1", "acme 2");
        }
    }

    @Test
    @Tag("P50")
    void is_notified_of_each_revision_once_while_many_threads_commit() throws Exception {
        Map<String, List<Long>> seen = new ConcurrentHashMap<>();
        List<Thread> writers = new ArrayList<>();
        try (PermissionEngine engine = Acme.engine().queueLimit(100_000).build()) {
            for (String account : List.of("a", "b")) {
                engine.create(Acme.policy(account));
            }
            engine.addListener(commit -> seen.computeIfAbsent(commit.account(), id -> new ArrayList<>())
                    .add(commit.revision()));
            for (int i = 0; i < 4; i++) {
                String account = i % 2 == 0 ? "a" : "b";
                int writer = i;
                Thread thread = new Thread(() -> {
                    for (int n = 0; n < 200; n++) {
                        engine.commit(account, Change.addTeam("t-" + writer + "-" + n));
                    }
                });
                writers.add(thread);
                thread.start();
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
        for (String account : List.of("a", "b")) {
            assertThat(seen.get(account)).hasSize(400);
            for (int i = 0; i < 400; i++) {
                assertThat(seen.get(account).get(i)).isEqualTo(i + 2L);
            }
        }
    }

    @Test
    void is_notified_of_what_is_left_when_the_engine_is_closed_and_its_thread_ends() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        PermissionEngine engine = Acme.engine().build();
        engine.addListener(commit -> {
            thread.set(Thread.currentThread());
            recorder.committed(commit);
        });
        engine.create(Acme.policy());
        rename(engine, "acme", 99);
        engine.close();
        assertThat(recorder.told).hasSize(100);
        assertThat(thread.get().isDaemon()).isTrue();
        thread.get().join(TimeUnit.MINUTES.toMillis(2));
        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void that_hangs_is_not_waited_for_for_ever_and_is_interrupted() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        PermissionEngine engine = Acme.engine().patience(Duration.ofMillis(100)).build();
        engine.addListener(commit -> {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        engine.create(Acme.policy());
        await(entered);
        engine.close();
        await(interrupted);
    }

    @Test
    void may_close_the_engine() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        // If it waited for the listener that closes it, it would do so for longer than the test waits.
        PermissionEngine engine = Acme.engine().patience(Duration.ofHours(1)).build();
        engine.addListener(commit -> {
            thread.set(Thread.currentThread());
            engine.close();
            closed.countDown();
        });
        engine.create(Acme.policy());
        await(closed);
        thread.get().join(TimeUnit.MINUTES.toMillis(2));
        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void reads_the_same_policy_by_applying_what_it_gets() {
        Policy[] mirror = new Policy[1];
        try (PermissionEngine engine = Acme.engine().executor(later).build()) {
            engine.create(Acme.policy());
            mirror[0] = engine.policy("acme");
            engine.addListener(commit ->
                    mirror[0] = mirror[0].apply(commit.changes(), commit.time()).policy());
            engine.commit("acme", Change.connect("eve", Acme.SUPPORT), Change.addChat("c-1", "support"));
            engine.commit(
                    "acme",
                    Change.createRole(
                            io.rbac.model.Scope.TEAM,
                            io.rbac.model.RoleUpdate.builder().name("New").build()));
            engine.commit("acme", Change.removeTeam("support"));
            later.runAll();
            assertThat(mirror[0]).isEqualTo(engine.policy("acme"));
            assertThat(mirror[0].revision()).isEqualTo(4);
        }
    }
}
