package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.util.stream.Stream;

/** The content of a policy that came about by edits, built at once: nothing that is asked may differ between the two. */
final class Rebuilt {

    private Rebuilt() {}

    static Policy of(Policy policy) {
        Policy.Builder builder = Policy.builder()
                .account(policy.account())
                .catalog(policy.catalog())
                .rules(policy.rules())
                .revision(policy.revision());
        policy.roles().forEach(builder::role);
        policy.targets()
                .forEach(
                        target -> builder.target(target, policy.parentOf(target).orElseThrow()));
        policy.assignments().forEach(a -> builder.assign(a.user(), a.role(), a.target()));
        return builder.build();
    }

    static void assertLike(Policy policy, Policy rebuilt) {
        assertThat(policy).isEqualTo(rebuilt);
        assertThat(policy.userCount()).isEqualTo(rebuilt.userCount());
        for (Role role : rebuilt.roles()) {
            assertThat(policy.usersOf(role.id())).as(role.id()).isEqualTo(rebuilt.usersOf(role.id()));
            assertThat(policy.userCount(role.id())).as(role.id()).isEqualTo(rebuilt.userCount(role.id()));
        }
        Stream.concat(Stream.of(Target.account()), rebuilt.targets().stream()).forEach(target -> {
            assertThat(policy.targetsIn(target)).as(target.toString()).isEqualTo(rebuilt.targetsIn(target));
            assertThat(policy.parentOf(target)).as(target.toString()).isEqualTo(rebuilt.parentOf(target));
            assertThat(policy.usersAt(target)).as(target.toString()).isEqualTo(rebuilt.usersAt(target));
        });
        for (Scope scope : rebuilt.catalog().scopes().scopes()) {
            assertThat(policy.targets(scope)).isEqualTo(rebuilt.targets(scope));
            assertThat(policy.table().defaultCount(scope))
                    .as(scope.name())
                    .isEqualTo(rebuilt.table().defaultCount(scope));
        }
        assertThat(policy.retainedBytes()).isEqualTo(rebuilt.retainedBytes());
        assertOrdinalsFit(policy.table());
    }

    /** Ids and ordinals lead to each other, and a role set that is held nowhere has no number. */
    private static void assertOrdinalsFit(PolicyTable table) {
        int[] uses = new int[table.roleSets()];
        for (int user = 0; user < table.users(); user++) {
            String id = table.userId(user).orElse(null);
            if (id != null) {
                assertThat(table.user(id)).isEqualTo(user);
                for (int at = table.nextTarget(user, -1); at >= 0; at = table.nextTarget(user, at)) {
                    assertThat(table.targetOf(at)).isPresent();
                    uses[table.roleSet(user, at)]++;
                }
            }
        }
        for (int target = 0; target < table.targets(); target++) {
            Target where = table.targetOf(target).orElse(null);
            assertThat(where == null ? target : table.target(where)).isEqualTo(target);
        }
        for (int role = 0; role < table.roles(); role++) {
            Role known = table.roleOf(role).orElse(null);
            assertThat(known == null ? role : table.role(known.id())).isEqualTo(role);
        }
        for (int set = 1; set < uses.length; set++) {
            assertThat(table.size(set) > 0).as("role set %d", set).isEqualTo(uses[set] > 0);
        }
        assertThat(uses[0]).isZero();
    }
}
