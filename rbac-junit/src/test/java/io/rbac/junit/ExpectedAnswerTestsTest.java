package io.rbac.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ExpectedAnswerTestsTest {

    private static final PermissionCatalog CATALOG =
            PermissionCatalog.builder().group("user", "read", "update").build();
    private static final PermissionMatrix MATRIX = PermissionMatrix.compile(Policy.builder()
            .account("acme")
            .catalog(CATALOG)
            .role(Role.builder("member", Scope.ACCOUNT)
                    .name("Member")
                    .defaultRole(true)
                    .build())
            .role(Role.builder("lead", Scope.TEAM)
                    .name("Lead")
                    .rights(CATALOG.rights("user:update"))
                    .build())
            .team("support")
            .assign("bob", "lead", Target.team("support"))
            .build());

    @TempDir
    private Path folder;

    /** Returns a file of one expected answer, which is on its second line. */
    private Path file(String user, String permission, String team, boolean allowed) throws IOException {
        return Files.writeString(
                folder.resolve("some tests.json"),
                "{ \"tests\": [\n { \"user\": \"" + user + "\", \"permission\": \"" + permission
                        + "\", \"target\": \"team/" + team + "\", \"allowed\": " + allowed + " } ] }");
    }

    private static String failure(Stream<DynamicTest> tests) {
        DynamicTest only = tests.findFirst().orElseThrow();
        return String.valueOf(catchThrowableOfType(
                        AssertionError.class, () -> only.getExecutable().execute())
                .getMessage());
    }

    @TestFactory
    Stream<DynamicTest> an_answer_that_is_as_expected_passes() throws IOException {
        return Stream.concat(
                ExpectedAnswerTests.strict(MATRIX, file("bob", "user:update", "support", true)),
                ExpectedAnswerTests.strict(MATRIX, file("bob", "user:read", "support", false)));
    }

    @TestFactory
    Stream<DynamicTest> a_denial_of_what_is_unknown_passes() throws IOException {
        return Stream.concat(
                ExpectedAnswerTests.of(MATRIX, file("zoe", "user:update", "support", false)),
                ExpectedAnswerTests.of(MATRIX, file("bob", "user:update", "sales", false)));
    }

    @Test
    void a_test_says_what_is_expected_and_points_to_its_line() throws IOException {
        Path allowed = file("bob", "user:update", "support", true);
        assertThat(ExpectedAnswerTests.of(MATRIX, allowed)).singleElement().satisfies(test -> {
            assertThat(test.getDisplayName()).isEqualTo("bob has user:update at team/support");
            assertThat(test.getTestSourceUri()).contains(URI.create(allowed.toUri() + "?line=2"));
        });
        assertThat(ExpectedAnswerTests.of(MATRIX, file("bob", "user:read", "support", false)))
                .extracting(DynamicTest::getDisplayName)
                .containsExactly("bob lacks user:read at team/support");
    }

    @Test
    void another_answer_fails_and_says_why_it_is_given() throws IOException {
        assertThat(failure(ExpectedAnswerTests.of(MATRIX, file("bob", "user:read", "support", true))))
                .isEqualTo(
                        "line 2: expected allowed, but denied: `bob` lacks `user:read` at `team/support`: not granted"
                                + " by `lead` at `team/support`");
        assertThat(failure(ExpectedAnswerTests.of(MATRIX, file("bob", "user:update", "support", false))))
                .isEqualTo(
                        "line 2: expected denied, but allowed: `bob` has `user:update` at `team/support` by `lead` at"
                                + " `team/support`");
    }

    @Test
    void a_permission_that_the_catalog_lacks_fails_whatever_is_expected() throws IOException {
        assertThat(failure(ExpectedAnswerTests.of(MATRIX, file("bob", "user:updte", "support", false))))
                .isEqualTo("line 2: `user:updte` is not a permission of the catalog; did you mean `user:update`?");
    }

    @Test
    void a_strict_test_fails_for_a_user_or_target_that_is_unknown() throws IOException {
        assertThat(failure(ExpectedAnswerTests.strict(MATRIX, file("zoe", "user:read", "support", false))))
                .isEqualTo("line 2: denied, but the user `zoe` is unknown");
        assertThat(failure(ExpectedAnswerTests.strict(MATRIX, file("bob", "user:read", "sales", false))))
                .isEqualTo("line 2: denied, but the target `team/sales` is unknown");
    }

    @Test
    void a_file_that_is_wrong_has_no_tests() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.json"), "{ \"tests\": [] }");
        assertThatThrownBy(() -> ExpectedAnswerTests.of(MATRIX, empty)).isInstanceOf(PolicyViolationException.class);
    }
}
