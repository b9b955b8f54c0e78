package io.rbac.engine;

import static io.rbac.engine.Acme.SUPPORT;
import static io.rbac.engine.Acme.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.rbac.engine.FakeStore.Around;
import io.rbac.model.Change;
import io.rbac.model.Version;
import io.rbac.model.Violation.Code;
import io.rbac.policy.Policy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Edits that name an actor, from the engine's side: on which revision they are judged, and what a refusal leaves. */
class GuardedCommitTest {

    private final FakeStore store = new FakeStore();
    private final PermissionEngine engine = Acme.engine(store)
            .guard(Acme.guardNeeding(UPDATE))
            .executor(Runnable::run)
            .build();
    private final PolicyEdit bobs =
            PolicyEdit.of("acme").by("bob").because("test").changes(Change.unassign("eve", "lead", SUPPORT));

    @BeforeEach
    void create() {
        engine.create(Acme.builder("acme").assign("eve", "lead", SUPPORT).build());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void takeFromBobElsewhere() {
        Acme.commitElsewhere(store.memory, "acme", Change.unassign("bob", "lead", SUPPORT));
    }

    @Test
    void an_allowed_edit_is_committed_in_the_name_of_its_actor() {
        Commit commit = engine.commit(bobs);
        assertThat(commit.actor()).contains("bob");
        assertThat(commit.revision()).isEqualTo(2);
        assertThat(store.committed).containsExactly(commit);
    }

    @Test
    @Tag("P38")
    @Tag("P71")
    void a_refused_edit_leaves_the_same_object_writes_nothing_and_notifies_nobody() {
        Policy before = engine.policy("acme");
        engine.addListener(commit -> {
            throw new AssertionError("told of " + commit);
        });
        for (String actor : List.of("ada", "ghost")) {
            PermissionEngineTest.assertRefused(Code.FORBIDDEN, () -> engine.commit(bobs.by(actor)));
        }
        PermissionEngineTest.assertRefused(Code.FORBIDDEN, () -> engine.commit(bobs.changes(Acme.rename("Boss"))));
        assertThat(engine.policy("acme")).isSameAs(before);
        assertThat(store.writes).hasValue(1);
    }

    @Test
    void an_edit_without_an_actor_is_not_judged() {
        assertThat(engine.commit("acme", Acme.rename("Boss")).revision()).isEqualTo(2);
        assertThatNullPointerException().isThrownBy(() -> PolicyEdit.of("acme").by(null));
    }

    @Test
    @Tag("P73")
    @Tag("B93")
    void a_right_that_was_lost_between_judgement_and_commit_is_lost() {
        store.commit = Around.once(inner -> {
            takeFromBobElsewhere();
            return inner.get();
        });
        PermissionEngineTest.assertRefused(Code.FORBIDDEN, () -> engine.commit(bobs));
        assertThat(store.committed).isEmpty();
        assertThat(engine.policy("acme").usersOf("lead")).containsExactly("eve");
    }

    @Test
    @Tag("P73")
    @Tag("B93")
    void a_right_that_was_lost_between_judgement_and_commit_is_a_conflict_for_an_edit_that_expects_a_revision() {
        Version before = engine.policy("acme").version();
        store.commit = Around.once(inner -> {
            takeFromBobElsewhere();
            return inner.get();
        });
        PermissionEngineTest.assertRefused(Code.CONFLICT, () -> engine.commit(bobs.expecting(before)));
        assertThat(engine.policy("acme").usersOf("lead")).containsExactly("eve");
    }

    @Test
    @Tag("P59")
    void a_preview_is_refused_like_the_commit() {
        assertThat(engine.preview(bobs).isAccepted()).isTrue();
        assertThat(engine.preview(bobs.by("ada")).violations())
                .singleElement()
                .satisfies(v -> assertThat(v.code()).isEqualTo(Code.FORBIDDEN));
    }
}
