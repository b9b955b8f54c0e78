package io.rbac.engine;

import static io.rbac.engine.Acme.C42;
import static io.rbac.engine.Acme.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.FakeStore.Around;
import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Version;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One engine, while other processes commit to its store. */
class RefreshTest {

    private static final Change TAKE = Change.unassign("bob", "lead", Acme.SUPPORT);
    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeStore store = new FakeStore();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private PermissionEngine engine = Acme.engine(store).build();

    private final PolicyListener listener = new PolicyListener() {
        @Override
        public void committed(Commit commit) {
            told.add("commit " + commit.revision());
        }

        @Override
        public void resync(String account, long revision) {
            told.add("resync " + revision);
        }

        @Override
        public void removed(String account) {
            told.add("removed");
        }

        @Override
        public void wentBack(String account, Version known, Version stored) {
            told.add("went back from " + known.revision() + " to " + stored.revision());
        }
    };

    @BeforeEach
    void start() {
        use(Acme.engine(store));
        engine.create(Acme.policy());
        told.clear();
    }

    private void use(PermissionEngine.Builder builder) {
        engine.close();
        engine = builder.executor(Runnable::run).build();
        engine.addListener(listener);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Commit elsewhere(Change... changes) {
        return Acme.commitElsewhere(store.memory, "acme", changes);
    }

    private boolean bobMayUpdate() {
        return engine.hasPermission("acme", "bob", UPDATE, C42);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.sleep(1);
        }
    }

    @Test
    void catches_up_with_commits_without_a_load() {
        PermissionChecker checker = engine.checker("acme");
        PermissionMatrix pinned = engine.matrix("acme");
        elsewhere(Change.addTeam("sales"));
        Commit last = elsewhere(TAKE);
        assertThat(bobMayUpdate()).isTrue();

        engine.refresh("acme");

        assertThat(bobMayUpdate()).isFalse();
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
        assertThat(pinned.hasPermission("bob", UPDATE, C42)).isTrue();
        assertThat(engine.policy("acme").version()).isEqualTo(last.version());
        assertThat(engine.policy("acme").digest()).isEqualTo(last.digest());
        assertThat(engine.policy("acme"))
                .isEqualTo(store.memory.load("acme").orElseThrow().policy());
        assertThat(store.loads).hasValue(0);
        assertThat(told).containsExactly("commit 2", "commit 3");
        engine.refresh("acme");
        engine.refresh("ghost");
        assertThat(told).hasSize(2);
    }

    @Test
    void a_commit_of_its_own_that_is_stored_and_not_yet_answered_from_is_waited_for_and_not_loaded() throws Exception {
        CountDownLatch stored = new CountDownLatch(1);
        CountDownLatch compared = new CountDownLatch(1);
        store.commit = inner -> {
            boolean taken = inner.get();
            stored.countDown();
            // Ends when the comparison has seen the commit, which then waits for this thread.
            awaitQuietly(compared);
            return taken;
        };
        CompletableFuture<Commit> commit = CompletableFuture.supplyAsync(() -> engine.commit("acme", TAKE));
        stored.await();
        store.versions = inner -> {
            Map<String, Version> versions = inner.get();
            compared.countDown();
            return versions;
        };
        engine.refresh("acme");

        assertThat(commit.get().revision()).isEqualTo(2);
        assertThat(bobMayUpdate()).isFalse();
        assertThat(store.loads).hasValue(0);
        assertThat(told).containsExactly("commit 2");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void loads_where_the_commits_are_not_known_or_do_not_fit() {
        Policy wrong = Acme.policy("other");
        List<Around<Optional<List<Commit>>>> histories = List.of(
                inner -> Optional.empty(),
                inner -> Optional.of(List.of(Acme.commit(wrong, null, List.of(), List.of()))),
                inner -> Optional.of(List.of(Acme.commit(
                        engine.policy("acme").withRevision(engine.policy("acme").revision() + 1),
                        null,
                        List.of(),
                        engine.policy("acme").asEffects()))));
        for (int i = 0; i < histories.size(); i++) {
            store.history = histories.get(i);
            Commit commit = elsewhere(Change.addTeam("team-" + i));
            engine.refreshAll();
            assertThat(engine.policy("acme").version()).isEqualTo(commit.version());
            assertThat(store.loads).hasValue(i + 1);
        }
        assertThat(told).containsExactly("resync 2", "resync 3", "resync 4");
    }

    @Test
    @Tag("B115")
    void a_hint_only_causes_a_read() throws Exception {
        elsewhere(TAKE);
        store.hints.accept("ghost");
        store.hints.accept("a\uD800\u0000");
        store.hints.accept("acme");
        store.hints.accept("acme");
        await(() -> !bobMayUpdate());
        elsewhere(Change.assign("bob", "lead", Acme.SUPPORT));
        store.hints.accept(null);
        await(this::bobMayUpdate);
        assertThat(store.loads).hasValue(0);
        assertThat(told).containsExactly("commit 2", "commit 3");
        engine.close();
        assertThat(store.hints).isNull();
    }

    @Test
    @Tag("B116")
    void what_no_hint_tells_is_found_within_the_period() throws Exception {
        use(Acme.engine(store).refreshEvery(Duration.ofMillis(1)));
        assertThat(bobMayUpdate()).isTrue();
        store.versions = Around.once(Around.failing(new PolicyStoreException("down", null)));
        elsewhere(TAKE);
        await(() -> !bobMayUpdate());
        assertThat(engine.statistics().failedRefreshes()).isEqualTo(1);
    }

    @Test
    void an_account_that_was_removed_elsewhere_denies_for_ever() {
        PermissionChecker checker = engine.checker("acme");
        store.memory.remove("acme");
        engine.refresh("acme");
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
        assertThat(told).containsExactly("removed");

        Acme.create(store.memory, Acme.policy().withVersion(Acme.version(1)));
        assertThat(bobMayUpdate()).isTrue();
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
    }

    @Test
    void a_checker_of_an_old_life_never_fits_its_successor() {
        PermissionChecker checker = engine.checker("acme");
        elsewhere(Change.addTeam("sales"));
        engine.refresh("acme");
        store.memory.remove("acme");
        Acme.create(store.memory, Acme.policy().withVersion(Acme.version(7)));
        engine.refresh("acme");
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
        assertThat(bobMayUpdate()).isTrue();
        assertThat(engine.policy("acme").version()).isEqualTo(Acme.version(7));
        assertThat(told).containsExactly("commit 2", "removed");
    }

    @Test
    void a_damaged_policy_is_no_answer() {
        use(Acme.engine(store));
        store.load = inner -> {
            StoredPolicy stored = inner.get().orElseThrow();
            return Optional.of(new StoredPolicy(
                    stored.policy(), stored.policy().withRevision(9).digest()));
        };
        assertThatThrownBy(this::bobMayUpdate)
                .isInstanceOf(PolicyStoreException.class)
                .hasMessageMatching("the stored policy of account `acme` at version [0-9a-f]{16}\\.1 is damaged: "
                        + "its digest is [0-9a-f]{32}, expected [0-9a-f]{32}");
    }

    private void restoreBackup(StoredPolicy backup) {
        store.memory.remove("acme");
        Acme.create(store.memory, backup.policy());
    }

    @Test
    @Tag("B120")
    void an_older_revision_is_reported_and_not_answered_from_until_the_host_accepts_it() {
        PermissionChecker checker = engine.checker("acme");
        StoredPolicy backup = store.memory.load("acme").orElseThrow();
        engine.commit("acme", TAKE);
        restoreBackup(backup);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> engine.refresh("acme"))
                    .isInstanceOf(PolicyStoreException.class)
                    .hasMessageMatching("the store has version \\w+\\.1 of account `acme`, which is older than \\w+\\.2"
                            + " that was seen: expected that version or a later one");
            assertThat(bobMayUpdate()).isFalse();
        }
        assertThatThrownBy(() -> engine.commit("acme", Change.addTeam("sales")))
                .isInstanceOf(PolicyStoreException.class);
        assertThat(bobMayUpdate()).isFalse();
        assertThat(told).containsExactly("commit 2", "went back from 2 to 1");

        engine.acceptStored("acme");
        assertThat(bobMayUpdate()).isTrue();
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isTrue();
        assertThat(engine.commit("acme", Change.addTeam("sales")).revision()).isEqualTo(2);
        assertThat(told).containsExactly("commit 2", "went back from 2 to 1", "resync 1", "commit 2");
    }

    @Test
    @Tag("B119")
    void answers_go_on_while_the_store_is_away_and_their_age_tells() throws Exception {
        store.versions = Around.failing(new PolicyStoreException("down", null));
        Duration before = engine.age("acme").orElseThrow();
        assertThatThrownBy(() -> engine.refreshAll()).hasMessage("down");
        Thread.sleep(2);
        assertThat(bobMayUpdate()).isTrue();
        assertThat(engine.age("acme").orElseThrow()).isGreaterThan(before);
        assertThat(engine.statistics().maxAge()).isGreaterThan(before);
        assertThat(engine.age("ghost")).isEmpty();
    }

    @Test
    void an_answer_that_is_too_old_waits_for_the_store() throws Exception {
        use(Acme.engine(store).maxStaleness(Duration.ofNanos(1)));
        PermissionChecker checker = engine.checker("acme");
        elsewhere(TAKE);
        assertThat(bobMayUpdate()).isFalse();
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
        elsewhere(Change.assign("bob", "lead", Acme.SUPPORT));
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isTrue();

        store.versions = Around.failing(new PolicyStoreException("down", null));
        assertThatThrownBy(this::bobMayUpdate)
                .isInstanceOf(PolicyStoreException.class)
                .hasMessage("down");
        store.versions = inner -> inner.get();
        assertThat(bobMayUpdate()).isTrue();
    }

    @Test
    void an_answer_that_is_too_old_fails_if_the_store_does_not_answer() throws Exception {
        use(Acme.engine(store).maxStaleness(Duration.ofNanos(1)).storeTimeout(Duration.ofMillis(20)));
        assertThat(engine.checker("acme")).isNotNull();
        CompletableFuture<Void> mayAnswer = new CompletableFuture<>();
        store.versions = inner -> {
            mayAnswer.join();
            return inner.get();
        };
        assertThatThrownBy(this::bobMayUpdate)
                .isInstanceOf(PolicyStoreException.class)
                .hasMessage("the policy of account `acme` was not confirmed within PT0.02S");
        mayAnswer.complete(null);
        await(() -> {
            try {
                return bobMayUpdate();
            } catch (PolicyStoreException e) {
                return false;
            }
        });
    }

    @Test
    void an_answer_is_young_enough_without_a_look_at_the_store() {
        use(Acme.engine(store).maxStaleness(HOUR));
        assertThat(bobMayUpdate()).isTrue();
        store.versions = Around.failing(new PolicyStoreException("down", null));
        assertThat(bobMayUpdate()).isTrue();
    }

    @Test
    void an_answer_from_memory_never_asks_the_store() {
        use(Acme.engine(store).maxStaleness(HOUR));
        int loads = store.loads.get();
        assertThat(engine.matrixInMemory("acme")).isEmpty();
        assertThat(store.loads).hasValue(loads);
        PermissionMatrix loaded = engine.matrix("acme");
        store.load = Around.failing(new PolicyStoreException("down", null));
        store.versions = Around.failing(new PolicyStoreException("down", null));
        assertThat(engine.matrixInMemory("acme")).containsSame(loaded);
        assertThat(engine.matrixInMemory("ghost")).isEmpty();
    }

    @Test
    void operators_see_the_oldest_answers_in_memory_first() {
        engine.create(Acme.builder("globex").build());
        engine.refresh("acme");
        assertThat(accountsInMemory(2)).containsExactly("globex", "acme");
        engine.refresh("globex");
        assertThat(accountsInMemory(2)).containsExactly("acme", "globex");
        assertThat(accountsInMemory(1)).containsExactly("acme");
        engine.evict("acme");
        assertThat(accountsInMemory(2)).containsExactly("globex");
        assertThatIllegalArgumentException().isThrownBy(() -> engine.matricesInMemory(0));
    }

    private List<String> accountsInMemory(int limit) {
        return engine.matricesInMemory(limit).stream()
                .map(matrix -> matrix.policy().account())
                .toList();
    }

    @Test
    void an_answer_that_is_too_old_is_not_in_memory() {
        use(Acme.engine(store).maxStaleness(Duration.ofNanos(1)));
        assertThat(engine.matrix("acme")).isNotNull();
        assertThat(engine.matrixInMemory("acme")).isEmpty();
    }

    @Test
    @Tag("P51")
    void a_version_is_waited_for() throws Exception {
        Version now = engine.policy("acme").version();
        assertThat(engine.matrix("acme", now, Duration.ZERO)).isSameAs(engine.matrix("acme"));
        PermissionEngineTest.assertRefused(Code.STALE, () -> engine.matrix("acme", now.at(2), Duration.ZERO));
        PermissionEngineTest.assertRefused(Code.CONFLICT, () -> engine.matrix("acme", Acme.version(1), HOUR));
        PermissionEngineTest.assertRefused(Code.ACCOUNT_NOT_FOUND, () -> engine.matrix("ghost", Acme.version(1), HOUR));

        CompletableFuture<PermissionMatrix> waiting =
                CompletableFuture.supplyAsync(() -> engine.matrix("acme", now.at(3), HOUR));
        elsewhere(Change.addTeam("sales"));
        assertThat(waiting).isNotDone();
        Commit third = elsewhere(TAKE);
        assertThat(waiting.get(5, TimeUnit.MINUTES).policy().version()).isEqualTo(third.version());
    }

    @Test
    void accounts_are_listed_without_a_load() {
        engine.create(Acme.policy("zeta"));
        assertThat(engine.accounts(null, 9)).containsExactly("acme", "zeta");
        assertThat(engine.accounts("acme", 9)).containsExactly("zeta");
        assertThatIllegalArgumentException().isThrownBy(() -> engine.accounts(null, 0));
        assertThat(store.loads).hasValue(0);
    }

    @Test
    void many_accounts_are_compared_in_few_calls() {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            engine.create(Acme.policy("account-" + i));
        }
        store.versions = inner -> {
            Map<String, Version> versions = inner.get();
            sizes.add(versions.size());
            return versions;
        };
        engine.refreshAll();
        assertThat(sizes).containsExactlyInAnyOrder(1_000, 501);
    }

    @Test
    @Tag("B115")
    void hints_that_come_during_a_look_at_the_store_are_looked_at_together() throws Exception {
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch isLooking = new CountDownLatch(1);
        CountDownLatch areHinted = new CountDownLatch(1);
        store.versions = inner -> {
            isLooking.countDown();
            awaitQuietly(areHinted);
            Map<String, Version> versions = inner.get();
            sizes.add(versions.size());
            return versions;
        };
        store.hints.accept("acme");
        isLooking.await();
        for (int i = 0; i < 5; i++) {
            engine.create(Acme.policy("account-" + i));
            store.hints.accept("account-" + i);
        }
        elsewhere(TAKE);
        store.hints.accept("acme");
        areHinted.countDown();
        await(() -> sizes.size() == 2);
        assertThat(sizes).containsExactly(1, 6);
        await(() -> !bobMayUpdate());
        store.hints.accept("account-0");
        await(() -> sizes.size() == 3);
        assertThat(sizes).containsExactly(1, 6, 1);
    }

    @Test
    @Tag("B105")
    void periods_and_times_are_positive() {
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Acme.engine().refreshEvery(none))
                    .withMessage("the period is `" + none + "`: expected more than zero");
            assertThatIllegalArgumentException().isThrownBy(() -> Acme.engine().maxStaleness(none));
            assertThatIllegalArgumentException().isThrownBy(() -> Acme.engine().storeTimeout(none));
        }
    }
}
