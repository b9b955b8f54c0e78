package io.rbac.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that came about by changes, held against the same content built at once. */
class PolicyApplyTest {

    private static final PermissionCatalog CATALOG = PermissionCatalog.builder()
            .group("g", "a", "b", "c", "d")
            .group("h", "x", "y")
            .build();

    private final List<Change> kinds = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_changed_policy_equals_one_built_at_once(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Policy policy = Policy.builder("acme", CATALOG, rules(seed))
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
        assertThat(kinds.stream().map(Change::getClass).distinct()).hasSize(18);
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
        Policy.Builder builder = Policy.builder("acme", CATALOG, policy.rules()).revision(policy.revision());
        policy.roles().forEach(builder::role);
        policy.teams().forEach(builder::team);
        policy.chats()
                .forEach(chat -> policy.teamOf(chat)
                        .ifPresentOrElse(team -> builder.chat(chat, team), () -> builder.chat(chat)));
        policy.assignments().forEach(a -> builder.assign(a.user(), a.role(), a.target()));
        Policy rebuilt = builder.build();
        PermissionMatrix compiled = PermissionMatrix.compile(rebuilt);

        assertThat(policy).isEqualTo(rebuilt);
        for (Role role : rebuilt.roles()) {
            assertThat(policy.usersOf(role.id())).isEqualTo(rebuilt.usersOf(role.id()));
            assertThat(policy.userCount(role.id())).isEqualTo(rebuilt.userCount(role.id()));
        }
        for (String team : rebuilt.teams()) {
            assertThat(policy.chatsIn(team)).isEqualTo(rebuilt.chatsIn(team));
            assertThat(policy.usersAt(Target.team(team))).isEqualTo(rebuilt.usersAt(Target.team(team)));
        }
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
            kinds.add(change);
        }
        return changes;
    }

    private static Change change(SplittableRandom random) {
        String role = "r" + random.nextInt(6);
        String user = "u" + random.nextInt(8);
        String team = "t" + random.nextInt(4);
        String chat = "c" + random.nextInt(4);
        Target target = target(random);
        Scope scope = List.of(Scope.values()).get(random.nextInt(3));
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
}
