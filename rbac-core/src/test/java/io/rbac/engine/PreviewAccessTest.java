package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Target;
import io.rbac.review.AccessDiff;
import io.rbac.review.AccessGainedException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A preview says for whom an edit would change what; its commit then makes just this difference. */
@Tag("P59")
class PreviewAccessTest {

    private final PermissionEngine engine =
            PermissionEngine.builder().catalog(Acme.CATALOG).build();

    @BeforeEach
    void create() {
        engine.create(Acme.policy());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static PolicyEdit edit(Change... changes) {
        return PolicyEdit.of("acme").changes(changes);
    }

    private static List<String> texts(AccessDiff diff) {
        return List.of(diff.gains().toList().toString(), diff.losses().toList().toString());
    }

    @Test
    void a_preview_names_gains_and_losses_and_the_commit_makes_them() {
        PolicyEdit edit =
                edit(Change.assign("ada", "lead", Acme.SUPPORT), Change.unassign("bob", "lead", Acme.SUPPORT));
        Preview preview = engine.preview(edit);
        assertThat(preview.gains()).singleElement().satisfies(entry -> {
            assertThat(entry.user()).isEqualTo("ada");
            assertThat(entry.rights()).hasToString("[user:update]");
            assertThat(entry.target()).isEqualTo(Acme.SUPPORT);
        });
        assertThat(preview.losses()).singleElement().hasToString("`bob`: [user:update] at `team/support`");
        PermissionMatrix before = engine.matrix("acme");
        engine.commit(edit);
        assertThat(texts(AccessDiff.between(before, engine.matrix("acme")))).isEqualTo(texts(preview.access()));
    }

    @Test
    void a_gate_refuses_a_preview_in_which_somebody_gains() {
        Preview gaining = engine.preview(edit(Change.assign("ada", "lead", Acme.SUPPORT)));
        assertThatThrownBy(gaining::requireNoGain)
                .isInstanceOf(AccessGainedException.class)
                .hasMessage("access is gained: [user:update] by `lead`: `ada` at `team/support`");
        engine.preview(edit(Change.removeUser("bob"))).requireNoGain();
    }

    @Test
    void a_refused_edit_changes_nothing_for_anybody() {
        Preview refused = engine.preview(edit(Change.assign("ada", "lead", Target.team("gone"))));
        assertThat(refused.isAccepted()).isFalse();
        assertThat(refused.access().isEquivalent()).isTrue();
        refused.requireNoGain();
    }
}
