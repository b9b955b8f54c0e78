package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Change;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InMemoryPolicyStoreTest {

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();

    private static Commit commit(long revision) {
        return Commit.of(
                "acme", revision, "bob", Instant.EPOCH, "test", List.of(Change.addTeam("t-" + revision)), List.of());
    }

    @Test
    void keeps_what_it_is_given() {
        Policy first = Acme.policy().withRevision(1);
        assertThat(store.load("acme")).isEmpty();
        assertThat(store.create(first)).isTrue();
        assertThat(store.create(Acme.policy().withRevision(7))).isFalse();
        assertThat(store.load("acme")).contains(first);
        assertThat(store.load("ACME")).isEmpty();
        assertThat(store.commit(commit(2), first.withRevision(2))).isTrue();
        assertThat(store.load("acme").orElseThrow().revision()).isEqualTo(2);
        assertThat(store).hasToString("InMemoryPolicyStore of 1 accounts");
    }

    @Test
    void takes_only_the_next_revision() {
        Policy first = Acme.policy().withRevision(5);
        store.create(first);
        for (long revision : new long[] {1, 4, 5, 7, Long.MAX_VALUE}) {
            assertThat(store.commit(commit(revision), first.withRevision(revision)))
                    .isFalse();
        }
        assertThat(store.load("acme")).contains(first);
        assertThat(store.commit(commit(6), first.withRevision(6))).isTrue();
        store.remove("acme");
        assertThat(store.commit(commit(7), first.withRevision(7))).isFalse();
    }

    @Test
    void gives_each_revision_to_one_of_many() throws Exception {
        Policy first = Acme.policy().withRevision(1);
        store.create(first);
        AtomicInteger taken = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 20_000; n++) {
                    long next = store.load("acme").orElseThrow().revision() + 1;
                    if (store.commit(commit(next), first.withRevision(next))) {
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
        assertThat(store.load("acme").orElseThrow().revision()).isEqualTo(1L + taken.get());
    }

    @Test
    void remembers_the_last_commits_without_a_gap() {
        Policy first = Acme.policy().withRevision(1);
        store.create(first);
        assertThat(store.commitsSince("acme", 1)).contains(List.of());
        assertThat(store.commitsSince("acme", 0)).isEmpty();
        assertThat(store.commitsSince("ghost", 0)).isEmpty();
        List<Commit> all = new ArrayList<>();
        for (long revision = 2; revision <= 40; revision++) {
            all.add(commit(revision));
            assertThat(store.commit(commit(revision), first.withRevision(revision)))
                    .isTrue();
        }
        for (int known = 24; known <= 40; known++) {
            assertThat(store.commitsSince("acme", known)).contains(all.subList(known - 1, 39));
        }
        assertThat(store.commitsSince("acme", 23)).isEmpty();
        assertThat(store.commitsSince("acme", 41)).isEmpty();
        assertThat(store.commitsSince("acme", Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void forgets_what_is_removed() {
        store.create(Acme.policy().withRevision(1));
        store.commit(commit(2), Acme.policy().withRevision(2));
        assertThat(store.remove("acme")).isTrue();
        assertThat(store.remove("acme")).isFalse();
        assertThat(store.load("acme")).isEmpty();
        assertThat(store.commitsSince("acme", 1)).isEmpty();
        assertThat(store.create(Acme.policy().withRevision(1))).isTrue();
        assertThat(store.commitsSince("acme", 1)).contains(List.of());
    }
}
