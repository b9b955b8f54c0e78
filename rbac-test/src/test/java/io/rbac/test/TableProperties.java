package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rbac.model.Policy;
import io.rbac.model.PolicyTable;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** The dense form of a policy says in numbers what its lists say in ids. */
@Domain(Sketches.class)
class TableProperties {

    @Property
    void ordinals_and_ids_lead_to_each_other(@ForAll Sketch sketch) {
        Policy policy = SketchPolicy.policy(sketch);
        PolicyTable table = policy.table();
        List<String> users = new ArrayList<>();
        for (int i = 0; i < table.users(); i++) {
            String id = table.userId(i);
            if (id != null) {
                assertThat(table.user(id)).isEqualTo(i);
                users.add(id);
            }
        }
        assertThat(users).containsExactlyInAnyOrderElementsOf(policy.users());
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < table.targets(); i++) {
            Target target = table.targetOf(i);
            if (target != null) {
                assertThat(table.target(target)).isEqualTo(i);
                targets.add(target);
            }
        }
        assertThat(targets)
                .containsExactlyInAnyOrderElementsOf(Oracle.of(sketch).targets().stream()
                        .map(SketchPolicy::target)
                        .toList());
        List<Role> roles = new ArrayList<>();
        for (int i = 0; i < table.roles(); i++) {
            Role role = table.roleOf(i);
            if (role != null) {
                assertThat(table.role(role.id())).isEqualTo(i);
                roles.add(role);
            }
        }
        assertThat(roles).containsExactlyInAnyOrderElementsOf(policy.roles());
        for (String unknown : List.of("", "nothing", "\uD800")) {
            assertThat(table.user(unknown)).isEqualTo(-1);
            assertThat(table.role(unknown)).isEqualTo(-1);
            assertThat(table.target(Target.team(unknown))).isEqualTo(-1);
            assertThat(table.target(Target.chat(unknown))).isEqualTo(-1);
        }
    }

    @Property
    void parents_and_chats_are_those_of_the_path(@ForAll Sketch sketch) {
        Policy policy = SketchPolicy.policy(sketch);
        PolicyTable table = policy.table();
        Oracle oracle = Oracle.of(sketch);
        for (Place place : oracle.targets()) {
            List<Place> path = oracle.path(place);
            int expected = path.size() == 1 ? -1 : table.target(SketchPolicy.target(path.get(1)));
            assertThat(table.parent(table.target(SketchPolicy.target(place)))).isEqualTo(expected);
        }
        for (String team : policy.teams()) {
            int number = table.target(Target.team(team));
            List<Integer> chats = new ArrayList<>();
            for (int chat = table.nextChat(number, -1); chat >= 0; chat = table.nextChat(number, chat)) {
                chats.add(chat);
            }
            assertThat(chats).isSorted().doesNotHaveDuplicates();
            assertThat(chats.stream().map(table::targetOf).toList())
                    .containsExactlyInAnyOrderElementsOf(
                            policy.chatsIn(team).stream().map(Target::chat).toList());
        }
    }

    @Property
    void role_sets_are_the_roles_held_at_a_target(@ForAll Sketch sketch) {
        Policy policy = SketchPolicy.policy(sketch);
        PolicyTable table = policy.table();
        assertThat(table.size(0)).isZero();
        for (Place place : Oracle.of(sketch).targets()) {
            Target target = SketchPolicy.target(place);
            int targetNumber = table.target(target);
            List<String> users = new ArrayList<>();
            for (int user = table.nextUser(targetNumber, -1); user >= 0; user = table.nextUser(targetNumber, user)) {
                users.add(String.valueOf(table.userId(user)));
            }
            assertThat(users).containsExactlyInAnyOrderElementsOf(policy.usersAt(target));
            for (String user : policy.users()) {
                int roleSet = table.roleSet(table.user(user), targetNumber);
                assertThat(roleSet).isBetween(0, table.roleSets() - 1);
                List<Integer> roles = IntStream.range(0, table.size(roleSet))
                        .mapToObj(i -> table.role(roleSet, i))
                        .toList();
                assertThat(roles).isSorted().doesNotHaveDuplicates();
                assertThat(roles.stream().map(table::roleOf).toList())
                        .as("%s at %s in\n%s", user, place, sketch)
                        .containsExactlyInAnyOrderElementsOf(policy.rolesOf(user, target));
            }
        }
    }

    @Property
    void equal_sets_of_roles_have_one_number(@ForAll Sketch sketch) {
        PolicyTable table = SketchPolicy.policy(sketch).table();
        List<List<Integer>> sets = IntStream.range(0, table.roleSets())
                .mapToObj(set -> IntStream.range(0, table.size(set))
                        .mapToObj(i -> table.role(set, i))
                        .toList())
                .toList();
        assertThat(sets).doesNotHaveDuplicates();
    }

    @Property
    void the_targets_of_a_user_ascend(@ForAll Sketch sketch) {
        Policy policy = SketchPolicy.policy(sketch);
        PolicyTable table = policy.table();
        for (String user : policy.users()) {
            int number = table.user(user);
            List<Integer> targets = new ArrayList<>();
            for (int target = table.nextTarget(number, -1); target >= 0; target = table.nextTarget(number, target)) {
                targets.add(target);
            }
            assertThat(targets).isSorted().doesNotHaveDuplicates();
            assertThat(targets.stream().map(table::targetOf).toList())
                    .as("targets of %s in\n%s", user, sketch)
                    .containsExactlyInAnyOrderElementsOf(policy.rolesOf(user).stream()
                            .map(io.rbac.model.Assignment::target)
                            .distinct()
                            .toList());
        }
    }

    @Property
    void the_role_sets_of_a_path_are_those_of_its_steps(@ForAll Sketch sketch) {
        Policy policy = SketchPolicy.policy(sketch);
        PolicyTable table = policy.table();
        Oracle oracle = Oracle.of(sketch);
        List<String> users = new ArrayList<>(policy.users());
        users.add("nobody");
        for (String user : users) {
            for (Place place : Universe.places(sketch)) {
                long roleSets = table.roleSets(user, SketchPolicy.target(place));
                List<Place> path = oracle.path(place);
                for (Scope scope : Scope.values()) {
                    int expected = path.stream()
                            .filter(step -> step.kind() == scope)
                            .mapToInt(step -> roleSet(table, user, step))
                            .sum();
                    assertThat(PolicyTable.roleSet(roleSets, scope))
                            .as("%s at %s in\n%s", user, place, sketch)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** The role set at one target; a chat on a path may be unknown to the policy. */
    private static int roleSet(PolicyTable table, String user, Place step) {
        int userNumber = table.user(user);
        int target = table.target(SketchPolicy.target(step));
        return userNumber < 0 || target < 0 ? 0 : table.roleSet(userNumber, target);
    }

    /** B54. */
    @Property(tries = 50)
    void a_number_out_of_range_is_no_other_number(@ForAll Sketch sketch) {
        PolicyTable table = SketchPolicy.policy(sketch).table();
        assertOutOfRange(table.users(), table::userId);
        assertOutOfRange(table.users(), user -> table.roleSet(user, 0));
        assertOutOfRange(table.users(), user -> table.nextTarget(user, -1));
        assertOutOfRange(table.targets(), table::targetOf);
        assertOutOfRange(table.targets(), table::parent);
        assertOutOfRange(table.targets(), target -> table.nextUser(target, -1));
        assertOutOfRange(table.targets(), team -> table.nextChat(team, -1));
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
