package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.test.EditModel.Applied;
import io.rbac.test.EditModel.Outcome;
import io.rbac.test.EditModel.Refused;
import java.util.List;
import java.util.Set;

/** A small policy, and assertions about edits of it. */
final class EditedAcme {
    static final long AT = 1_000;
    static final PlainTarget ACCOUNT = PlainTarget.account();
    static final PlainTarget SUPPORT = PlainTarget.team("support");
    static final PlainTarget C1 = PlainTarget.chat("c1");

    static final PlainRole MEMBER = PlainRole.of("member", PlainScope.ACCOUNT, "user:read")
            .withTexts("Member", null)
            .withDefault(true)
            .withTimes(1L, 2L, null);
    static final PlainRole OWNER = PlainRole.of("owner", PlainScope.ACCOUNT, "user:read", "user:update");
    static final PlainRole HOST = PlainRole.of("host", PlainScope.ACCOUNT, "user:read")
            .withTexts("Host", "Ours")
            .withSystem(true);
    static final PlainRole MATE =
            PlainRole.of("mate", PlainScope.TEAM, "user:read").withDefault(true);
    static final PlainRole LEAD = PlainRole.of("lead", PlainScope.TEAM, "user:update");
    static final PlainRole OLD =
            PlainRole.of("old", PlainScope.TEAM, "user:read").withDefault(true).withTimes(1L, 5L, 5L);
    static final PlainRole WRITER = PlainRole.of("writer", PlainScope.CHAT, "a/b:c~d");

    /** A policy in which nobody holds {@code owner} or {@code host}, and chats have no default role. */
    static final PlainPolicy ACME = PlainPolicy.of(
                    "acme",
                    PlainGroup.of("user", "read", "update"),
                    PlainGroup.of("a/b", List.of(PlainScope.CHAT), "c~d"))
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

    static PlainPolicy under(PlainRules rules) {
        return ACME.withRules(rules);
    }

    /** Returns the policy under the standard rules but for what deleting means. */
    static PlainPolicy underDeletion(String word) {
        return under(PlainRules.standard().withEdits("defaults", word, new PlainRules.SystemRoles(true, true)));
    }

    static PlainPolicy applied(PlainPolicy before, Edit... edits) {
        Outcome outcome = EditModel.apply(before, List.of(edits), AT);
        assertThat(outcome).isInstanceOf(Applied.class);
        PlainPolicy result = ((Applied) outcome).result();
        assertThat(Validity.violations(before)).containsAll(Validity.violations(result));
        return result;
    }

    static PlainRole role(PlainPolicy plain, String id) {
        return plain.roles().stream()
                .filter(role -> role.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Asserts the effects of one batch, and that it took one revision. */
    static void assertEffects(PlainPolicy before, List<Edit> edits, EditEffect... effects) {
        Outcome outcome = EditModel.apply(before, edits, AT);
        assertThat(outcome).isInstanceOf(Applied.class);
        Applied applied = (Applied) outcome;
        assertThat(applied.effects()).containsExactly(effects);
        assertThat(applied.result().revision()).isEqualTo(before.revision() + 1);
    }

    static void assertAdded(PlainPolicy before, Edit edit, String... assignments) {
        assertThat(difference(applied(before, edit), before)).containsExactlyInAnyOrder(assignments);
    }

    static void assertRemoved(PlainPolicy before, Edit edit, String... assignments) {
        assertThat(difference(before, applied(before, edit))).containsExactlyInAnyOrder(assignments);
    }

    private static List<String> difference(PlainPolicy more, PlainPolicy less) {
        return more.assignments().stream()
                .filter(assignment -> !less.assignments().contains(assignment))
                .map(PlainPolicy.Assignment::toString)
                .toList();
    }

    static void assertUnchanged(PlainPolicy before, Edit... edits) {
        Outcome outcome = EditModel.apply(before, List.of(edits), AT);
        assertThat(outcome).isEqualTo(new Applied(before, List.of()));
        assertThat(((Applied) outcome).result()).isSameAs(before);
    }

    static void assertRefused(PlainPolicy before, Edit edit, String... violations) {
        assertRefused(before, List.of(edit), violations);
    }

    static void assertRefused(PlainPolicy before, List<Edit> edits, String... violations) {
        Outcome outcome = EditModel.apply(before, edits, AT);
        assertThat(outcome).isInstanceOf(Refused.class);
        Set<PlainViolation> found = ((Refused) outcome).violations();
        assertThat(found).extracting(PlainViolation::toString).containsExactlyInAnyOrder(violations);
    }
}
