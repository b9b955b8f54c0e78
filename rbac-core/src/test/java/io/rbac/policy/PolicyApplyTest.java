package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Assignment;
import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.RoleType;
import io.rbac.model.RoleUpdate;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that came about by changes, held against the same content built at once. */
class PolicyApplyTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("g", "a", "b", "c", "d")
            .group("h", "x", "y")
            .build();

    private final Set<Change.Kind> kinds = EnumSet.noneOf(Change.Kind.class);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Tag("P37")
    @Tag("P52")
    void a_changed_policy_equals_one_built_at_once(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Policy policy = Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(rules(seed))
                .role(Role.builder("r0", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .rights(CATALOG.rights("g:a"))
                        .build())
                .build();
        PermissionMatrix matrix = PermissionMatrix.compile(policy);
        int applied = 0;
        int refused = 0;
        for (int step = 0; step < 400; step++) {
            List<Change> changes = changes(random);
            AppliedChanges result;
            try {
                result = policy.apply(changes, Instant.ofEpochMilli(step));
            } catch (PolicyViolationException e) {
                assertThat(e.violations())
                        .allMatch(violation -> violation.path().startsWith("/changes"));
                refused++;
                continue;
            }
            if (result.effects().isEmpty()) {
                assertThat(result.policy()).isSameAs(policy);
                continue;
            }
            applied++;
            assertThat(result.policy().revision()).isEqualTo(policy.revision() + 1);
            policy = result.policy();
            matrix = matrix.updatedTo(policy);
            assertEqualsRebuilt(policy, matrix, random);
        }
        assertThat(applied).isGreaterThan(30);
        assertThat(refused).isGreaterThan(30);
        assertThat(kinds).containsExactlyInAnyOrder(Change.Kind.values());
    }

    private static PolicyRules rules(long seed) {
        List<PolicyRules.Deletion> deletions = List.of(PolicyRules.Deletion.values());
        return PolicyRules.builder()
                .deletion(deletions.get((int) (seed % deletions.size())))
                .rolesPerTarget(seed % 4 == 0 ? 2 : null)
                .lockout(seed % 5 == 0 ? List.of("g:a") : List.of())
                .build();
    }

    private static void assertEqualsRebuilt(Policy policy, PermissionMatrix updated, SplittableRandom random) {
        Policy rebuilt = Rebuilt.of(policy);
        PermissionMatrix compiled = PermissionMatrix.compile(rebuilt);

        Rebuilt.assertLike(policy, rebuilt);
        for (int i = 0; i < 60; i++) {
            String user = "u" + random.nextInt(8);
            Target target = target(random);
            assertThat(updated.rightsOf(user, target)).isEqualTo(compiled.rightsOf(user, target));
        }
    }

    private List<Change> changes(SplittableRandom random) {
        List<Change> changes = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Change change = change(random);
            changes.add(change);
            kinds.add(change.kind());
        }
        return changes;
    }

    private static Change change(SplittableRandom random) {
        String role = "r" + random.nextInt(6);
        String user = "u" + random.nextInt(8);
        String team = "t" + random.nextInt(4);
        String chat = "c" + random.nextInt(4);
        Target target = target(random);
        Scope scope = ScopeTree.standard().scopes().get(random.nextInt(3));
        return switch (random.nextInt(20)) {
            case 0 -> Change.createRole(role, scope, attributes(random));
            case 1 -> Change.updateRole(role, attributes(random));
            case 2 -> Change.deleteRole(role);
            case 3 -> Change.restoreRole(role);
            case 4 -> Change.purgeRole(role);
            case 5 ->
                Change.putSystemRole(Role.builder(role, scope)
                        .name("System")
                        .rights(rights(random))
                        .build());
            case 6 -> Change.unassign(user, role, target);
            case 7 -> Change.connect(user, target);
            case 8 -> Change.setRoles(user, target, List.of(role).subList(0, random.nextInt(2)));
            case 9 -> Change.setUsers(role, target, List.of(user, "u0").subList(0, random.nextInt(3)));
            case 10 -> Change.assignToAll(role);
            case 11 -> Change.removeUser(user);
            case 12 -> Change.addTeam(team);
            case 13 -> Change.removeTeam(team);
            case 14 -> random.nextBoolean() ? Change.addChat(chat) : Change.addChat(chat, team);
            case 15 -> random.nextBoolean() ? Change.moveChat(chat) : Change.moveChat(chat, team);
            case 16 -> Change.removeChat(chat);
            default -> Change.assign(user, role, target);
        };
    }

    private static RoleUpdate attributes(SplittableRandom random) {
        return RoleUpdate.builder()
                .name("Name " + random.nextInt(4))
                .defaultRole(random.nextInt(3) == 0)
                .rights(rights(random))
                .build();
    }

    private static Rights rights(SplittableRandom random) {
        List<String> keys = new ArrayList<>();
        for (Permission permission : CATALOG.permissions()) {
            if (random.nextBoolean()) {
                keys.add(permission.key());
            }
        }
        return CATALOG.rights(keys);
    }

    private static Target target(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> Target.account();
            case 1 -> Target.team("t" + random.nextInt(4));
            default -> Target.chat("c" + random.nextInt(4));
        };
    }

    private static Policy.Builder smallPolicy(PolicyRules rules) {
        return Policy.builder()
                .account("acme")
                .catalog(CATALOG)
                .rules(rules)
                .role(Role.builder("member", Scope.ACCOUNT)
                        .name("Member")
                        .defaultRole(true)
                        .build())
                .role(Role.builder("guest", Scope.ACCOUNT).name("Guest").build())
                .role(Role.builder("lead", Scope.TEAM).name("Lead").build())
                .role(Role.builder("mate", Scope.TEAM).name("Mate").build());
    }

    private static String messageOf(Runnable refused) {
        return String.valueOf(assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(refused::run)
                .actual()
                .getMessage());
    }

    /** Users that came in another order have other numbers inside; nothing that is said may depend on these. */
    @Test
    void what_is_wrong_with_a_result_is_listed_in_one_order_however_the_policy_came_about() {
        PolicyRules one = PolicyRules.builder().rolesPerTarget(1).build();
        List<String> messages = new ArrayList<>();
        for (List<String> users : List.of(List.of("ada", "bob", "eve"), List.of("eve", "ada", "bob"))) {
            Policy.Builder builder = smallPolicy(one);
            users.forEach(user -> builder.assign(user, "member", Target.account()));
            Policy policy = builder.build();
            messages.add(messageOf(() -> policy.apply(List.of(Change.assignToAll("guest")), Instant.EPOCH)));
        }
        assertThat(messages.get(0))
                .containsSubsequence("`ada` holds 2 roles", "`bob` holds 2 roles", "`eve` holds 2 roles");
        assertThat(messages.get(1)).isEqualTo(messages.get(0));
    }

    @Test
    void what_is_wrong_under_other_rules_is_listed_in_one_order_however_the_policy_came_about() {
        PolicyRules one = PolicyRules.builder().rolesPerTarget(1).build();
        List<String> messages = new ArrayList<>();
        for (List<String> teams : List.of(List.of("a", "b", "c"), List.of("c", "a", "b"))) {
            Policy.Builder builder = smallPolicy(PolicyRules.standard());
            for (String team : teams) {
                Target target = Target.team(team);
                builder.team(team).assign("ada", "lead", target).assign("ada", "mate", target);
            }
            Policy policy = builder.assign("ada", "member", Target.account()).build();
            messages.add(messageOf(() -> policy.withRules(one)));
        }
        assertThat(messages.get(0))
                .containsSubsequence("at `team/a`", "at `team/b`", "at `team/c`")
                .doesNotContain("at `account`");
        assertThat(messages.get(1)).isEqualTo(messages.get(0));
    }

    @Test
    void another_role_under_the_id_of_a_removed_one_came_and_the_old_one_went() {
        PolicyRules rules =
                PolicyRules.builder().deletion(PolicyRules.Deletion.DELETE).build();
        Role system = Role.builder("guest", Scope.ACCOUNT)
                .type(RoleType.SYSTEM)
                .name("Guest")
                .build();
        Policy policy = smallPolicy(rules)
                .assign("ada", "guest", Target.account())
                .assign("eve", "guest", Target.account())
                .build();
        Assignment kept = new Assignment("ada", "guest", Target.account());

        AppliedChanges applied = policy.apply(
                List.of(
                        Change.deleteRole("guest"),
                        Change.putSystemRole(system),
                        Change.assign("ada", "guest", Target.account())),
                Instant.EPOCH);

        assertThat(applied.effects())
                .containsExactly(
                        new Effect.AssignmentRemoved(kept),
                        new Effect.AssignmentRemoved(new Assignment("eve", "guest", Target.account())),
                        new Effect.RoleRemoved(policy.role("guest").orElseThrow()),
                        new Effect.RoleAdded(applied.policy().role("guest").orElseThrow()),
                        new Effect.AssignmentAdded(kept));
    }

    /** An engine that had loaded an account again suggested another role than the engine that had edited it. */
    @ParameterizedTest
    @ValueSource(strings = {"id2,id3", "id3,id2"})
    void the_role_that_is_suggested_does_not_depend_on_how_a_policy_came_about(String order) {
        Policy.Builder builder = Policy.builder().account("acme").catalog(CATALOG);
        for (String id : order.split(",", -1)) {
            builder.role(Role.builder(id, Scope.ACCOUNT)
                    .name("Role " + id)
                    .defaultRole(true)
                    .build());
        }
        Policy policy = builder.build();
        assertThatExceptionOfType(PolicyViolationException.class)
                .isThrownBy(() ->
                        policy.apply(List.of(Change.assign("ada", "id5", Target.account())), Instant.ofEpochMilli(1)))
                .withMessageContaining("there is no role `id5`; did you mean `id2`?");
    }
}
