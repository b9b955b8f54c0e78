package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.AppliedChanges;
import io.rbac.model.Change;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.test.EditModel.Applied;
import io.rbac.test.EditModel.Outcome;
import io.rbac.test.EditModel.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A state of a history: what the model says the policy is, the policy of the library, and the matrix that was led from
 * state to state.
 *
 * @param sketch what the model says
 * @param policy what the library says
 * @param matrix the policy compiled, by the differences alone
 */
record EditedPolicy(Sketch sketch, Policy policy, PermissionMatrix matrix) {
    private static final int LONGEST_MESSAGE = 1_024;
    private static final long FIRST_TIME = 1_700_000_000_002L;

    static EditedPolicy of(Sketch sketch) {
        Policy policy = SketchPolicy.policy(sketch);
        return new EditedPolicy(SketchPolicy.sketch(policy), policy, PermissionMatrix.compile(policy));
    }

    /** The time of a batch: some batches have the same, and some that of roles which were there before. */
    static long time(int batch) {
        return FIRST_TIME + batch / 2;
    }

    /** The state after a batch, once the library was found to do what the model says; this one if it was refused. */
    EditedPolicy after(List<Edit> edits, long at) {
        Outcome outcome = EditModel.apply(sketch, edits, at);
        List<Change> changes = EditChange.changes(edits, sketch, policy.catalog());
        if (outcome instanceof Applied applied) {
            AppliedChanges result = applied(changes, edits, at);
            assertThat(EditChange.effects(result.effects()))
                    .as("effects of %s on\n%s", edits, sketch)
                    .isEqualTo(applied.effects());
            if (applied.effects().isEmpty()) {
                assertThat(result.policy()).isSameAs(policy);
            }
            Sketch read = SketchPolicy.sketch(result.policy());
            assertThat(read).as("%s applied to\n%s", edits, sketch).isEqualTo(listed(applied.result()));
            return new EditedPolicy(read, result.policy(), matrix.updatedTo(result.policy()));
        }
        Set<Problem> expected = ((Refused) outcome).problems();
        assertThat(problems(changes, at))
                .as("problems of %s on\n%s", edits, sketch)
                .containsExactlyInAnyOrderElementsOf(expected);
        return this;
    }

    private AppliedChanges applied(List<Change> changes, List<Edit> edits, long at) {
        try {
            return policy.apply(changes, Instant.ofEpochMilli(at));
        } catch (PolicyViolationException e) {
            throw new AssertionError("expected " + edits + " to be applied to\n" + sketch, e);
        }
    }

    private Set<Problem> problems(List<Change> changes, long at) {
        Set<Problem> problems = new LinkedHashSet<>();
        try {
            policy.apply(changes, Instant.ofEpochMilli(at));
        } catch (PolicyViolationException e) {
            assertThat(e.getMessage())
                    .hasSizeLessThanOrEqualTo(LONGEST_MESSAGE)
                    .doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
            for (Violation violation : e.violations()) {
                problems.add(new Problem(violation.code().name(), violation.path()));
            }
        }
        return problems;
    }

    /** A sketch with its lists in the order of S3. */
    static Sketch listed(Sketch sketch) {
        Oracle oracle = Oracle.of(sketch);
        return sketch.withRoles(oracle.roles())
                .withTeams(oracle.teams())
                .withChats(oracle.chats())
                .withAssignments(oracle.assignments());
    }

    /** Everything that the library answers of this state. */
    static List<Object> digest(PermissionMatrix matrix) {
        Policy policy = matrix.policy();
        List<Object> answers = new ArrayList<>();
        Sketch sketch = SketchPolicy.sketch(policy);
        answers.add(sketch.toString());
        for (String user : policy.users()) {
            for (Place place : Universe.places(sketch)) {
                answers.add(matrix.rightsOf(user, SketchPolicy.target(place)).stream()
                        .map(permission -> permission.key())
                        .toList());
            }
        }
        for (SketchRole role : sketch.roles()) {
            answers.add(policy.usersOf(role.id()));
            answers.add(policy.userCount(role.id()));
        }
        Oracle.of(sketch).targets().forEach(place -> answers.add(policy.usersAt(SketchPolicy.target(place))));
        return answers;
    }
}
