package io.rbac.junit;

import static java.util.Objects.requireNonNull;

import io.rbac.jackson.ExpectedAnswer;
import io.rbac.jackson.ExpectedAnswers;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.review.Explanation;
import io.rbac.review.Explanation.Reason;
import io.rbac.review.PolicyReview;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tests of JUnit that a policy answers as it is expected to: one for each answer in a file such as {@code rbac test} reads.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> the_policy_answers_as_expected() throws IOException {
 *     Policy policy = PolicyJson.selfContained().read(Path.of("policy.json"));
 *     return ExpectedAnswerTests.of(PermissionMatrix.compile(policy), Path.of("policy.tests.json"));
 * }
 * }</pre>
 *
 * <p>The name of a test says what is expected; it points to the line of the file. A test fails, too, if the catalog lacks its
 * permission: a misspelt one is denied everywhere, and would prove nothing.
 *
 * @since 0.1
 */
public final class ExpectedAnswerTests {

    private ExpectedAnswerTests() {}

    /**
     * Returns a test for each answer in a file, in its order. A denial of a user or at a target that the policy does not know
     * counts like any other.
     *
     * @param matrix what is asked
     * @param answers the file, in the format that {@link ExpectedAnswers} reads
     * @throws PolicyViolationException with everything that is wrong with the file
     * @throws IOException if the file cannot be read
     */
    public static Stream<DynamicTest> of(PermissionMatrix matrix, Path answers) throws IOException {
        return tests(matrix, answers, false);
    }

    /**
     * Returns a test for each answer in a file, as with {@code rbac test --strict}: it fails, too, if the policy does not know
     * the user or the target, because a misspelt name is denied everything. Otherwise like {@link #of}.
     */
    public static Stream<DynamicTest> strict(PermissionMatrix matrix, Path answers) throws IOException {
        return tests(matrix, answers, true);
    }

    private static Stream<DynamicTest> tests(PermissionMatrix matrix, Path answers, boolean strict) throws IOException {
        requireNonNull(matrix, "matrix");
        URI file = answers.toAbsolutePath().toUri();
        return ExpectedAnswers.read(answers, matrix.policy().catalog().scopes()).stream()
                .map(answer -> DynamicTest.dynamicTest(
                        name(answer),
                        URI.create(file + "?line=" + answer.line()),
                        () -> check(matrix, answer, strict)));
    }

    private static String name(ExpectedAnswer answer) {
        return answer.user() + (answer.allowed() ? " has " : " lacks ") + answer.permission() + " at "
                + answer.target();
    }

    private static void check(PermissionMatrix matrix, ExpectedAnswer answer, boolean strict) {
        try {
            matrix.policy().catalog().permission(answer.permission());
        } catch (PolicyViolationException e) {
            throw failure(answer, e.violations().get(0).message());
        }
        Explanation explanation = PolicyReview.of(matrix).explain(answer.user(), answer.permission(), answer.target());
        if (explanation.isGranted() != answer.allowed()) {
            throw failure(
                    answer,
                    "expected " + word(answer.allowed()) + ", but " + word(explanation.isGranted()) + ": "
                            + explanation);
        }
        Reason reason = explanation.reason().orElse(null);
        if (strict && reason == Reason.UNKNOWN_USER) {
            throw failure(answer, "denied, but the user " + Violation.quote(answer.user()) + " is unknown");
        }
        if (strict && reason == Reason.UNKNOWN_TARGET) {
            throw failure(
                    answer,
                    "denied, but the target " + Violation.quote(answer.target().toString()) + " is unknown");
        }
    }

    private static AssertionError failure(ExpectedAnswer answer, String message) {
        return new AssertionError("line " + answer.line() + ": " + message);
    }

    private static String word(boolean allowed) {
        return allowed ? "allowed" : "denied";
    }
}
