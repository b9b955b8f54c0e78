package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a table tells those who compare and explain: also of numbers that are free, and of scopes of another tree. */
class PolicyTableTest {

    private static final PermissionCatalog CATALOG =
            PermissionCatalog.builder().group("user", "read", "update").build();
    private static final Target SUPPORT = Target.team("support");
    private static final Target C42 = Target.chat("c-42");

    private final Policy policy = Policy.builder()
            .account("acme")
            .catalog(CATALOG)
            .role(role("member", Scope.ACCOUNT).toBuilder().defaultRole(true).build())
            .role(role("lead", Scope.TEAM))
            .team("sales")
            .team("support")
            .chat("c-42", "support")
            .assign("ada", "member", Target.account())
            .assign("bob", "lead", SUPPORT)
            .assign("bob", "member", Target.account())
            .build();
    private final PolicyTable table = policy.table();

    private static Role role(String id, Scope scope) {
        return Role.builder(id, scope)
                .name(id)
                .rights(CATALOG.rights("user:read"))
                .build();
    }

    private static Policy applied(Policy policy, Change... changes) {
        return policy.apply(List.of(changes), Instant.EPOCH).policy();
    }

    private static List<String> names(PolicyTable table, int[] ordinals) {
        return IntStream.of(ordinals)
                .mapToObj(ordinal -> table.targetOf(ordinal).orElseThrow().toString())
                .toList();
    }

    @Test
    void a_path_leads_from_a_target_to_the_account() {
        assertThat(names(table, table.path(C42))).containsExactly("chat/c-42", "team/support", "account");
        assertThat(names(table, table.path(table.target(C42)))).containsExactly("chat/c-42", "team/support", "account");
        assertThat(names(table, table.path(Target.account()))).containsExactly("account");
        assertThat(table.path(Target.team("gone"))).isEmpty();
        assertThat(table.path(C42.inTeam("sales"))).isEmpty();
        assertThat(table.path(Target.chat("new").inTeam("support"))).isEmpty();
        PolicyTable trusting = policy.withRules(PolicyRules.builder()
                        .unknownTargets(PolicyRules.UnknownTargets.TRUSTED)
                        .build())
                .table();
        assertThat(names(trusting, trusting.path(Target.chat("new").inTeam("support"))))
                .containsExactly("team/support", "account");
    }

    @Test
    void targets_are_counted_by_scope() {
        assertThat(table.count(Scope.ACCOUNT)).isEqualTo(1);
        assertThat(table.count(Scope.TEAM)).isEqualTo(2);
        assertThat(table.count(Scope.CHAT)).isEqualTo(1);
        ScopeTree other = ScopeTree.builder().scope("org").scope("page").build();
        assertThat(table.count(other.scope("page"))).isZero();
        assertThat(table.level(table.target(C42))).isEqualTo(2);
    }

    @Test
    void a_free_number_has_no_path_and_no_users() {
        int free = table.target(C42);
        PolicyTable without = applied(policy, Change.removeChat("c-42")).table();
        assertThat(without.level(free)).isEqualTo(-1);
        assertThat(without.path(free)).isEmpty();
        assertThat(without.userCount(free)).isZero();
        assertThat(without.holders(free).with((roleSet, word) -> -1, 0)).isEmpty();
        assertThat(table.ordinalOf(without, free)).isEqualTo(-1);
        assertThat(without.ordinalOf(table, free)).isEqualTo(-1);
    }

    @Test
    void users_are_found_by_what_they_hold_at_a_target_itself() {
        PolicyTable.RoleSetBits all = (roleSet, word) -> roleSet == 0 ? 0 : 1;
        assertThat(table.holders(table.target(Target.account())).with(all, 0))
                .containsExactly(table.user("ada"), table.user("bob"));
        assertThat(table.holders(table.target(SUPPORT)).with(all, 0)).containsExactly(table.user("bob"));
        assertThat(table.holders(table.target(SUPPORT)).with(all, 1)).isEmpty();
        assertThat(table.holders(table.target(C42)).with(all, 0)).isEmpty();
        assertThat(table.userCount(table.target(Target.account()))).isEqualTo(2);
        assertThat(names(table, table.heldBy("bob").targets())).containsExactly("account", "team/support");
        assertThat(table.heldBy("bob").roleSet(table.target(SUPPORT))).isPositive();
        assertThat(table.heldBy("bob").roleSet(table.target(C42))).isZero();
        assertThat(table.heldBy("zoe").targets()).isEmpty();
        assertThat(table.heldBy("zoe").roleSet(0)).isZero();
        assertThatThrownBy(() -> table.heldBy("zoe").roleSet(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void a_target_of_another_tree_is_found_by_the_name_of_its_scope() {
        ScopeTree tree =
                ScopeTree.builder().scope("team").scope("chat").scope("support").build();
        PermissionCatalog other =
                PermissionCatalog.builder().scopes(tree).group("user", "read").build();
        Policy account = Policy.builder()
                .account("other")
                .catalog(other)
                .role(Role.builder("m", tree.account())
                        .name("M")
                        .defaultRole(true)
                        .build())
                .target(tree.target("chat/c-42"))
                .target(tree.target("support/x"))
                .build();
        PolicyTable there = account.table();
        assertThat(table.ordinalOf(there, there.target(tree.target("chat/c-42"))))
                .isEqualTo(table.target(C42));
        assertThat(there.ordinalOf(table, table.target(C42))).isEqualTo(there.target(tree.target("chat/c-42")));
        assertThat(there.ordinalOf(table, table.target(SUPPORT)))
                .as("a team, where team is the name of the account's own scope")
                .isEqualTo(-1);
        assertThat(table.ordinalOf(there, there.target(tree.target("support/x"))))
                .isEqualTo(-1);
        assertThat(there.ordinalOf(table, 0)).isZero();
    }

    private static List<String> changedRoles(Policy after, Policy before) {
        List<String> ids = new ArrayList<>();
        after.table().forEachChangedRole(before.table(), role -> ids.add(role.id()));
        return ids;
    }

    @Test
    void a_role_has_changed_if_it_grants_something_else() {
        Policy renamed = applied(
                policy,
                Change.updateRole("lead", RoleUpdate.builder().name("Head").build()));
        assertThat(changedRoles(renamed, policy)).isEmpty();
        Policy more = applied(
                policy,
                Change.updateRole(
                        "lead", RoleUpdate.builder().rights(CATALOG.allRights()).build()));
        assertThat(changedRoles(more, policy)).containsExactly("lead");
        Policy discarded = applied(policy, Change.deleteRole("lead"));
        assertThat(changedRoles(discarded, policy)).containsExactly("lead");
        assertThat(changedRoles(policy, discarded)).containsExactly("lead");
        Policy gone = applied(discarded, Change.purgeRole("lead"));
        assertThat(changedRoles(gone, policy)).isEmpty();
        assertThat(changedRoles(policy, gone)).containsExactly("lead");
    }
}
