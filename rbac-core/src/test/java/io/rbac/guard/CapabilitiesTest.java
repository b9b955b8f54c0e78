package io.rbac.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyRules.Deletion;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an actor can do with a role; the actor is {@code ann}, who holds what each test says. */
class CapabilitiesTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("role", "update", "delete")
            .group("members", "invite", "change")
            .group("calls", "read", "delete")
            .group("admin", "escalate")
            .build();

    private static final AdminGuard GUARD = guard().build();

    private static final Target ACCOUNT = Target.account();
    private static final Target SUPPORT = Target.team("support");

    private static AdminGuard.Builder guard() {
        return AdminGuard.builder(CATALOG)
                .needs(CATALOG.permission("role:update"), Change.Kind.UPDATE_ROLE)
                .needs(CATALOG.permission("role:delete"), Change.Kind.DELETE_ROLE)
                .needsAny(
                        List.of(CATALOG.permission("members:invite"), CATALOG.permission("members:change")),
                        Change.Kind.ASSIGN)
                .free(Stream.of(Change.Kind.values())
                        .filter(kind -> !kind.isHostOnly())
                        .filter(kind -> !EnumSet.of(
                                        Change.Kind.UPDATE_ROLE, Change.Kind.DELETE_ROLE, Change.Kind.ASSIGN)
                                .contains(kind))
                        .toArray(Change.Kind[]::new));
    }

    private static Role.Builder role(String id, Scope scope, String... keys) {
        return Role.builder(id, scope).name(id).rights(CATALOG.rights(keys));
    }

    private static Policy.Builder world() {
        return world(PolicyRules.standard());
    }

    private static Policy.Builder world(PolicyRules rules) {
        return Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(rules)
                .role(role("member", Scope.ACCOUNT).defaultRole(true).build())
                .role(role("reader", Scope.ACCOUNT, "calls:read").build())
                .role(role("cleaner", Scope.ACCOUNT, "calls:read", "calls:delete")
                        .build())
                .role(role("owner", Scope.ACCOUNT)
                        .rights(CATALOG.allRights())
                        .type(RoleType.SYSTEM)
                        .build())
                .role(role("gone", Scope.ACCOUNT).discardedAt(Instant.EPOCH).build())
                .role(role("lead", Scope.TEAM, "calls:delete").build())
                .team("support");
    }

    /** Ann holds these permissions at the account. */
    private static Policy.Builder holding(String... keys) {
        return holding(world(), keys);
    }

    private static Policy.Builder holding(Policy.Builder world, String... keys) {
        return world.role(role("anns", Scope.ACCOUNT, keys).build()).assign("ann", "anns", ACCOUNT);
    }

    private static Capabilities of(Policy.Builder world, String role, Target target) {
        return of(GUARD, world, role, target);
    }

    private static Capabilities of(AdminGuard guard, Policy.Builder world, String role, Target target) {
        Policy policy = world.build();
        return Capabilities.of(
                guard,
                PermissionMatrix.compile(policy),
                "ann",
                policy.role(role).orElseThrow(),
                target);
    }

    private static Capabilities ofAccount(Policy.Builder world, String role, Target target) {
        Policy policy = world.build();
        return Capabilities.ofAccount(policy, policy.role(role).orElseThrow(), target);
    }

    /** What may be done, as letters: Edit, Delete, edit Rights, Assign. */
    private static String letters(Capabilities capabilities) {
        return (capabilities.mayEdit() ? "E" : "")
                + (capabilities.mayDelete() ? "D" : "")
                + (capabilities.mayEditRights() ? "R" : "")
                + (capabilities.mayAssign() ? "A" : "");
    }

    @Test
    void editing_follows_the_permission_to_update_roles() {
        assertThat(letters(of(holding("role:update"), "reader", ACCOUNT))).isEqualTo("ER");
        assertThat(letters(of(holding("role:delete"), "reader", ACCOUNT))).isEqualTo("D");
        assertThat(letters(of(holding("role:update", "role:delete"), "reader", ACCOUNT)))
                .isEqualTo("EDR");
        assertThat(letters(of(holding(), "reader", ACCOUNT))).isEmpty();
    }

    @Test
    void editing_and_deleting_take_the_permission_at_the_account() {
        Policy.Builder world = world().role(role("team-admin", Scope.TEAM, "role:update", "role:delete")
                        .build())
                .assign("ann", "team-admin", SUPPORT);

        assertThat(letters(of(world, "lead", SUPPORT))).isEmpty();
    }

    @Test
    void the_rights_and_the_existence_of_a_system_role_belong_to_the_host() {
        Policy.Builder world = holding("role:update", "role:delete");

        assertThat(letters(of(world, "owner", ACCOUNT))).isEqualTo("E");
        assertThat(letters(ofAccount(world, "owner", ACCOUNT))).isEqualTo("EA");
    }

    @Test
    void a_system_role_of_which_the_rules_leave_nothing_open_is_not_edited() {
        PolicyRules.Builder rules = PolicyRules.builder().allowsSystemRoleNames(false);

        assertThat(letters(of(holding(world(rules.build()), "role:update"), "owner", ACCOUNT)))
                .isEqualTo("E");
        PolicyRules frozen = rules.allowsSystemRoleDefaults(false).build();
        assertThat(letters(of(holding(world(frozen), "role:update"), "owner", ACCOUNT)))
                .isEmpty();
        assertThat(letters(of(holding(world(frozen), "role:update"), "reader", ACCOUNT)))
                .isEqualTo("ER");
    }

    @Test
    void a_discarded_role_can_be_used_for_nothing() {
        assertThat(letters(of(holding("role:update", "role:delete", "members:invite"), "gone", ACCOUNT)))
                .isEmpty();
        assertThat(letters(ofAccount(world(), "gone", ACCOUNT))).isEmpty();
    }

    @Test
    void the_last_default_role_of_the_account_is_not_deleted() {
        assertThat(letters(of(holding("role:delete"), "member", ACCOUNT))).isEmpty();
        assertThat(letters(ofAccount(world(), "member", ACCOUNT))).isEqualTo("ERA");
        Policy.Builder two =
                world().role(role("second", Scope.ACCOUNT).defaultRole(true).build());
        assertThat(letters(of(holding(two, "role:delete"), "member", ACCOUNT))).isEqualTo("D");
    }

    @Test
    void a_discarded_default_role_or_one_of_a_team_keeps_no_other_from_being_the_last() {
        Policy.Builder world = world().role(role("old", Scope.ACCOUNT)
                        .defaultRole(true)
                        .discardedAt(Instant.EPOCH)
                        .build())
                .role(role("mate", Scope.TEAM).defaultRole(true).build());

        assertThat(ofAccount(world, "member", ACCOUNT).mayDelete()).isFalse();
        assertThat(ofAccount(world, "mate", SUPPORT).mayDelete()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Deletion.class)
    void a_role_in_use_is_not_deleted_where_the_rules_keep_it(Deletion deletion) {
        PolicyRules rules = PolicyRules.builder().deletion(deletion).build();
        Policy.Builder world = world(rules).assign("max", "reader", ACCOUNT);

        assertThat(ofAccount(world, "reader", ACCOUNT).mayDelete()).isEqualTo(deletion != Deletion.REFUSE);
        assertThat(ofAccount(world, "cleaner", ACCOUNT).mayDelete()).isTrue();
    }

    @Test
    void a_role_is_assigned_by_who_may_assign_and_holds_what_it_grants() {
        for (String needed : List.of("members:invite", "members:change")) {
            assertThat(letters(of(holding(needed, "calls:read"), "reader", ACCOUNT)))
                    .isEqualTo("A");
            assertThat(letters(of(holding(needed, "calls:read"), "cleaner", ACCOUNT)))
                    .isEmpty();
        }
        assertThat(letters(of(holding("calls:read", "calls:delete"), "reader", ACCOUNT)))
                .isEmpty();
    }

    @Test
    void a_role_of_all_rights_is_assigned_by_who_holds_all_of_them() {
        assertThat(of(holding("members:invite", "calls:read"), "owner", ACCOUNT).mayAssign())
                .isFalse();
        assertThat(letters(of(world().assign("ann", "owner", ACCOUNT), "owner", ACCOUNT)))
                .isEqualTo("EA");
    }

    @Test
    void what_a_role_grants_does_not_matter_where_the_guard_lets_it_be_given_away() {
        AdminGuard open = guard().refusesEscalation(false).build();
        AdminGuard escalating =
                guard().escalation(CATALOG.permission("admin:escalate")).build();

        assertThat(letters(of(open, holding("members:invite"), "cleaner", ACCOUNT)))
                .isEqualTo("A");
        assertThat(letters(of(escalating, holding("members:invite"), "cleaner", ACCOUNT)))
                .isEmpty();
        assertThat(letters(of(escalating, holding("members:invite", "admin:escalate"), "cleaner", ACCOUNT)))
                .isEqualTo("A");
    }

    @Test
    void a_role_is_assigned_at_a_known_place_of_its_scope() {
        Policy.Builder world = holding("members:invite", "calls:read", "calls:delete");

        assertThat(letters(of(world, "lead", SUPPORT))).isEqualTo("A");
        assertThat(letters(of(world, "lead", ACCOUNT))).isEmpty();
        assertThat(letters(of(world, "reader", SUPPORT))).isEmpty();
        assertThat(letters(of(world, "lead", Target.team("nowhere")))).isEmpty();
        assertThat(letters(ofAccount(world, "lead", Target.team("nowhere")))).isEqualTo("EDR");
        assertThat(letters(ofAccount(world, "lead", SUPPORT))).isEqualTo("EDRA");
    }

    @Test
    void a_role_is_assigned_by_what_the_actor_holds_at_that_target() {
        Policy.Builder world = world().role(role("team-admin", Scope.TEAM, "members:invite", "calls:delete")
                        .build())
                .team("sales")
                .assign("ann", "team-admin", SUPPORT);

        assertThat(letters(of(world, "lead", SUPPORT))).isEqualTo("A");
        assertThat(letters(of(world, "lead", Target.team("sales")))).isEmpty();
    }

    @Test
    void an_actor_whom_the_account_does_not_know_can_do_nothing() {
        assertThat(letters(of(world(), "member", ACCOUNT))).isEmpty();
    }

    @Test
    void an_unknown_role_can_be_used_for_nothing() {
        Role foreign = role("foreign", Scope.ACCOUNT).build();
        Policy policy = holding("role:update", "role:delete", "members:invite").build();

        assertThat(letters(Capabilities.of(GUARD, PermissionMatrix.compile(policy), "ann", foreign, ACCOUNT)))
                .isEmpty();
        assertThat(letters(Capabilities.ofAccount(policy, foreign, ACCOUNT))).isEmpty();
    }

    @Test
    void the_role_is_taken_from_the_revision_that_is_asked() {
        Policy policy = holding("members:invite", "calls:read").build();
        Role stale = role("cleaner", Scope.ACCOUNT).build();

        assertThat(Capabilities.of(GUARD, PermissionMatrix.compile(policy), "ann", stale, ACCOUNT)
                        .mayAssign())
                .isFalse();
    }

    @Test
    void what_may_be_done_is_what_the_guard_and_the_policy_let_be_done() {
        List<Policy.Builder> worlds = new ArrayList<>();
        for (int bits = 0; bits < 32; bits++) {
            List<String> keys = new ArrayList<>();
            for (String key : List.of("role:update", "role:delete", "members:invite", "calls:read", "calls:delete")) {
                if (((bits >> keys.size()) & 1) == 0 || bits % 3 == 0) {
                    keys.add(key);
                }
            }
            worlds.add(holding(keys.toArray(String[]::new)));
        }
        for (Policy.Builder world : worlds) {
            Policy policy = world.build();
            for (Role role : policy.roles()) {
                Target place = role.scope().equals(Scope.TEAM) ? SUPPORT : ACCOUNT;
                Capabilities capabilities = of(world, role.id(), place);
                assertThat(capabilities.mayDelete()).isEqualTo(goesThrough(policy, Change.deleteRole(role.id())));
                assertThat(capabilities.mayAssign())
                        .isEqualTo(goesThrough(policy, Change.assign("new", role.id(), place)));
                assertThat(capabilities.mayEdit())
                        .isEqualTo(goesThrough(
                                policy,
                                Change.updateRole(
                                        role.id(),
                                        RoleUpdate.builder().name("other").build())));
            }
        }
    }

    private static boolean goesThrough(Policy policy, Change change) {
        try {
            GUARD.check(PermissionMatrix.compile(policy), "ann", List.of(change));
            policy.apply(List.of(change), Instant.EPOCH);
            return true;
        } catch (PolicyViolationException e) {
            return false;
        }
    }

    @Test
    void restricted_edits_can_do_what_the_actor_can_do_and_the_restriction_has() {
        Policy policy = holding("role:update", "role:delete", "members:invite", "calls:read")
                .build();
        PermissionMatrix matrix = PermissionMatrix.compile(policy);

        assertThat(letters(restricted(matrix, "role:update"))).isEqualTo("ER");
        assertThat(letters(restricted(matrix, "role:delete"))).isEqualTo("D");
        assertThat(letters(restricted(matrix, "members:invite", "calls:read"))).isEqualTo("A");
        assertThat(letters(restricted(matrix, "members:invite"))).isEmpty();
        assertThat(letters(restricted(matrix, "members:change", "calls:read"))).isEmpty();
        assertThat(letters(restricted(matrix))).isEmpty();
    }

    private static Capabilities restricted(PermissionMatrix matrix, String... keys) {
        Role reader = matrix.policy().role("reader").orElseThrow();
        return Capabilities.of(GUARD, matrix, "ann", CATALOG.rights(keys), reader, ACCOUNT);
    }

    @Test
    void a_restricted_account_can_do_what_the_restriction_has() {
        PermissionMatrix matrix = PermissionMatrix.compile(world().build());
        Role reader = matrix.policy().role("reader").orElseThrow();
        Role owner = matrix.policy().role("owner").orElseThrow();

        assertThat(letters(Capabilities.ofAccount(GUARD, matrix, CATALOG.allRights(), reader, ACCOUNT)))
                .isEqualTo("EDRA");
        assertThat(letters(Capabilities.ofAccount(GUARD, matrix, CATALOG.allRights(), owner, ACCOUNT)))
                .isEqualTo("EA");
        assertThat(letters(Capabilities.ofAccount(
                        GUARD, matrix, CATALOG.rights("members:invite", "calls:read"), reader, ACCOUNT)))
                .isEqualTo("A");
        assertThat(letters(Capabilities.ofAccount(GUARD, matrix, CATALOG.rights("members:invite"), reader, ACCOUNT)))
                .isEmpty();
    }

    @Test
    void capabilities_are_equal_when_all_answers_are() {
        Capabilities none = of(world(), "reader", ACCOUNT);
        Capabilities all = ofAccount(world(), "reader", ACCOUNT);

        assertThat(none).isEqualTo(of(world(), "cleaner", ACCOUNT)).hasSameHashCodeAs(of(world(), "cleaner", ACCOUNT));
        assertThat(all)
                .isNotEqualTo(none)
                .isNotEqualTo(null)
                .isNotEqualTo(ofAccount(world(), "member", ACCOUNT))
                .isNotEqualTo(ofAccount(world(), "owner", ACCOUNT))
                .isNotEqualTo(ofAccount(world(), "reader", SUPPORT));
        assertThat(all).hasToString("Capabilities[edit=true, delete=true, edit rights=true, assign=true]");
    }

    @Test
    void nothing_may_be_null() {
        Policy policy = world().build();
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        Role role = policy.role("reader").orElseThrow();

        assertThatNullPointerException().isThrownBy(() -> Capabilities.of(null, matrix, "ann", role, ACCOUNT));
        assertThatNullPointerException().isThrownBy(() -> Capabilities.of(GUARD, null, "ann", role, ACCOUNT));
        assertThatNullPointerException().isThrownBy(() -> Capabilities.of(GUARD, matrix, null, role, ACCOUNT));
        assertThatNullPointerException().isThrownBy(() -> Capabilities.of(GUARD, matrix, "ann", null, ACCOUNT));
        assertThatNullPointerException().isThrownBy(() -> Capabilities.of(GUARD, matrix, "ann", role, null));
        assertThatNullPointerException().isThrownBy(() -> Capabilities.ofAccount(policy, role, null));
    }
}
