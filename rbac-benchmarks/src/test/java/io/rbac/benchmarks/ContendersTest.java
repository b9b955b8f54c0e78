package io.rbac.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.rbac.benchmarks.contenders.Contenders;
import io.rbac.benchmarks.workload.Generator;
import io.rbac.benchmarks.workload.Questions;
import io.rbac.benchmarks.workload.Questions.Answers;
import io.rbac.benchmarks.workload.Size;
import io.rbac.benchmarks.workload.World;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.test.Oracle;
import io.rbac.test.PlainTarget;
import io.rbac.test.PolicyConverter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContendersTest {

    private static final World SMALL = Generator.world(Size.S);
    private static final Questions MIXED = Questions.about(SMALL, 1 << 11, false, Answers.MIXED);

    static List<String> answering() {
        return Contenders.answering();
    }

    @ParameterizedTest
    @MethodSource("answering")
    void a_contender_answers_as_the_world_does(String name) {
        assertThatCode(() -> Contenders.named(name, SMALL, MIXED)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(Answers.class)
    void the_world_answers_as_the_oracle_does(Answers answers) {
        Oracle oracle = Oracle.of(PolicyConverter.plain(SMALL.policy()));
        Questions questions = Questions.about(SMALL, 1 << 10, true, answers);
        for (int i = 0; i < questions.size(); i++) {
            assertThat(oracle.hasPermission(questions.user(i), questions.key(i), place(questions.target(i))))
                    .isEqualTo(questions.answer(i));
        }
    }

    private static PlainTarget place(Target target) {
        if (target.scope() == Scope.ACCOUNT) {
            return PlainTarget.account();
        }
        return target.scope() == Scope.TEAM ? PlainTarget.team(target.id()) : PlainTarget.chat(target.id());
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
    }
}
