package io.rbac.engine;

import static io.rbac.engine.Acme.C42;
import static io.rbac.engine.Acme.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.FakeStore.Around;
import io.rbac.matrix.PermissionChecker;
import io.rbac.model.Change;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StoreFailureTest {

    private static final Change TAKE = Acme.leadGets("user:delete");

    private final FakeStore store = new FakeStore();
    private final Executor direct = Runnable::run;
    private final PermissionEngine engine = Acme.engine(store).executor(direct).build();
    private final List<String> told = new ArrayList<>();
    private PermissionChecker checker;

    @BeforeEach
    void create() {
        engine.create(Acme.policy());
        checker = engine.checker("acme");
        engine.addListener(new PolicyListener() {
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
        });
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private boolean bobMayUpdate() {
        boolean answer = engine.hasPermission("acme", "bob", UPDATE, C42);
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isEqualTo(answer);
        return answer;
    }

    private static PolicyStoreException unknown() {
        return new PolicyStoreException("the connection was cut", null, true);
    }

    /** What another process does with the same store. */
    private void elsewhere(Change... changes) {
        Acme.commitElsewhere(store.memory, "acme", changes);
    }

    /** An edit that expects a revision of the account's life. */
    private PolicyEdit expecting(long revision) {
        return PolicyEdit.of("acme").expecting(engine.policy("acme").version().at(revision));
    }

    @Test
    @Tag("P40")
    void a_failure_that_wrote_nothing_changes_nothing() {
        Policy before = engine.policy("acme");
        PolicyStoreException failure = new PolicyStoreException("the disk is full", null);
        store.commit = Around.once(Around.failing(failure));
        assertThatThrownBy(() -> engine.commit("acme", TAKE)).isSameAs(failure);
        assertThat(failure.outcomeUnknown()).isFalse();
        assertThat(engine.policy("acme")).isSameAs(before);
        assertThat(bobMayUpdate()).isTrue();
        assertThat(told).isEmpty();
        assertThat(store.loads).hasValue(0);
        assertThat(engine.commit("acme", TAKE).revision()).isEqualTo(2);
    }

    @Test
    @Tag("P40")
    void an_unknown_outcome_that_wrote_is_found_to_be_a_success() {
        store.commit = Around.once(Around.failingAfter(unknown()));
        Commit commit = engine.commit(PolicyEdit.of("acme").because("test").changes(TAKE));
        assertThat(commit.revision()).isEqualTo(2);
        assertThat(store.committed).containsExactly(commit);
        assertThat(bobMayUpdate()).isFalse();
        assertThat(told).containsExactly("commit 2");
    }

    @Test
    void an_unknown_outcome_that_wrote_is_found_by_the_policy_where_commits_are_not_kept() {
        store.commit = Around.once(Around.failingAfter(unknown()));
        store.history = inner -> Optional.empty();
        assertThat(engine.commit("acme", TAKE).revision()).isEqualTo(2);
        assertThat(bobMayUpdate()).isFalse();
        assertThat(told).containsExactly("commit 2");
    }

    @Test
    @Tag("P40")
    void an_unknown_outcome_that_wrote_nothing_stays_unknown_to_the_caller_and_answers_go_on() {
        PolicyStoreException failure = unknown();
        store.commit = Around.once(Around.failing(failure));
        assertThatThrownBy(() -> engine.commit("acme", TAKE)).isSameAs(failure);
        assertThat(failure.outcomeUnknown()).isTrue();
        assertThat(bobMayUpdate()).isTrue();
        assertThat(engine.policy("acme").revision()).isEqualTo(1);
        assertThat(told).isEmpty();
        assertThat(engine.commit("acme", TAKE).revision()).isEqualTo(2);
    }

    @Test
    void a_failure_that_the_store_does_not_explain_is_an_unknown_outcome() {
        store.commit = Around.once(Around.failing(new ArithmeticException("bug")));
        assertThatThrownBy(() -> engine.commit("acme", TAKE))
                .isInstanceOfSatisfying(
                        PolicyStoreException.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue())
                .hasCauseInstanceOf(ArithmeticException.class)
                .hasMessage("whether account `acme` was written is not known: java.lang.ArithmeticException: bug");
        store.commit = Around.once(Around.failingAfter(new ArithmeticException("bug")));
        assertThat(engine.commit("acme", TAKE).revision()).isEqualTo(2);
    }

    @Test
    @Tag("P40")
    void after_an_unknown_outcome_nothing_is_answered_until_the_store_was_read() {
        PolicyStoreException failure = unknown();
        PolicyStoreException down = new PolicyStoreException("no connection", null);
        store.commit = Around.once(Around.failingAfter(failure));
        store.load = Around.failing(down);
        assertThatThrownBy(() -> engine.commit("acme", TAKE)).isSameAs(failure).hasSuppressedException(down);
        assertThatThrownBy(this::bobMayUpdate).isSameAs(down);
        assertThatThrownBy(() -> checker.hasPermission("bob", UPDATE, C42)).isSameAs(down);

        store.load = inner -> inner.get();
        store.history = Around.once(Around.failing(down));
        assertThatThrownBy(this::bobMayUpdate).isSameAs(down);

        assertThat(bobMayUpdate()).isFalse();
        assertThat(told).containsExactly("resync 2");
        assertThat(engine.commit("acme", Acme.rename("Boss")).revision()).isEqualTo(3);
        assertThat(told).containsExactly("resync 2", "commit 3");
    }

    @Test
    void a_doubt_outlives_everybody_who_holds_the_account() {
        store.commit = Around.once(Around.failingAfter(unknown()));
        store.load = Around.failing(new PolicyStoreException("no connection", null));
        checker = null;
        assertThatThrownBy(() -> engine.commit("acme", TAKE)).isInstanceOf(PolicyStoreException.class);
        System.gc();
        assertThat(engine.accountsInUse()).isEqualTo(1);
        store.load = inner -> inner.get();
        assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isFalse();
        assertThat(told).containsExactly("resync 2");
    }

    @Test
    void an_unknown_outcome_that_was_overtaken_is_tried_again() {
        store.commit = Around.once(inner -> {
            elsewhere(Acme.rename("Boss"));
            throw unknown();
        });
        Commit commit = engine.commit("acme", TAKE);
        assertThat(commit.revision()).isEqualTo(3);
        assertThat(engine.policy("acme").role("lead").orElseThrow().name()).isEqualTo("Boss");
        assertThat(bobMayUpdate()).isFalse();
        assertThat(told).containsExactly("resync 2", "commit 3");
    }

    @Test
    @Tag("P47")
    void an_unknown_outcome_that_was_overtaken_is_a_conflict_for_an_edit_that_expects_a_revision() {
        store.commit = Around.once(inner -> {
            elsewhere(Acme.rename("Boss"));
            throw unknown();
        });
        PermissionEngineTest.assertRefused(
                Code.CONFLICT, () -> engine.commit(expecting(1).changes(TAKE)));
        assertThat(bobMayUpdate()).isTrue();
        assertThat(told).containsExactly("resync 2");
    }

    @Test
    void a_commit_of_the_same_content_by_somebody_else_is_not_taken_for_the_own() {
        store.commit = Around.once(inner -> {
            elsewhere(TAKE);
            throw unknown();
        });
        Commit commit = engine.commit("acme", TAKE);
        assertThat(commit.effects()).isEmpty();
        assertThat(commit.revision()).isEqualTo(2);
        assertThat(told).containsExactly("resync 2");
    }

    @Test
    void an_error_goes_to_the_caller_and_what_is_stored_decides() {
        for (boolean written : new boolean[] {false, true}) {
            OutOfMemoryError error = new OutOfMemoryError("test");
            store.commit = Around.once(inner -> {
                if (written) {
                    assertThat(inner.get()).isTrue();
                }
                throw error;
            });
            assertThatThrownBy(() -> engine.commit("acme", TAKE)).isSameAs(error);
            assertThat(bobMayUpdate()).isEqualTo(!written);
            assertThat(told).hasSize(written ? 1 : 0);
        }
        assertThat(told).containsExactly("resync 2");
    }

    @Test
    void a_false_without_reason_is_tried_again() {
        store.commit = Around.once(inner -> false);
        assertThat(engine.commit(expecting(1).changes(TAKE)).revision()).isEqualTo(2);
        assertThat(store.loads).hasValue(0);
    }

    @Test
    void a_false_for_ever_is_a_conflict_after_some_tries() {
        store.commit = inner -> false;
        assertThatThrownBy(() -> engine.commit("acme", TAKE))
                .hasMessage("CONFLICT: account `acme` was changed by others while the edit was tried 12 times:"
                        + " expected no other edit in between");
        assertThat(store.writes).hasValue(1 + Committer.MAX_TRIES);
        assertThat(bobMayUpdate()).isTrue();
    }

    @Test
    void a_conflict_with_another_process_is_resolved_on_the_reloaded_policy() {
        elsewhere(Acme.rename("Boss"));
        elsewhere(Change.addTeam("sales"));
        Commit commit = engine.commit("acme", TAKE);
        assertThat(commit.revision()).isEqualTo(4);
        assertThat(engine.policy("acme").role("lead").orElseThrow().name()).isEqualTo("Boss");
        assertThat(told).containsExactly("commit 2", "commit 3", "commit 4");
    }

    @Test
    void an_edit_that_expects_what_another_process_committed_finds_it() {
        elsewhere(Acme.rename("Boss"));
        assertThat(engine.commit(expecting(2).changes(TAKE)).revision()).isEqualTo(3);
        assertThat(told).containsExactly("commit 2", "commit 3");
    }

    @Test
    @Tag("P47")
    void an_edit_that_expects_an_old_revision_is_in_conflict_with_what_another_process_committed() {
        elsewhere(Acme.rename("Boss"));
        assertThatThrownBy(() -> engine.commit(expecting(1).changes(TAKE)))
                .hasMessageStartingWith("CONFLICT: account `acme` is at version `");
    }

    @Test
    void that_nothing_is_to_be_done_is_said_of_what_is_stored_and_not_of_what_is_known_here() {
        elsewhere(Change.assign("eve", "lead", Acme.SUPPORT));
        Commit taken = engine.commit("acme", Change.unassign("eve", "lead", Acme.SUPPORT));
        assertThat(taken.revision()).isEqualTo(3);
        assertThat(taken.effects()).hasSize(1);
        assertThat(engine.commit("acme", Change.unassign("eve", "lead", Acme.SUPPORT))
                        .effects())
                .isEmpty();
        assertThat(store.loads).hasValue(0);
        assertThat(told).containsExactly("commit 2", "commit 3");
    }

    @Test
    void that_nothing_is_to_be_done_is_not_said_while_that_cannot_be_known() {
        Change nothing = Change.unassign("eve", "lead", Acme.SUPPORT);
        PolicyStoreException down = new PolicyStoreException("no connection", null);
        store.versions = Around.once(Around.failing(down));
        assertThatThrownBy(() -> engine.commit("acme", nothing)).isSameAs(down);
        store.versions = Around.once(Around.failing(new ArithmeticException("bug")));
        assertThatThrownBy(() -> engine.commit("acme", nothing))
                .isInstanceOf(PolicyStoreException.class)
                .hasMessage("whether account `acme` was changed is not known: java.lang.ArithmeticException: bug")
                .hasCauseInstanceOf(ArithmeticException.class);
        store.history = inner -> Optional.empty();
        assertThat(engine.commit("acme", nothing).revision()).isEqualTo(1);
        assertThat(store.loads).hasValue(0);
    }

    @Test
    void an_account_that_another_process_removed_is_dead_once_that_is_known() {
        store.memory.remove("acme");
        PermissionEngineTest.assertRefused(Code.ACCOUNT_NOT_FOUND, () -> engine.commit("acme", TAKE));
        assertThat(bobMayUpdate()).isFalse();
        assertThat(told).containsExactly("removed");
        assertThat(engine.create(Acme.policy()).revision()).isEqualTo(1);
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
        assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
        assertThat(told).containsExactly("removed", "commit 1");
    }

    @Test
    void an_account_that_another_process_removed_and_created_is_another_one() {
        engine.commit("acme", Acme.rename("Boss"));
        engine.commit("acme", Acme.rename("Chief"));
        store.memory.remove("acme");
        Acme.create(store.memory, Acme.policy().withVersion(Acme.version(1)));
        assertThat(engine.commit("acme", Acme.rename("Head")).revision()).isEqualTo(2);
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
        assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
        assertThat(told).containsExactly("commit 2", "commit 3", "removed", "commit 2");
    }

    @Test
    void an_account_that_another_process_removed_is_another_one_when_it_is_created_here() {
        engine.commit("acme", Acme.rename("Boss"));
        store.memory.remove("acme");
        assertThat(engine.create(Acme.builder("acme").team("sales").build()).revision())
                .isEqualTo(1);
        assertThat(engine.policy("acme").targets(Scope.TEAM))
                .containsExactly(Target.team("sales"), Target.team("support"));
        assertThat(engine.policy("acme").revision()).isEqualTo(1);
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
        assertThat(engine.commit("acme", TAKE).revision()).isEqualTo(2);
        assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isFalse();
        assertThat(told).containsExactly("commit 2", "removed", "commit 1", "commit 2");
    }

    @Test
    void an_account_whose_removal_was_of_unknown_outcome_is_another_one_when_it_is_created() {
        store.remove = Around.once(Around.failingAfter(unknown()));
        assertThatThrownBy(() -> engine.remove("acme")).isInstanceOf(PolicyStoreException.class);
        assertThat(engine.create(Acme.policy()).revision()).isEqualTo(1);
        assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
        assertThat(checker.hasPermission("bob", UPDATE, C42)).isFalse();
        assertThat(told).containsExactly("removed", "commit 1");
    }

    @Test
    void what_was_found_and_went_while_an_account_was_created_is_not_answered_from() {
        store.create = Around.once(inner -> {
            Acme.create(store.memory, Acme.policy("new").withVersion(Acme.version(1)));
            assertThat(engine.hasPermission("new", "bob", UPDATE, C42)).isTrue();
            store.memory.remove("new");
            return inner.get();
        });
        Policy.Builder empty =
                Policy.builder().account("new").catalog(Acme.CATALOG).role(Acme.member());
        assertThat(engine.create(empty.build()).revision()).isEqualTo(1);
        assertThat(engine.hasPermission("new", "bob", UPDATE, C42)).isFalse();
        assertThat(engine.policy("new").users()).isEmpty();
    }

    @Test
    void a_creation_of_unknown_outcome_is_found_out() {
        store.create = Around.once(Around.failingAfter(unknown()));
        assertThat(engine.create(Acme.policy("written")).revision()).isEqualTo(1);

        PolicyStoreException failure = unknown();
        store.create = Around.once(Around.failing(failure));
        assertThatThrownBy(() -> engine.create(Acme.policy("other"))).isSameAs(failure);
        assertThat(engine.hasPermission("other", "bob", UPDATE, C42)).isFalse();
        assertThat(engine.create(Acme.policy("other")).revision()).isEqualTo(1);

        store.create = Around.once(inner -> {
            Acme.create(
                    store.memory, Acme.builder("third").team("sales").build().withVersion(Acme.version(1)));
            throw unknown();
        });
        PermissionEngineTest.assertRefused(Code.ACCOUNT_EXISTS, () -> engine.create(Acme.policy("third")));
        assertThat(told).containsExactly("commit 1", "commit 1");
    }

    @Test
    void a_removal_of_unknown_outcome_is_found_out_by_the_next_question() {
        PolicyStoreException failure = unknown();
        store.remove = Around.once(Around.failing(failure));
        assertThatThrownBy(() -> engine.remove("acme")).isSameAs(failure);
        assertThat(bobMayUpdate()).isTrue();

        store.remove = Around.once(Around.failingAfter(failure));
        assertThatThrownBy(() -> engine.remove("acme")).isSameAs(failure);
        assertThat(bobMayUpdate()).isFalse();
        assertThat(told).containsExactly("removed");

        PolicyStoreException said = new PolicyStoreException("read-only", null);
        engine.create(Acme.policy());
        int loads = store.loads.get();
        store.remove = Around.once(Around.failing(said));
        assertThatThrownBy(() -> engine.remove("acme")).isSameAs(said);
        assertThat(engine.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
        assertThat(store.loads).hasValue(loads);
    }

    @Test
    void a_failed_load_is_no_answer_and_is_not_remembered() {
        FakeStore other = new FakeStore();
        Acme.create(other.memory, Acme.policy().withVersion(Acme.version(1)));
        try (PermissionEngine cold = Acme.engine(other).build()) {
            other.load = Around.once(Around.failing(new IllegalStateException("down")));
            assertThatThrownBy(() -> cold.hasPermission("acme", "bob", UPDATE, C42))
                    .isInstanceOf(PolicyStoreException.class)
                    .hasMessage(
                            "the policy of account `acme` could not be loaded: java.lang.IllegalStateException: down")
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(cold.accountsInUse()).isZero();
            assertThat(cold.statistics().failedLoads()).isEqualTo(1);

            StackOverflowError error = new StackOverflowError();
            other.load = Around.once(inner -> {
                throw error;
            });
            assertThatThrownBy(() -> cold.matrix("acme")).isSameAs(error);
            assertThat(cold.hasPermission("acme", "bob", UPDATE, C42)).isTrue();
            assertThat(cold.statistics().loads()).isEqualTo(3);
        }
    }

    @Test
    @Tag("B119")
    void a_store_that_is_down_does_not_matter_to_what_is_in_memory() {
        store.load = Around.failing(new PolicyStoreException("down", null));
        assertThat(bobMayUpdate()).isTrue();
    }
}
