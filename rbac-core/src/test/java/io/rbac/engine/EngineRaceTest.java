package io.rbac.engine;

import static io.rbac.engine.Acme.ACCOUNT;
import static io.rbac.engine.Acme.C42;
import static io.rbac.engine.Acme.SUPPORT;
import static io.rbac.engine.Acme.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.FakeStore.Around;
import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EngineRaceTest {

    private static final Change TAKE = Acme.leadGets("user:delete");
    private static final long ONE = PermissionMatrix.compile(Acme.policy()).retainedBytes() + 1_024;

    private final FakeStore store = new FakeStore();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitMisses(PermissionEngine engine, int misses) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (engine.statistics().misses() < misses) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(100_000);
        }
    }

    /** Takes the matrix of an account out of the cache, although it may have been used: that is a reason only once. */
    private static void evict(PermissionEngine engine, String account) {
        engine.evict(account);
        engine.evict(account);
    }

    /** Lets the next load read, then wait until it is let go. */
    private static final class SlowLoad {

        private final CountDownLatch hasRead = new CountDownLatch(1);
        private final CountDownLatch mayReturn = new CountDownLatch(1);

        SlowLoad(FakeStore store) {
            store.load = Around.once(inner -> {
                var stored = inner.get();
                hasRead.countDown();
                await(mayReturn);
                return stored;
            });
        }
    }

    @Test
    void a_commit_that_waited_for_an_outdated_load_is_worked_out_anew() throws Exception {
        for (long bytes : new long[] {0, 1 << 20}) {
            String account = "acme-" + bytes;
            Acme.create(store.memory, Acme.policy(account).withVersion(Acme.version(1)));
            try (PermissionEngine engine = Acme.engine(store).cacheBytes(bytes).build()) {
                SlowLoad slow = new SlowLoad(store);
                Future<Boolean> question = threads.submit(() -> engine.hasPermission(account, "bob", UPDATE, C42));
                await(slow.hasRead);
                Future<Commit> commit = threads.submit(
                        () -> engine.replace(Acme.builder(account).team("sales").build()));
                commitElsewhere(account);
                slow.mayReturn.countDown();
                question.get();
                assertThat(commit.get().revision()).isEqualTo(3);
                assertThat(engine.policy(account).revision()).isEqualTo(3);
            }
        }
    }

    /** A commit of another process, which the engine does not hear of. */
    private void commitElsewhere(String account) {
        Acme.commitElsewhere(store.memory, account, TAKE);
    }

    @Test
    void a_load_that_read_before_a_commit_answers_from_the_commit() throws Exception {
        for (long bytes : new long[] {0, 1 << 20}) {
            String account = "acme-" + bytes;
            Acme.create(store.memory, Acme.policy(account).withVersion(Acme.version(1)));
            try (PermissionEngine engine = Acme.engine(store).cacheBytes(bytes).build()) {
                PermissionChecker checker = engine.checker(account);
                CountDownLatch writes = new CountDownLatch(1);
                CountDownLatch maySay = new CountDownLatch(1);
                store.commit = Around.once(inner -> {
                    writes.countDown();
                    await(maySay);
                    return inner.get();
                });
                Future<Commit> commit = threads.submit(() -> engine.commit(account, TAKE));
                await(writes);
                evict(engine, account);
                SlowLoad slow = new SlowLoad(store);
                Future<Boolean> question = threads.submit(() -> checker.hasPermission("bob", UPDATE, C42));
                await(slow.hasRead);
                maySay.countDown();
                assertThat(commit.get().revision()).isEqualTo(2);
                Future<Boolean> later = threads.submit(() -> checker.hasPermission("bob", UPDATE, C42));
                if (bytes > 0) {
                    assertThat(later.get()).isFalse();
                }
                slow.mayReturn.countDown();
                assertThat(question.get()).isFalse();
                assertThat(later.get()).isFalse();
                assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
                assertThat(engine.hasPermission(account, "bob", UPDATE, C42)).isFalse();
            }
        }
    }

    @Test
    void a_load_that_read_before_a_conflict_reads_again() throws Exception {
        try (PermissionEngine engine = Acme.engine(store).build()) {
            engine.create(Acme.policy());
            CountDownLatch writes = new CountDownLatch(1);
            CountDownLatch maySay = new CountDownLatch(1);
            store.commit = Around.once(inner -> {
                writes.countDown();
                await(maySay);
                return inner.get();
            });
            Future<Commit> commit = threads.submit(() -> engine.commit("acme", Acme.rename("Boss")));
            await(writes);
            evict(engine, "acme");
            SlowLoad slow = new SlowLoad(store);
            Future<Boolean> question = threads.submit(() -> engine.hasPermission("acme", "bob", UPDATE, C42));
            await(slow.hasRead);
            commitElsewhere("acme");
            maySay.countDown();
            awaitMisses(engine, 2);
            Future<Boolean> later = threads.submit(() -> engine.hasPermission("acme", "bob", UPDATE, C42));
            awaitMisses(engine, 3);
            slow.mayReturn.countDown();
            assertThat(later.get()).isFalse();
            assertThat(question.get()).isFalse();
            assertThat(commit.get().revision()).isEqualTo(3);
            assertThat(store.loads).hasValue(2);
        }
    }

    @Test
    void a_load_that_read_before_a_removal_answers_no() throws Exception {
        try (PermissionEngine engine = Acme.engine(store).build()) {
            engine.create(Acme.policy());
            PermissionChecker checker = engine.checker("acme");
            evict(engine, "acme");
            SlowLoad slow = new SlowLoad(store);
            Future<Boolean> question = threads.submit(() -> checker.hasPermission("bob", UPDATE, C42));
            await(slow.hasRead);
            assertThat(engine.remove("acme")).isTrue();
            engine.create(Acme.policy());
            slow.mayReturn.countDown();
            assertThat(question.get()).isFalse();
            assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
            assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
        }
    }

    @Test
    void a_load_that_found_nothing_before_a_creation_answers_from_the_creation() throws Exception {
        try (PermissionEngine engine = Acme.engine(store).build()) {
            SlowLoad slow = new SlowLoad(store);
            Future<Boolean> question = threads.submit(() -> engine.hasPermission("acme", "bob", UPDATE, C42));
            await(slow.hasRead);
            engine.create(Acme.policy());
            PermissionChecker checker = engine.checker("acme");
            slow.mayReturn.countDown();
            assertThat(question.get()).isTrue();
            assertThat(checker.hasPermission("bob", UPDATE, C42)).isTrue();
            assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
        }
    }

    @Test
    void a_failing_load_answers_from_a_commit_that_came_meanwhile() throws Exception {
        try (PermissionEngine engine = Acme.engine(store).build()) {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch mayFail = new CountDownLatch(1);
            store.load = Around.once(inner -> {
                asked.countDown();
                await(mayFail);
                throw new PolicyStoreException("down", null);
            });
            Future<Boolean> question = threads.submit(() -> engine.hasPermission("acme", "bob", UPDATE, C42));
            await(asked);
            engine.create(Acme.policy());
            mayFail.countDown();
            assertThat(question.get()).isTrue();
        }
    }

    @Test
    @Tag("B106")
    void a_stampede_loads_once() throws Exception {
        Acme.create(store.memory, Acme.policy().withVersion(Acme.version(1)));
        try (PermissionEngine engine = Acme.engine(store).build()) {
            CountDownLatch mayReturn = new CountDownLatch(1);
            store.load = inner -> {
                await(mayReturn);
                return inner.get();
            };
            List<Future<Boolean>> answers = new ArrayList<>();
            CyclicBarrier start = new CyclicBarrier(64);
            for (int i = 0; i < 64; i++) {
                boolean checks = i % 2 == 0;
                answers.add(threads.submit(() -> {
                    start.await();
                    return checks
                            ? engine.hasPermission("acme", "bob", UPDATE, C42)
                            : engine.checker("acme").hasPermission("bob", UPDATE, C42);
                }));
            }
            awaitMisses(engine, 64);
            mayReturn.countDown();
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
            assertThat(store.loads).hasValue(1);
        }
    }

    @Test
    void a_stampede_on_a_failing_store_fails_together_and_leaves_nothing() throws Exception {
        try (PermissionEngine engine = Acme.engine(store).build()) {
            CountDownLatch mayFail = new CountDownLatch(1);
            store.load = inner -> {
                await(mayFail);
                throw new PolicyStoreException("down", null);
            };
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                answers.add(threads.submit(() -> engine.hasPermission("acme", "bob", UPDATE, C42)));
            }
            awaitMisses(engine, 16);
            mayFail.countDown();
            for (Future<Boolean> answer : answers) {
                assertThatThrownBy(answer::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(PolicyStoreException.class)
                        .hasMessage("down");
            }
            assertThat(engine.accountsInUse()).isZero();
        }
    }

    @Test
    void readers_do_not_wait_for_a_commit() throws Exception {
        try (PermissionEngine engine = Acme.engine(store).build()) {
            engine.create(Acme.policy());
            CountDownLatch writes = new CountDownLatch(1);
            CountDownLatch maySay = new CountDownLatch(1);
            store.commit = inner -> {
                writes.countDown();
                await(maySay);
                return inner.get();
            };
            Future<Commit> commit = threads.submit(() -> engine.commit("acme", TAKE));
            await(writes);
            assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
            assertThat(engine.checker("acme").hasPermission("bob", UPDATE, C42)).isTrue();
            evict(engine, "acme");
            assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
            maySay.countDown();
            commit.get();
            assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isFalse();
        }
    }

    /** Both engines work out their edit on the same revision before either writes. */
    @Test
    @Tag("P33")
    @Tag("B65")
    void two_processes_do_not_discard_the_last_two_default_roles() throws Exception {
        for (int round = 0; round < 20; round++) {
            FakeStore shared = new FakeStore();
            CyclicBarrier bothWrite = new CyclicBarrier(2);
            AtomicInteger writers = new AtomicInteger();
            shared.commit = inner -> {
                if (writers.getAndIncrement() < 2) {
                    try {
                        bothWrite.await(2, TimeUnit.MINUTES);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }
                return inner.get();
            };
            try (PermissionEngine one = Acme.engine(shared).build();
                    PermissionEngine other = Acme.engine(shared).build()) {
                one.create(twoDefaults());
                discardBoth(one, other, shared);
                assertThat(writers).hasValue(2);
            }
        }
    }

    @Test
    @Tag("P33")
    @Tag("B65")
    void two_threads_do_not_discard_the_last_two_default_roles() throws Exception {
        for (int round = 0; round < 50; round++) {
            FakeStore own = new FakeStore();
            try (PermissionEngine engine = Acme.engine(own).build()) {
                engine.create(twoDefaults());
                discardBoth(engine, engine, own);
            }
        }
    }

    private static Policy twoDefaults() {
        return Acme.builder("acme")
                .role(Role.builder("guest", Scope.ACCOUNT)
                        .name("Guest")
                        .defaultRole(true)
                        .build())
                .build();
    }

    private void discardBoth(PermissionEngine one, PermissionEngine other, FakeStore shared) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<Commit>> commits = List.of(
                threads.submit(() -> {
                    start.await();
                    return one.commit("acme", Change.deleteRole("member"));
                }),
                threads.submit(() -> {
                    start.await();
                    return other.commit("acme", Change.deleteRole("guest"));
                }));
        List<Code> refusals = new ArrayList<>();
        int done = 0;
        for (Future<Commit> commit : commits) {
            try {
                assertThat(commit.get().revision()).isEqualTo(2);
                done++;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(PolicyViolationException.class);
                refusals.addAll(((PolicyViolationException) e.getCause())
                        .violations().stream().map(Violation::code).toList());
            }
        }
        assertThat(done).isEqualTo(1);
        assertThat(refusals).containsExactly(Code.LAST_DEFAULT_ROLE);
        assertThat(shared.committed).hasSize(1);
    }

    @Test
    @Tag("P47")
    void of_many_editors_on_one_base_one_succeeds() throws Exception {
        try (PermissionEngine engine = Acme.engine(store).build()) {
            engine.create(Acme.policy());
            for (int round = 0; round < 20; round++) {
                Version base = engine.policy("acme").version();
                CyclicBarrier start = new CyclicBarrier(8);
                List<Future<Boolean>> editors = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    String team = "team-" + round + "-" + i;
                    editors.add(threads.submit(() -> {
                        start.await();
                        try {
                            engine.commit(PolicyEdit.of("acme").expecting(base).changes(Change.addTeam(team)));
                            return true;
                        } catch (PolicyViolationException e) {
                            assertThat(e.violations().get(0).code()).isEqualTo(Code.CONFLICT);
                            return false;
                        }
                    }));
                }
                int successes = 0;
                for (Future<Boolean> editor : editors) {
                    successes += editor.get() ? 1 : 0;
                }
                assertThat(successes).isEqualTo(1);
                assertThat(engine.policy("acme").revision()).isEqualTo(base.revision() + 1);
            }
            engine.commit("acme", Change.addTeam("aba"));
            engine.commit("acme", Change.removeTeam("aba"));
            Version now = engine.policy("acme").version();
            PermissionEngineTest.assertRefused(
                    Code.CONFLICT,
                    () -> engine.commit(PolicyEdit.of("acme")
                            .expecting(now.at(now.revision() - 2))
                            .changes(TAKE)));
        }
    }

    @Test
    @Tag("P46")
    @Tag("P48")
    void revisions_form_a_chain_and_no_edit_is_lost() throws Exception {
        List<Commit> told = Collections.synchronizedList(new ArrayList<>());
        Policy result;
        List<Commit> returned = new ArrayList<>();
        try (PermissionEngine engine = Acme.engine(store).build();
                PermissionEngine other = Acme.engine(store).build()) {
            engine.addListener(told::add);
            engine.create(Acme.policy());
            List<Future<List<Commit>>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int writer = i;
                writers.add(threads.submit(() -> {
                    List<Commit> own = new ArrayList<>();
                    Random random = new Random(writer);
                    for (int n = 0; n < 100; n++) {
                        String user = "user-" + random.nextInt(5);
                        Change change = random.nextBoolean()
                                ? Change.assign(user, "lead", SUPPORT)
                                : Change.unassign(user, "lead", SUPPORT);
                        own.add(engine.commit("acme", change));
                    }
                    return own;
                }));
            }
            for (Future<List<Commit>> writer : writers) {
                returned.addAll(writer.get());
            }
            result = engine.policy("acme");
            assertThat(other.policy("acme")).isEqualTo(result);
        }
        List<Commit> effective =
                returned.stream().filter(commit -> !commit.effects().isEmpty()).toList();
        assertThat(effective).hasSizeBetween(40, 360);
        assertThat(store.committed).containsExactlyInAnyOrderElementsOf(effective);
        assertThat(told.subList(1, told.size())).isEqualTo(store.committed);
        Policy folded = Acme.policy().withRevision(1);
        long revision = 1;
        for (Commit commit : store.committed) {
            assertThat(commit.revision()).isEqualTo(++revision);
            folded = folded.apply(commit.changes(), commit.time()).policy();
        }
        assertThat(folded).isEqualTo(result);
    }

    @Test
    @Tag("P50")
    void listeners_are_notified_in_order_even_if_the_first_of_two_editors_is_held_up_after_its_write()
            throws Exception {
        List<Long> told = Collections.synchronizedList(new ArrayList<>());
        try (PermissionEngine engine =
                Acme.engine(store).executor(Runnable::run).build()) {
            engine.create(Acme.policy());
            engine.addListener(commit -> told.add(commit.revision()));
            CountDownLatch hasWritten = new CountDownLatch(1);
            CountDownLatch mayReturn = new CountDownLatch(1);
            store.commit = Around.once(inner -> {
                boolean done = inner.get();
                hasWritten.countDown();
                await(mayReturn);
                return done;
            });
            Future<Commit> first = threads.submit(() -> engine.commit("acme", TAKE));
            await(hasWritten);
            CountDownLatch secondEnded = new CountDownLatch(1);
            Thread second = new Thread(() -> {
                engine.commit("acme", Acme.rename("Boss"));
                secondEnded.countDown();
            });
            second.start();
            while (second.getState() != Thread.State.WAITING && second.isAlive()) {
                LockSupport.parkNanos(100_000);
            }
            mayReturn.countDown();
            assertThat(first.get().revision()).isEqualTo(2);
            await(secondEnded);
            assertThat(told).containsExactly(2L, 3L);
        }
    }

    @Test
    @Tag("P44")
    @Tag("P45")
    @Tag("B107")
    void what_was_committed_is_seen_by_every_thread_that_comes_after_and_revisions_never_go_back() throws Exception {
        for (int i = 0; i < 40; i++) {
            Acme.create(store.memory, Acme.policy("other-" + i).withVersion(Acme.version(1)));
        }
        try (PermissionEngine engine = Acme.engine(store).cacheBytes(ONE * 2).build()) {
            engine.create(Acme.policy());
            PermissionChecker checker = engine.checker("acme");
            AtomicLong acknowledged = new AtomicLong(1);
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger checks = new AtomicInteger();
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int reader = i;
                readers.add(threads.submit(() -> {
                    Random random = new Random(reader);
                    long seen = 0;
                    while (!done.get()) {
                        long least = Math.max(seen, acknowledged.get());
                        long now = engine.policy("acme").revision();
                        assertThat(now).isGreaterThanOrEqualTo(least);
                        seen = now;
                        least = acknowledged.get();
                        boolean odd = checker.hasPermission("bob", UPDATE, C42);
                        if (acknowledged.get() == least && store.writes.get() == least) {
                            assertThat(odd).isEqualTo(least % 2 == 1);
                            checks.incrementAndGet();
                        }
                        engine.hasPermission("other-" + random.nextInt(40), "bob", UPDATE, C42);
                    }
                }));
            }
            for (int revision = 2; revision <= 400; revision++) {
                Commit commit = engine.commit("acme", revision % 2 == 0 ? TAKE : Acme.leadGets("user:update"));
                assertThat(commit.revision()).isEqualTo(revision);
                acknowledged.set(revision);
                int before = checks.get();
                // now and then the readers are to have their turn
                while (revision % 50 < 2
                        && checks.get() == before
                        && readers.stream().noneMatch(Future::isDone)) {
                    Thread.onSpinWait();
                }
                for (int i = 0; i < 5; i++) {
                    engine.hasPermission("other-" + i, "bob", UPDATE, C42);
                }
            }
            done.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
            assertThat(checks).hasPositiveValue();
            assertThat(engine.statistics().evictions()).isPositive();
        }
    }

    @Test
    void creations_and_removals_of_one_account_leave_old_checkers_dead() throws Exception {
        try (PermissionEngine engine = Acme.engine(store).cacheBytes(ONE * 2).build()) {
            List<Future<Void>> workers = new ArrayList<>();
            List<PermissionChecker> old = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 3; i++) {
                workers.add(threads.submit((Callable<Void>) () -> {
                    for (int n = 0; n < 200; n++) {
                        try {
                            engine.create(Acme.policy());
                            PermissionChecker checker = engine.checker("acme");
                            checker.hasPermission("bob", UPDATE, C42);
                            old.add(checker);
                            engine.commit("acme", TAKE);
                        } catch (PolicyViolationException e) {
                            assertThat(e.violations().get(0).code()).isIn(Code.ACCOUNT_EXISTS, Code.ACCOUNT_NOT_FOUND);
                        }
                        engine.remove("acme");
                    }
                    return null;
                }));
            }
            for (Future<Void> worker : workers) {
                worker.get();
            }
            engine.remove("acme");
            engine.create(Acme.policy());
            assertThat(old).hasSizeGreaterThan(100);
            for (PermissionChecker checker : old) {
                assertThat(checker.hasPermission("ada", "user:read", ACCOUNT)).isFalse();
            }
            assertThat(engine.hasPermission("acme", "ada", "user:read", ACCOUNT))
                    .isTrue();
        }
    }

    @Test
    @Tag("B109")
    void an_interrupt_is_kept_and_the_commit_is_whole() {
        Acme.create(store.memory, Acme.policy().withVersion(Acme.version(1)));
        try (PermissionEngine engine = Acme.engine(store).build()) {
            Thread.currentThread().interrupt();
            assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
            assertThat(engine.commit("acme", TAKE).revision()).isEqualTo(2);
            assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isFalse();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    @Tag("B109")
    void an_interrupt_while_waiting_for_a_load_or_another_commit_is_kept() throws Exception {
        Acme.create(store.memory, Acme.policy().withVersion(Acme.version(1)));
        try (PermissionEngine engine = Acme.engine(store).build()) {
            SlowLoad slow = new SlowLoad(store);
            Future<Boolean> leader = threads.submit(() -> engine.hasPermission("acme", "bob", UPDATE, C42));
            await(slow.hasRead);
            List<Thread> waiting = Collections.synchronizedList(new ArrayList<>());
            List<Future<Boolean>> waiters = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                boolean commits = i == 0;
                waiters.add(threads.submit(() -> {
                    waiting.add(Thread.currentThread());
                    if (commits) {
                        engine.commit("acme", Acme.rename("Boss"));
                    } else {
                        engine.hasPermission("acme", "bob", UPDATE, C42);
                    }
                    return Thread.interrupted();
                }));
            }
            awaitMisses(engine, 3);
            waiting.forEach(Thread::interrupt);
            slow.mayReturn.countDown();
            assertThat(leader.get()).isTrue();
            for (Future<Boolean> waiter : waiters) {
                assertThat(waiter.get()).isTrue();
            }
            assertThat(engine.policy("acme").revision()).isEqualTo(2);
        }
    }
}
