package io.rbac.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.rbac.benchmarks.contenders.Contenders;
import io.rbac.benchmarks.workload.Generator;
import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.Questions.Answers;
import io.rbac.benchmarks.workload.Size;
import io.rbac.benchmarks.workload.World;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.test.Oracle;
import io.rbac.test.PlainScope;
import io.rbac.test.PlainTarget;
import io.rbac.test.PolicyConverter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("deep")
class ContendersTest {

    private static final World SMALL = Generator.world(Size.S);
    private static final World DEEP = Generator.folders(Size.S, 16);
    private static final Questions MIXED = Questions.about(SMALL, 1 << 11, false, Answers.MIXED);

    static List<String> answering() {
        return Contenders.answering();
    }

    @ParameterizedTest
    @MethodSource("answering")
    void a_contender_answers_as_the_world_does(String name) {
        assertThatCode(() -> Contenders.named(name, SMALL, MIXED)).doesNotThrowAnyException();
    }

    static List<String> fast() {
        return Contenders.answering().stream()
                .filter(name -> !Contenders.isSlow(name))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("fast")
    void a_contender_answers_about_folders_in_folders_too(String name) {
        assertThatCode(() -> Contenders.named(name, DEEP, Questions.deepest(DEEP, 1 << 11)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(Answers.class)
    void the_world_answers_as_the_oracle_does(Answers answers) {
        requireOracle(SMALL, Questions.about(SMALL, 1 << 10, true, answers));
        requireOracle(DEEP, Questions.about(DEEP, 1 << 10, true, answers));
    }

    private static void requireOracle(World world, Questions questions) {
        Oracle oracle = Oracle.of(PolicyConverter.plain(world.policy()));
        for (int i = 0; i < questions.size(); i++) {
            assertThat(oracle.hasPermission(questions.user(i), questions.key(i), place(questions.target(i))))
                    .isEqualTo(questions.answer(i));
        }
    }

    private static PlainTarget place(Target target) {
        Scope scope = target.scope();
        return scope.isAccount()
                ? PlainTarget.account()
                : PlainTarget.of(new PlainScope(scope.name(), scope.level(), scope.nests()), target.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-permission", "user-keys", "rbac-permission", "cache-objects"})
    void a_contender_answers_about_one_user(String name) {
        Questions questions = Questions.ofOneUser(SMALL, 1 << 10);
        assertThatCode(() -> Contenders.aboutOneUser(name, SMALL, questions)).doesNotThrowAnyException();
        assertThat(IntStream.range(0, questions.size())
                        .mapToObj(questions::user)
                        .distinct())
                .hasSize(1);
        requireOracle(SMALL, questions);
    }

    @Test
    void a_user_who_is_not_the_one_that_was_looked_up_gets_wrong_answers() {
        assertThatIllegalStateException().isThrownBy(() -> Contenders.aboutOneUser("user-permission", SMALL, MIXED));
    }

    @Test
    void the_deepest_targets_are_asked_about_half_of_them_allowed() {
        Questions questions = Questions.deepest(DEEP, 1 << 10);
        Policy policy = DEEP.policy();
        int allowed = 0;
        for (int i = 0; i < questions.size(); i++) {
            int length = 1;
            for (Optional<Target> parent = policy.parentOf(questions.target(i));
                    parent.isPresent();
                    parent = policy.parentOf(parent.get())) {
                length++;
            }
            assertThat(length).isEqualTo(16);
            allowed += questions.answer(i) ? 1 : 0;
        }
        assertThat(allowed).isBetween(460, 564);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 8, 16})
    void folders_are_as_many_and_as_often_assigned_at_every_depth(int depth) {
        World world = Generator.folders(Size.M, depth);

        assertThat(world.assignments()).isEqualTo(140_000);
        assertThat(world.targets()).isBetween(10_400, 10_501);
        assertThat(IntStream.range(0, world.targets()).map(world::pathLength).max())
                .hasValue(depth);
        Set<Integer> heights = IntStream.range(0, world.assignments())
                .mapToObj(i -> world.pathLength(world.assignedTarget(i)))
                .collect(Collectors.toSet());
        assertThat(heights).hasSize(depth);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 17})
    void a_path_of_folders_has_three_to_sixteen_targets(int depth) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Generator.folders(Size.S, depth))
                .withMessageContaining("`" + depth + "`");
    }

    @Test
    void a_contender_that_answers_wrongly_stops_the_run() {
        World other = Generator.world(Size.S.withRoles(15));
        assertThatIllegalStateException()
                .isThrownBy(() -> Contenders.named("hand-sets", other, MIXED))
                .withMessageContaining("expected the opposite");
    }

    @Test
    void a_world_read_from_a_policy_is_the_same() {
        World read = World.of(SMALL.policy());
        assertThat(read.assignments()).isEqualTo(SMALL.assignments()).isEqualTo(1_400);
        assertThat(read.policy()).isEqualTo(SMALL.policy());
        assertThat(World.of(DEEP.policy()).policy()).isEqualTo(DEEP.policy());
    }
}
