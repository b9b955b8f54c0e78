package io.rbac.engine;

import static io.rbac.engine.Acme.C42;
import static io.rbac.engine.Acme.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that an engine is asked for, which may fail on the way; then it is held to go on, asked by another thread,
 * which would wait for ever if something were left locked. Public, as it is made in another class loader.
 */
public final class FailingCommit implements Function<String, @Nullable Throwable> {

    private static final Change TAKE = Acme.leadGets("user:delete");

    private final FakeStore store = new FakeStore();
    private final List<Throwable> reported = new ArrayList<>();
    private final PermissionEngine engine = Acme.engine(store)
            .executor(Runnable::run)
            .patience(Duration.ofMillis(50))
            .onListenerFailure((listener, thrown) -> reported.add(thrown))
            .build();
    private final List<Long> told = new ArrayList<>();
    private int removals;

    /** Creates one. */
    public FailingCommit() {}

    /** Does one thing, and returns what it threw. */
    @Override
    public @Nullable Throwable apply(String what) {
        engine.create(Acme.policy());
        engine.create(Acme.policy("other"));
        PermissionChecker checker = engine.checker("acme");
        engine.addListener(new PolicyListener() {
            @Override
            public void committed(Commit commit) {
                told.add(commit.revision());
            }

            @Override
            public void resync(String account, long revision) {
                told.add(revision);
            }

            @Override
            public void removed(String account) {
                removals++;
            }
        });
        if (what.contains("evicted")) {
            engine.evict("acme");
            engine.evict("acme");
        }
        Throwable thrown = failure(what);
        if (thrown == null && what.startsWith("commit")) {
            assertThat(store.memory.load("acme").orElseThrow().policy().revision())
                    .isEqualTo(2);
        }
        CompletableFuture.runAsync(() -> assertGoesOn(checker, thrown))
                .orTimeout(2, TimeUnit.MINUTES)
                .join();
        engine.close();
        return thrown;
    }

    private @Nullable Throwable failure(String what) {
        Failpoint.arm();
        try {
            switch (what.split(" ", -1)[0]) {
                case "create" -> engine.create(Acme.policy("new"));
                case "remove" -> engine.remove("acme");
                case "check" ->
                    assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
                default -> engine.commit("acme", TAKE);
            }
            return null;
        } catch (Throwable e) {
            return e;
        } finally {
            Failpoint.disarm();
        }
    }

    private void assertGoesOn(PermissionChecker checker, @Nullable Throwable thrown) {
        Policy stored = store.memory.load("acme").map(StoredPolicy::policy).orElse(null);
        if (stored == null) {
            assertRemoved(checker, thrown);
        } else {
            assertWhole(checker, stored, thrown);
        }
        assertThat(engine.commit("other", TAKE).revision()).isEqualTo(2);
        boolean created = store.memory.load("new").isPresent();
        assertThat(engine.hasPermission("new", "bob", UPDATE, C42)).isEqualTo(created);
        assertThat(engine.remove("new")).isEqualTo(created);
        assertThat(reported.size()).isLessThanOrEqualTo(1);
    }

    /** One revision, that of the store; what was acknowledged is there. */
    private void assertWhole(PermissionChecker checker, Policy stored, @Nullable Throwable thrown) {
        long revision = stored.revision();
        assertThat(revision).isBetween(1L, 2L);
        if (thrown instanceof PolicyStoreException said && !said.outcomeUnknown()) {
            assertThat(revision).isEqualTo(1);
        }
        assertThat(told).allMatch(each -> each <= revision);
        boolean expected = PermissionMatrix.compile(stored).hasPermission("bob", UPDATE, C42);
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isEqualTo(expected);
        assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isEqualTo(expected);
        assertThat(engine.policy("acme")).isEqualTo(stored);

        assertThat(engine.commit("acme", Acme.rename("Boss")).revision()).isEqualTo(revision + 1);
        assertThat(engine.policy("acme").role("lead").orElseThrow().name()).isEqualTo("Boss");
        assertThat(told).isSorted().last().isEqualTo(revision + 1);
        assertThat(removals).isZero();
    }

    private void assertRemoved(PermissionChecker checker, @Nullable Throwable thrown) {
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
        assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isFalse();
        assertThat(engine.remove("acme")).isFalse();
        assertThat(engine.create(Acme.policy()).revision()).isEqualTo(1);
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
        // a listener whose own call fails is not notified; one that was notified before the failure is notified again
        assertThat(removals).isBetween(reported.isEmpty() ? 1 : 0, thrown == null ? 1 : 2);
    }
}
