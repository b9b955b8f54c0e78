package io.rbac.engine;

import static io.rbac.engine.Acme.ACCOUNT;
import static io.rbac.engine.Acme.CATALOG;
import static io.rbac.engine.Acme.SUPPORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.Policy;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyDifferenceTest {

    @Test
    void of_a_policy_and_itself_is_empty() {
        assertThat(PolicyDifference.between(Acme.policy(), Acme.policy().withRevision(9)))
                .isEmpty();
    }

    @Test
    void from_nothing_is_everything() {
        Policy policy = Acme.policy();
        assertThat(PolicyDifference.between(null, policy))
                .containsExactly(
                        new Effect.TeamAdded("support"),
                        new Effect.ChatAdded("c-42", "support"),
                        new Effect.RoleAdded(policy.role("lead").orElseThrow()),
                        new Effect.RoleAdded(policy.role("member").orElseThrow()),
                        new Effect.RoleAdded(policy.role("teammate").orElseThrow()),
                        new Effect.AssignmentAdded(new Assignment("ada", "member", ACCOUNT)),
                        new Effect.AssignmentAdded(new Assignment("bob", "member", ACCOUNT)),
                        new Effect.AssignmentAdded(new Assignment("bob", "lead", SUPPORT)));
    }

    @Test
    void equals_the_effects_of_the_changes_that_lead_there() {
        List<Change> changes = List.of(
                Change.addTeam("sales"),
                Change.addChat("c-1"),
                Change.addChat("c-2", "sales"),
                Change.moveChat("c-42", "sales"),
                Change.removeTeam("support"),
                Change.deleteRole("teammate"),
                Change.createRole(
                        "new", Scope.CHAT, RoleUpdate.builder().name("New").build()),
                Acme.leadGets("user:delete"),
                Change.assign("eve", "new", Target.chat("c-42")),
                Change.removeUser("ada"));
        Policy before = Acme.policy();
        var applied = before.apply(changes, Instant.EPOCH);
        assertThat(PolicyDifference.between(before, applied.policy())).isEqualTo(applied.effects());
        assertThat(applied.effects()).hasSizeGreaterThan(9);
    }

    @Test
    void sees_a_role_of_another_scope_as_another_role() {
        Policy before = Acme.policy();
        Role chatLead = Role.builder("lead", Scope.CHAT).name("Team lead").build();
        Policy after = Policy.builder("acme", CATALOG)
                .role(Acme.member())
                .role(chatLead)
                .chat("c-42")
                .assign("bob", "lead", Target.chat("c-42"))
                .build();
        assertThat(PolicyDifference.between(before, after))
                .containsExactly(
                        new Effect.AssignmentRemoved(new Assignment("ada", "member", ACCOUNT)),
                        new Effect.AssignmentRemoved(new Assignment("bob", "member", ACCOUNT)),
                        new Effect.AssignmentRemoved(new Assignment("bob", "lead", SUPPORT)),
                        new Effect.RoleRemoved(before.role("lead").orElseThrow()),
                        new Effect.RoleRemoved(before.role("teammate").orElseThrow()),
                        new Effect.TeamRemoved("support"),
                        new Effect.ChatMoved("c-42", "support", null),
                        new Effect.RoleAdded(chatLead),
                        new Effect.AssignmentAdded(new Assignment("bob", "lead", Target.chat("c-42"))));
    }

    @Test
    void sees_times_that_differ() {
        Policy after = Policy.builder("acme", CATALOG)
                .role(Acme.member().toBuilder().updatedAt(Instant.EPOCH).build())
                .build();
        Policy before = Policy.builder("acme", CATALOG).role(Acme.member()).build();
        assertThat(PolicyDifference.between(before, after))
                .containsExactly(new Effect.RoleChanged(
                        Acme.member(), after.role("member").orElseThrow()));
    }
}
