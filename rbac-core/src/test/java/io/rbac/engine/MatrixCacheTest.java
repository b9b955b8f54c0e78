package io.rbac.engine;

import static io.rbac.engine.Acme.C42;
import static io.rbac.engine.Acme.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MatrixCacheTest {

    private static final long ONE = PermissionMatrix.compile(Acme.policy()).retainedBytes() + 1_024;

    private final FakeStore store = new FakeStore();

    private PermissionEngine engine(long bytes, int accounts) {
        for (int i = 0; i < accounts; i++) {
            Acme.create(store.memory, Acme.policy("account-" + i).withVersion(Acme.version(1)));
        }
        return Acme.engine(store).cacheBytes(bytes).build();
    }

    /** Asks for all accounts but the first so often that the first has to go. */
    private static void askForOthers(PermissionEngine engine, int accounts) {
        for (int i = 1; i < accounts; i++) {
            for (int times = 0; times < 100; times++) {
                engine.matrix("account-" + i);
            }
        }
    }

    @Test
    @Tag("P06")
    @Tag("B105")
    void nothing_is_kept_in_a_cache_of_no_bytes() {
        try (PermissionEngine engine = engine(0, 0)) {
            engine.create(Acme.policy());
            PermissionChecker checker = engine.checker("acme");
            int before = store.loads.get();
            for (int i = 1; i <= 5; i++) {
                assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
                assertThat(checker.hasPermission("bob", UPDATE, C42)).isTrue();
                assertThat(store.loads).hasValue(before + 2 * i);
            }
            engine.commit("acme", Acme.leadGets("user:delete"));
            assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
            assertThat(engine.statistics().accounts()).isZero();
            assertThat(engine.statistics().bytes()).isZero();
        }
    }

    @Test
    void a_policy_that_is_larger_than_the_cache_is_answered_from_and_not_kept() {
        try (PermissionEngine engine = engine(ONE, 1)) {
            assertThat(engine.hasPermission("account-0", "bob", UPDATE, C42)).isTrue();
            assertThat(engine.statistics().accounts()).isEqualTo(1);
            var large = Acme.builder("account-0");
            for (int i = 0; i < 1_000; i++) {
                large.team("team-" + i);
            }
            PermissionChecker checker = engine.checker("account-0");
            engine.replace(large.build());
            assertThat(engine.statistics().accounts()).isZero();
            int before = store.loads.get();
            assertThat(checker.hasPermission("bob", UPDATE, C42)).isTrue();
            assertThat(engine.policy("account-0").revision()).isEqualTo(2);
            assertThat(store.loads).hasValue(before + 2);
        }
    }

    @Test
    void what_is_kept_stays_within_the_bound_whoever_asks() {
        try (PermissionEngine engine = engine(ONE * 10, 500)) {
            List<PermissionChecker> checkers = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 500; i++) {
                    assertThat(engine.hasPermission("account-" + i, "bob", UPDATE, C42))
                            .isTrue();
                    if (i % 5 == 0) {
                        PermissionChecker checker = engine.checker("account-" + i);
                        assertThat(checker.hasPermission("bob", UPDATE, C42)).isTrue();
                        checkers.add(checker);
                    }
                    assertThat(engine.statistics().bytes()).isLessThanOrEqualTo(ONE * 10);
                }
            }
            CacheStatistics statistics = engine.statistics();
            assertThat(statistics.accounts()).isBetween(5L, 11L);
            assertThat(statistics.evictions()).isGreaterThan(900);
            assertThat(statistics.loads()).isEqualTo(store.loads.get()).isGreaterThan(900);
            assertThat(statistics.misses()).isGreaterThanOrEqualTo(statistics.loads());
            assertThat(statistics.failedLoads()).isZero();
            assertThat(statistics.loadTime()).isPositive();
            assertThat(checkers).hasSize(300);
        }
    }

    @Test
    void an_evicted_account_is_loaded_by_the_next_check_of_its_checker() {
        try (PermissionEngine engine = engine(ONE * 2, 50)) {
            PermissionChecker checker = engine.checker("account-0");
            askForOthers(engine, 50);
            int before = store.loads.get();
            assertThat(checker.hasPermission("bob", UPDATE, C42)).isTrue();
            assertThat(store.loads).hasValue(before + 1);
        }
    }

    @Test
    void an_account_that_was_asked_through_its_checker_is_put_back_once() {
        try (PermissionEngine engine = engine(ONE * 10, 1)) {
            PermissionChecker checker = engine.checker("account-0");
            engine.evict("account-0");
            assertThat(engine.statistics().accounts()).isZero();
            for (int loads = 2; loads < 5; loads++) {
                for (int i = 0; i < 3; i++) {
                    assertThat(checker.hasPermission("bob", UPDATE, C42)).isTrue();
                    assertThat(store.loads).hasValue(loads);
                    engine.evict("account-0");
                    assertThat(engine.statistics().accounts()).isEqualTo(1);
                }
                engine.evict("account-0");
                assertThat(engine.statistics().accounts()).isZero();
                assertThat(engine.statistics().bytes()).isZero();
            }
        }
    }

    @Test
    void nothing_is_kept_of_accounts_that_nobody_asks_for_any_more() throws InterruptedException {
        try (PermissionEngine engine = engine(ONE * 2, 2_000)) {
            for (int i = 0; i < 2_000; i++) {
                engine.checker("account-" + i);
            }
            for (int i = 0; i < 3_000 && engine.accountsInUse() >= 10; i++) {
                System.gc();
                Thread.sleep(20);
            }
            assertThat(engine.accountsInUse()).isLessThan(10);
        }
    }

    @Test
    void checkers_of_an_account_share_what_is_loaded() {
        try (PermissionEngine engine = engine(ONE * 2, 1)) {
            List<PermissionChecker> checkers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                checkers.add(engine.checker("account-0"));
            }
            store.commit = FakeStore.Around.once(inner -> false);
            engine.commit("account-0", Acme.rename("Boss"));
            for (PermissionChecker checker : checkers) {
                assertThat(checker.hasPermission("bob", UPDATE, C42)).isTrue();
            }
            assertThat(store.loads).hasValue(1);
        }
    }
}
