package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What differs between two policies, whichever way one came from the other. */
class EffectsTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("user", "read", "update", "delete")
            .build();

    private static final Target ACCOUNT = Target.account();
    private static final Target SUPPORT = Target.team("support");

    private static final Role MEMBER = Role.builder("member", Scope.ACCOUNT)
            .name("Member")
            .defaultRole(true)
            .rights(CATALOG.rights("user:read"))
            .build();

    private static Policy.Builder policy() {
        return Policy.builder().account("acme").catalog(CATALOG).role(MEMBER);
    }

    private static Policy acme() {
        return policy().role(Role.builder("lead", Scope.TEAM)
                        .name("Team lead")
                        .rights(CATALOG.rights("user:update"))
                        .build())
                .role(Role.builder("teammate", Scope.TEAM)
                        .name("Team member")
                        .defaultRole(true)
                        .build())
                .team("support")
                .chat("c-42", "support")
                .assign("ada", "member", ACCOUNT)
                .assign("bob", "member", ACCOUNT)
                .assign("bob", "lead", SUPPORT)
                .build();
    }

    @Test
    void between_a_policy_and_itself_there_are_none() {
        assertThat(acme().effectsSince(acme().withRevision(9))).isEmpty();
        assertThat(acme().withRevision(9).effectsSince(acme())).isEmpty();
    }

    @Test
    void of_everything_are_additions() {
        Policy policy = acme();
        assertThat(policy.asEffects())
                .containsExactly(
                        new Effect.TargetAdded(SUPPORT, ACCOUNT),
                        new Effect.TargetAdded(Target.chat("c-42"), SUPPORT),
                        new Effect.RoleAdded(policy.role("lead").orElseThrow()),
                        new Effect.RoleAdded(policy.role("member").orElseThrow()),
                        new Effect.RoleAdded(policy.role("teammate").orElseThrow()),
                        new Effect.AssignmentAdded(new Assignment("ada", "member", ACCOUNT)),
                        new Effect.AssignmentAdded(new Assignment("bob", "member", ACCOUNT)),
                        new Effect.AssignmentAdded(new Assignment("bob", "lead", SUPPORT)));
    }

    @Test
    void since_a_policy_are_those_of_the_changes_that_lead_from_it() {
        List<Change> changes = List.of(
                Change.addTeam("sales"),
                Change.addChat("c-1"),
                Change.addChat("c-2", "sales"),
                Change.moveChat("c-42", "sales"),
                Change.removeTeam("support"),
                Change.deleteRole("teammate"),
                Change.createRole(
                        "new", Scope.CHAT, RoleUpdate.builder().name("New").build()),
                Change.updateRole(
                        "lead",
                        RoleUpdate.builder()
                                .rights(CATALOG.rights("user:delete"))
                                .build()),
                Change.assign("eve", "new", Target.chat("c-42")),
                Change.removeUser("ada"));
        Policy before = acme();
        AppliedChanges applied = before.apply(changes, Instant.EPOCH);
        assertThat(applied.policy().effectsSince(before)).isEqualTo(applied.effects());
        assertThat(applied.effects()).hasSizeGreaterThan(9);
    }

    @Test
    void show_a_role_of_another_scope_as_another_role() {
        Policy before = acme();
        Role chatLead = Role.builder("lead", Scope.CHAT).name("Team lead").build();
        Policy after = policy().role(chatLead)
                .chat("c-42")
                .assign("bob", "lead", Target.chat("c-42"))
                .build();
        assertThat(after.effectsSince(before))
                .containsExactly(
                        new Effect.AssignmentRemoved(new Assignment("ada", "member", ACCOUNT)),
                        new Effect.AssignmentRemoved(new Assignment("bob", "member", ACCOUNT)),
                        new Effect.AssignmentRemoved(new Assignment("bob", "lead", SUPPORT)),
                        new Effect.RoleRemoved(before.role("lead").orElseThrow()),
                        new Effect.RoleRemoved(before.role("teammate").orElseThrow()),
                        new Effect.TargetRemoved(SUPPORT, ACCOUNT),
                        new Effect.TargetMoved(Target.chat("c-42"), SUPPORT, ACCOUNT),
                        new Effect.RoleAdded(chatLead),
                        new Effect.AssignmentAdded(new Assignment("bob", "lead", Target.chat("c-42"))));
    }

    @Test
    void show_times_that_differ() {
        Policy after = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .role(MEMBER.toBuilder().updatedAt(Instant.EPOCH).build())
                .build();
        assertThat(after.effectsSince(policy().build()))
                .containsExactly(
                        new Effect.RoleChanged(MEMBER, after.role("member").orElseThrow()));
    }
}
