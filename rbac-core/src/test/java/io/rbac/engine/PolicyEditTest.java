package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Version;
import io.rbac.policy.PolicyDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyEditTest {

    private final Change change = Change.addTeam("sales");

    @Test
    void says_what_it_was_given() {
        PolicyEdit edit = PolicyEdit.of("acme")
                .by("bob")
                .expecting(Acme.version(2))
                .because("help")
                .changes(change, change);
        assertThat(edit.account()).isEqualTo("acme");
        assertThat(edit.actor()).contains("bob");
        assertThat(edit.expected()).contains(Acme.version(2));
        assertThat(edit.reason()).contains("help");
        assertThat(edit.changes()).containsExactly(change, change);
        assertThat(edit).hasToString("PolicyEdit of acme by bob expecting version 0123456789abcdef.2: 2 changes");
    }

    @Test
    void of_an_account_alone_is_the_hosts_on_any_revision() {
        PolicyEdit edit = PolicyEdit.of("acme");
        assertThat(edit.actor()).isEmpty();
        assertThat(edit.expected()).isEmpty();
        assertThat(edit.reason()).isEmpty();
        assertThat(edit.changes()).isEmpty();
        assertThat(edit).hasToString("PolicyEdit of acme: 0 changes");
    }

    @Test
    void is_a_value_that_never_changes() {
        List<Change> changes = new ArrayList<>(List.of(change));
        PolicyEdit edit = PolicyEdit.of("acme").changes(changes);
        PolicyEdit same = PolicyEdit.of("acme").changes(change);
        changes.clear();
        assertThat(edit).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(edit.by("bob")).isNotEqualTo(edit);
        assertThat(edit.expecting(Acme.version(0))).isNotEqualTo(edit);
        assertThat(edit.because("")).isNotEqualTo(edit);
        assertThat(edit.changes()).hasSize(1);
        assertThat(edit.changes(Change.addTeam("other"))).isNotEqualTo(edit);
        assertThat(PolicyEdit.of("other").changes(change)).isNotEqualTo(edit);
    }

    @Test
    void is_restricted_to_what_all_its_restrictions_have() {
        PermissionCatalog catalog = PermissionCatalog.builder()
                .group("doc", "read", "write", "share")
                .build();
        PolicyEdit edit = PolicyEdit.of("acme").by("bob");
        PolicyEdit once = edit.restrictedTo(catalog.rights("doc:read", "doc:write"));
        PolicyEdit twice = once.restrictedTo(catalog.rights("doc:write", "doc:share"));

        assertThat(edit.restriction()).isEmpty();
        assertThat(once.restriction()).contains(catalog.rights("doc:read", "doc:write"));
        assertThat(twice.restriction()).contains(catalog.rights("doc:write"));
        assertThat(once).isNotEqualTo(edit).isNotEqualTo(twice);
        assertThat(twice.expecting(Acme.version(1))
                        .because("help")
                        .changes(change)
                        .by("eve")
                        .restriction())
                .contains(catalog.rights("doc:write"));
        assertThat(twice).hasToString("PolicyEdit of acme by bob restricted to [doc:write]: 0 changes");
    }

    @Test
    void takes_no_null() {
        PolicyEdit edit = PolicyEdit.of("acme");
        assertThatNullPointerException().isThrownBy(() -> PolicyEdit.of(null));
        assertThatNullPointerException().isThrownBy(() -> edit.by(null));
        assertThatNullPointerException().isThrownBy(() -> edit.restrictedTo(null));
        assertThatNullPointerException().isThrownBy(() -> edit.because(null));
        assertThatNullPointerException().isThrownBy(() -> edit.expecting(null));
        assertThatNullPointerException().isThrownBy(() -> edit.changes((Change) null));
    }

    @Test
    void a_commit_is_equal_to_one_of_the_same_parts() {
        Version version = Acme.version(2);
        PolicyDigest digest = Acme.policy().digest();
        Commit commit = Commit.of("acme", version, digest, "bob", Instant.EPOCH, "help", List.of(change), List.of());
        Commit same = Commit.of("acme", version, digest, "bob", Instant.EPOCH, "help", List.of(change), List.of());
        assertThat(commit).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(commit).hasToString("Commit of acme at revision 2 by bob: 1 changes, 0 effects");
        for (Commit other : List.of(
                Commit.of(
                        "acme",
                        version,
                        Acme.policy("x").digest(),
                        "bob",
                        Instant.EPOCH,
                        "help",
                        List.of(change),
                        List.of()),
                Commit.of("other", version, digest, "bob", Instant.EPOCH, "help", List.of(change), List.of()),
                Commit.of("acme", Acme.version(3), digest, "bob", Instant.EPOCH, "help", List.of(change), List.of()),
                Commit.of("acme", version, digest, null, Instant.EPOCH, "help", List.of(change), List.of()),
                Commit.of("acme", version, digest, "bob", Instant.MAX, "help", List.of(change), List.of()),
                Commit.of("acme", version, digest, "bob", Instant.EPOCH, null, List.of(change), List.of()),
                Commit.of("acme", version, digest, "bob", Instant.EPOCH, "help", List.of(), List.of()))) {
            assertThat(other).isNotEqualTo(commit);
        }
    }
}
