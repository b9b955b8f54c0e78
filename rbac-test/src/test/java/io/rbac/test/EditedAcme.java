package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Scope;
import io.rbac.test.EditModel.Applied;
import io.rbac.test.EditModel.Outcome;
import io.rbac.test.EditModel.Refused;
import java.util.List;
import java.util.Set;

/** A small account, and what is said of edits of it. */
final class EditedAcme {
    static final long AT = 1_000;
    static final Place ACCOUNT = Place.account();
    static final Place SUPPORT = Place.team("support");
    static final Place C1 = Place.chat("c1");

    static final SketchRole MEMBER = SketchRole.of("member", Scope.ACCOUNT, "user:read")
            .withTexts("Member", null)
            .withDefault(true)
            .withTimes(1L, 2L, null);
    static final SketchRole OWNER = SketchRole.of("owner", Scope.ACCOUNT, "user:read", "user:update");
    static final SketchRole HOST = SketchRole.of("host", Scope.ACCOUNT, "user:read")
            .withTexts("Host", "Ours")
            .withSystem(true);
    static final SketchRole MATE =
            SketchRole.of("mate", Scope.TEAM, "user:read").withDefault(true);
    static final SketchRole LEAD = SketchRole.of("lead", Scope.TEAM, "user:update");
    static final SketchRole OLD =
            SketchRole.of("old", Scope.TEAM, "user:read").withDefault(true).withTimes(1L, 5L, 5L);
    static final SketchRole WRITER = SketchRole.of("writer", Scope.CHAT, "a/b:c~d");

    /** Nobody holds {@code owner} or {@code host}; chats have no default role. */
    static final Sketch ACME = Sketch.of(
                    "acme", SketchGroup.of("user", "read", "update"), SketchGroup.of("a/b", List.of(Scope.CHAT), "c~d"))
            .withRevision(7)
            .withRole(MEMBER)
            .withRole(OWNER)
            .withRole(HOST)
            .withRole(MATE)
            .withRole(LEAD)
            .withRole(OLD)
            .withRole(WRITER)
            .withTeam("support")
            .withTeam("sales")
            .withChat("c1", "support")
            .withChat("c2", null)
            .withAssignment("ada", "member", ACCOUNT)
            .withAssignment("bob", "lead", SUPPORT)
            .withAssignment("bob", "old", SUPPORT)
            .withAssignment("eve", "writer", C1);

    private EditedAcme() {}

    static Sketch under(SketchRules rules) {
        return ACME.withRules(rules);
    }

    /** The standard rules with another word for what deleting means. */
    static Sketch underDeletion(String word) {
        return under(SketchRules.standard().withEdits("defaults", word, new SketchRules.SystemRoles(true, true)));
    }

    static Sketch applied(Sketch before, Edit... edits) {
        Outcome outcome = EditModel.apply(before, List.of(edits), AT);
        assertThat(outcome).isInstanceOf(Applied.class);
        Sketch result = ((Applied) outcome).result();
        assertThat(Validity.problems(result)).isEmpty();
        return result;
    }

    static SketchRole role(Sketch sketch, String id) {
        return sketch.roles().stream()
                .filter(role -> role.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Asserts the effects of one batch, and that it took one revision. */
    static void assertEffects(Sketch before, List<Edit> edits, EditEffect... effects) {
        Outcome outcome = EditModel.apply(before, edits, AT);
        assertThat(outcome).isInstanceOf(Applied.class);
        Applied applied = (Applied) outcome;
        assertThat(applied.effects()).containsExactly(effects);
        assertThat(applied.result().revision()).isEqualTo(before.revision() + 1);
    }

    static void assertCame(Sketch before, Edit edit, String... assignments) {
        assertThat(difference(applied(before, edit), before)).containsExactlyInAnyOrder(assignments);
    }

    static void assertWent(Sketch before, Edit edit, String... assignments) {
        assertThat(difference(before, applied(before, edit))).containsExactlyInAnyOrder(assignments);
    }

    private static List<String> difference(Sketch more, Sketch less) {
        return more.assignments().stream()
                .filter(assignment -> !less.assignments().contains(assignment))
                .map(Sketch.Assignment::toString)
                .toList();
    }

    static void assertNothing(Sketch before, Edit... edits) {
        Outcome outcome = EditModel.apply(before, List.of(edits), AT);
        assertThat(outcome).isEqualTo(new Applied(before, List.of()));
        assertThat(((Applied) outcome).result()).isSameAs(before);
    }

    static void assertRefused(Sketch before, Edit edit, String... problems) {
        assertRefused(before, List.of(edit), problems);
    }

    static void assertRefused(Sketch before, List<Edit> edits, String... problems) {
        Outcome outcome = EditModel.apply(before, edits, AT);
        assertThat(outcome).isInstanceOf(Refused.class);
        Set<Problem> found = ((Refused) outcome).problems();
        assertThat(found).extracting(Problem::toString).containsExactlyInAnyOrder(problems);
    }
}
