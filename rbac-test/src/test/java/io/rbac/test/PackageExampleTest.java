package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example in the documentation of the package compiles and runs. */
class PackageExampleTest {

    @Test
    void the_library_answers_as_the_oracle_does() {
        Choices choices = Choices.seeded(42);
        PlainPolicy plain = RandomPlainPolicy.valid(choices);
        Oracle oracle = Oracle.of(plain);
        PermissionMatrix matrix = PermissionMatrix.compile(PolicyConverter.policy(plain));
        for (Question question : RandomPlainPolicy.questions(choices, plain, 100)) {
            Target target = PolicyConverter.target(question.target());
            assertThat(matrix.hasPermission(question.user(), question.permission(), target))
                    .isEqualTo(oracle.hasPermission(question.user(), question.permission(), question.target()));
        }
    }

    @Test
    void the_example_is_the_one_that_is_shown() {
        String shown = SourceTree.read("rbac-test/src/main/java/io/rbac/test/package-info.java");
        String run = SourceTree.read("rbac-test/src/test/java/io/rbac/test/PackageExampleTest.java");
        String example = shown.substring(shown.indexOf("{@code\n") + "{@code\n".length(), shown.indexOf(" * }</pre>"));
        assertThat(lines(run)).containsSequence(lines(example.replaceAll("(?m)^ \\*", "")));
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).toList();
    }
}
