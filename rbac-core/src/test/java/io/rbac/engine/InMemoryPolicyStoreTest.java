package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rbac.model.Change;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InMemoryPolicyStoreTest {

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();

    private static Policy policy(long revision) {
        return Acme.policy().withVersion(Acme.version(revision));
    }

    private static Commit commit(long revision) {
        return Acme.commit(policy(revision), "bob", List.of(Change.addTeam("t-" + revision)), List.of());
    }

    private boolean commitTo(long revision) {
        return store.commit(commit(revision), policy(revision));
    }

    @Test
    void keeps_what_it_is_given() {
        assertThat(store.load("acme")).isEmpty();
        assertThat(store.create(commit(1), policy(1))).isTrue();
        assertThat(store.create(commit(1), policy(7))).isFalse();
        assertThat(store.load("acme"))
                .contains(new StoredPolicy(policy(1), policy(1).digest()));
        assertThat(store.load("ACME")).isEmpty();
        assertThat(commitTo(2)).isTrue();
        assertThat(store.load("acme").orElseThrow().policy().version()).isEqualTo(Acme.version(2));
        assertThat(store.load("acme").orElseThrow().digest())
                .isEqualTo(policy(2).digest());
        assertThat(store).hasToString("InMemoryPolicyStore of 1 accounts");
    }

    @Test
    void takes_only_the_next_revision_of_the_same_life() {
        store.create(commit(5), policy(5));
        for (long revision : new long[] {1, 4, 5, 7, Long.MAX_VALUE}) {
            assertThat(commitTo(revision)).isFalse();
        }
        Policy other = Acme.policy().withVersion(Version.of("f".repeat(16), 6));
        assertThat(store.commit(Acme.commit(other, null, List.of(), List.of()), other))
                .isFalse();
        assertThat(store.load("acme").orElseThrow().policy().version()).isEqualTo(Acme.version(5));
        assertThat(commitTo(6)).isTrue();
        store.remove("acme");
        assertThat(commitTo(7)).isFalse();
    }

    @Test
    void gives_each_revision_to_one_of_many() throws Exception {
        store.create(commit(1), policy(1));
        AtomicInteger taken = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 5_000; n++) {
                    long next = store.load("acme").orElseThrow().policy().revision() + 1;
                    if (commitTo(next)) {
                        taken.incrementAndGet();
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(store.load("acme").orElseThrow().policy().revision()).isEqualTo(1L + taken.get());
    }

    @Test
    void remembers_the_last_commits_without_a_gap() {
        store.create(commit(1), policy(1));
        List<Commit> all = new ArrayList<>(List.of(commit(1)));
        assertThat(store.history("acme", Acme.version(1), 9)).contains(List.of());
        assertThat(store.history("acme", Acme.version(0), 9)).contains(all);
        assertThat(store.history("ghost", Acme.version(0), 9)).isEmpty();
        for (long revision = 2; revision <= 40; revision++) {
            all.add(commit(revision));
            assertThat(commitTo(revision)).isTrue();
        }
        for (int known = 24; known <= 40; known++) {
            assertThat(store.history("acme", Acme.version(known), 99)).contains(all.subList(known, 40));
            assertThat(store.history("acme", Acme.version(known), 3))
                    .contains(all.subList(known, Math.min(known + 3, 40)));
        }
        assertThat(store.history("acme", Acme.version(23), 9)).isEmpty();
        assertThat(store.history("acme", Acme.version(41), 9)).isEmpty();
        assertThat(store.history("acme", Acme.version(Long.MAX_VALUE), 9)).isEmpty();
        assertThat(store.history("acme", Version.of("f".repeat(16), 39), 9)).isEmpty();
    }

    @Test
    void lists_accounts_by_code_points() {
        List<String> ids = List.of("A", "B", "a", "b", "z", "\uFF21", "\uD83D\uDE00");
        for (int i = ids.size() - 1; i >= 0; i--) {
            assertThat(Acme.create(store, Acme.policy(ids.get(i)).withVersion(Acme.version(1))))
                    .isTrue();
        }
        assertThat(store.accounts(null, 99)).isEqualTo(ids);
        assertThat(store.accounts(null, 2)).containsExactly("A", "B");
        assertThat(store.accounts("B", 2)).containsExactly("a", "b");
        assertThat(store.accounts("c", 2)).containsExactly("z", "\uFF21");
        assertThat(store.accounts("\uD83D\uDE00", 2)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.accounts(null, 0))
                .withMessage("the limit is `0`: expected at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> store.history("A", Acme.version(1), 0));
        assertThat(store.versions(List.of("A", "ghost", "z")))
                .isEqualTo(Map.of("A", Acme.version(1), "z", Acme.version(1)));
    }

    @Test
    void forgets_what_is_removed() {
        store.create(commit(1), policy(1));
        commitTo(2);
        assertThat(store.remove("acme")).isTrue();
        assertThat(store.remove("acme")).isFalse();
        assertThat(store.load("acme")).isEmpty();
        assertThat(store.versions(List.of("acme"))).isEmpty();
        assertThat(store.history("acme", Acme.version(1), 9)).isEmpty();
        assertThat(store.create(commit(1), policy(1))).isTrue();
        assertThat(store.history("acme", Acme.version(1), 9)).contains(List.of());
    }
}
