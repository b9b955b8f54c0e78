package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;

/** The dense form of a policy says in numbers what its lists say in ids. */
@Domain(PlainPolicyDomain.class)
class TableProperties {

    @Property
    void ordinals_and_ids_lead_to_each_other(@ForAll PlainPolicy plain) {
        Policy policy = PolicyConverter.policy(plain);
        PolicyTable table = policy.table();
        List<String> users = new ArrayList<>();
        for (int i = 0; i < table.users(); i++) {
            String id = table.userId(i).orElse(null);
            if (id != null) {
                assertThat(table.user(id)).isEqualTo(i);
                users.add(id);
            }
        }
        assertThat(users).containsExactlyInAnyOrderElementsOf(policy.users());
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < table.targets(); i++) {
            Target target = table.targetOf(i).orElse(null);
            if (target != null) {
                assertThat(table.target(target)).isEqualTo(i);
                targets.add(target);
            }
        }
        assertThat(targets)
                .containsExactlyInAnyOrderElementsOf(Oracle.of(plain).targets().stream()
                        .map(PolicyConverter::target)
                        .toList());
        List<Role> roles = new ArrayList<>();
        for (int i = 0; i < table.roles(); i++) {
            Role role = table.roleOf(i).orElse(null);
            if (role != null) {
                assertThat(table.role(role.id())).isEqualTo(i);
                roles.add(role);
            }
        }
        assertThat(roles).containsExactlyInAnyOrderElementsOf(policy.roles());
        for (String unknown : List.of("", "nothing", "\uD800")) {
            assertThat(table.user(unknown)).isEqualTo(-1);
            assertThat(table.role(unknown)).isEqualTo(-1);
            for (Scope scope : List.of(Scope.TEAM, Scope.CHAT, lastScope(policy))) {
                if (!scope.isAccount()) {
                    assertThat(table.target(Target.of(scope, unknown))).isEqualTo(-1);
                }
            }
        }
    }

    private static Scope lastScope(Policy policy) {
        List<Scope> scopes = policy.catalog().scopes().scopes();
        return scopes.get(scopes.size() - 1);
    }

    @Property
    void parents_and_children_are_those_of_the_path(@ForAll PlainPolicy plain) {
        Policy policy = PolicyConverter.policy(plain);
        PolicyTable table = policy.table();
        Oracle oracle = Oracle.of(plain);
        for (PlainTarget target : oracle.targets()) {
            List<PlainTarget> path = oracle.path(target);
            int expected = path.size() == 1 ? -1 : table.target(PolicyConverter.target(path.get(1)));
            assertThat(table.parent(table.target(PolicyConverter.target(target))))
                    .isEqualTo(expected);
        }
        for (PlainTarget target : oracle.targets()) {
            int number = table.target(PolicyConverter.target(target));
            List<Integer> children = new ArrayList<>();
            for (int child = table.nextChild(number, -1); child >= 0; child = table.nextChild(number, child)) {
                children.add(child);
            }
            assertThat(children).isSorted().doesNotHaveDuplicates();
            assertThat(children.stream()
                            .flatMap(child -> table.targetOf(child).stream())
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(oracle.targetsIn(target).stream()
                            .map(PolicyConverter::target)
                            .toList());
        }
    }

    @Property
    void role_sets_are_the_roles_held_at_a_target(@ForAll PlainPolicy plain) {
        Policy policy = PolicyConverter.policy(plain);
        PolicyTable table = policy.table();
        assertThat(table.size(0)).isZero();
        for (PlainTarget known : Oracle.of(plain).targets()) {
            Target target = PolicyConverter.target(known);
            int targetNumber = table.target(target);
            List<String> users = new ArrayList<>();
            for (int user = table.nextUser(targetNumber, -1); user >= 0; user = table.nextUser(targetNumber, user)) {
                users.add(table.userId(user).orElseThrow());
            }
            assertThat(users).containsExactlyInAnyOrderElementsOf(policy.usersAt(target));
            for (String user : policy.users()) {
                int roleSet = table.roleSet(table.user(user), targetNumber);
                assertThat(roleSet).isBetween(0, table.roleSets() - 1);
                List<Integer> roles = IntStream.range(0, table.size(roleSet))
                        .mapToObj(i -> table.role(roleSet, i))
                        .toList();
                assertThat(roles).isSorted().doesNotHaveDuplicates();
                assertThat(roles.stream()
                                .flatMap(role -> table.roleOf(role).stream())
                                .toList())
                        .as("%s at %s in\n%s", user, target, plain)
                        .containsExactlyInAnyOrderElementsOf(policy.rolesOf(user, target));
            }
        }
    }

    @Property
    void equal_role_sets_have_one_number(@ForAll PlainPolicy plain) {
        PolicyTable table = PolicyConverter.policy(plain).table();
        List<List<Integer>> sets = IntStream.range(0, table.roleSets())
                .mapToObj(set -> IntStream.range(0, table.size(set))
                        .mapToObj(i -> table.role(set, i))
                        .toList())
                .toList();
        assertThat(sets).doesNotHaveDuplicates();
    }

    @Property
    void the_targets_of_a_user_ascend(@ForAll PlainPolicy plain) {
        Policy policy = PolicyConverter.policy(plain);
        PolicyTable table = policy.table();
        for (String user : policy.users()) {
            int number = table.user(user);
            List<Integer> targets = new ArrayList<>();
            for (int target = table.nextTarget(number, -1); target >= 0; target = table.nextTarget(number, target)) {
                targets.add(target);
            }
            assertThat(targets).isSorted().doesNotHaveDuplicates();
            assertThat(targets.stream()
                            .flatMap(target -> table.targetOf(target).stream())
                            .toList())
                    .as("targets of %s in\n%s", user, plain)
                    .containsExactlyInAnyOrderElementsOf(policy.rolesOf(user).stream()
                            .map(io.rbac.model.Assignment::target)
                            .distinct()
                            .toList());
        }
    }

    @Property
    void the_role_sets_of_a_path_are_those_of_its_steps(@ForAll PlainPolicy plain) {
        Policy policy = PolicyConverter.policy(plain);
        PolicyTable table = policy.table();
        Oracle oracle = Oracle.of(plain);
        List<String> users = new ArrayList<>(policy.users());
        users.add("nobody");
        for (String user : users) {
            for (PlainTarget asked : Universe.targets(plain)) {
                Target target = PolicyConverter.target(asked);
                List<Integer> expected = oracle.path(asked).stream()
                        .map(step -> roleSet(table, user, step))
                        .filter(roleSet -> roleSet > 0)
                        .sorted()
                        .toList();
                assertThat(visited(table, user, target))
                        .as("%s at %s in\n%s", user, target, plain)
                        .isEqualTo(expected);
                assertThat(tested(table, user, target))
                        .as("%s at %s in\n%s", user, target, plain)
                        .isEqualTo(expected.stream().distinct().toList());
                for (int roleSet = 1; roleSet <= table.roleSets(); roleSet++) {
                    int wanted = roleSet;
                    assertThat(table.anyOnPath(user, target, (held, word) -> held == wanted ? 1 : 0, 0))
                            .isEqualTo(expected.contains(roleSet));
                }
            }
        }
    }

    /** Returns the role sets that are visited on a path, without the empty one, in ascending order. */
    private static List<Integer> visited(PolicyTable table, String user, Target target) {
        List<Integer> visited = new ArrayList<>();
        table.forEachOnPath(user, target, visited::add);
        return visited.stream().filter(roleSet -> roleSet > 0).sorted().toList();
    }

    /** Returns the role sets that are tested on a path, once or more often, without the empty one, in ascending order. */
    private static List<Integer> tested(PolicyTable table, String user, Target target) {
        List<Integer> tested = new ArrayList<>();
        boolean any = table.anyOnPath(
                user,
                target,
                (roleSet, word) -> {
                    assertThat(word).isEqualTo(7);
                    tested.add(roleSet);
                    return roleSet > 0 ? Long.MIN_VALUE : 0;
                },
                7 * 64 + 63);
        List<Integer> held = tested.stream()
                .filter(roleSet -> roleSet > 0)
                .sorted()
                .distinct()
                .toList();
        assertThat(any).isEqualTo(!held.isEmpty());
        return held;
    }

    /** Returns the role set at one target; the first one of a path may be unknown to the policy. */
    private static int roleSet(PolicyTable table, String user, PlainTarget step) {
        int userNumber = table.user(user);
        int target = table.target(PolicyConverter.target(step));
        return userNumber < 0 || target < 0 ? 0 : table.roleSet(userNumber, target);
    }

    @Property(tries = 50)
    @Tag("B54")
    void a_number_out_of_range_is_no_other_number(@ForAll PlainPolicy plain) {
        PolicyTable table = PolicyConverter.policy(plain).table();
        assertOutOfRange(table.users(), table::userId);
        assertOutOfRange(table.users(), user -> table.roleSet(user, 0));
        assertOutOfRange(table.users(), user -> table.nextTarget(user, -1));
        assertOutOfRange(table.targets(), table::targetOf);
        assertOutOfRange(table.targets(), table::parent);
        assertOutOfRange(table.targets(), target -> table.nextUser(target, -1));
        assertOutOfRange(table.targets(), target -> table.nextChild(target, -1));
        assertOutOfRange(table.roles(), table::roleOf);
        assertOutOfRange(table.roleSets(), table::size);
        assertOutOfRange(table.roleSets(), set -> table.role(set, 0));
        for (int user = 0; user < table.users(); user++) {
            int number = user;
            assertOutOfRange(table.targets(), target -> table.roleSet(number, target));
        }
    }

    private static void assertOutOfRange(int count, IntConsumer reader) {
        for (int number :
                new int[] {-1, count, count + 1, 511, 512, 513, 1 << 18, -512, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            if (number < 0 || number >= count) {
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .as("%d of %d", number, count)
                        .isThrownBy(() -> reader.accept(number));
            }
        }
    }
}
