package io.rbac.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.jackson.PolicyJson;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The example in the documentation compiles and runs, over files that {@code rbac test} reads. */
class ExpectedAnswerExampleTest {

    private static final Path POLICIES = Path.of("..", "examples", "policies");

    @TestFactory
    Stream<DynamicTest> the_policy_answers_as_expected() throws IOException {
        Policy policy = PolicyJson.selfContained().read(POLICIES.resolve("pulse.json"));
        return ExpectedAnswerTests.of(PermissionMatrix.compile(policy), POLICIES.resolve("pulse.tests.json"));
    }

    @Test
    void the_example_is_the_one_that_is_shown() throws IOException {
        String shown = Files.readString(Path.of("src/main/java/io/rbac/junit/ExpectedAnswerTests.java"));
        String run = Files.readString(Path.of("src/test/java/io/rbac/junit/ExpectedAnswerExampleTest.java"));
        String example = shown.substring(shown.indexOf("{@code\n") + "{@code\n".length(), shown.indexOf(" * }</pre>"))
                .replaceAll("(?m)^ \\*", "")
                .replaceAll("Path\\.of\\(\"policy(.*?)\"\\)", "POLICIES.resolve(\"pulse$1\")");
        assertThat(lines(run)).containsSequence(lines(example));
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).toList();
    }
}
