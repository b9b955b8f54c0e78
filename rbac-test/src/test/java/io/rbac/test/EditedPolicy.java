package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PolicyViolationException;
import io.rbac.policy.AppliedChanges;
import io.rbac.policy.Policy;
import io.rbac.test.EditModel.Applied;
import io.rbac.test.EditModel.Outcome;
import io.rbac.test.EditModel.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A state of a history: the policy of the model, that of the library, and the matrix that was updated from state to
 * state.
 *
 * @param plain the policy of the model
 * @param policy the policy of the library
 * @param matrix the policy compiled, by its differences to the state before
 */
record EditedPolicy(PlainPolicy plain, Policy policy, PermissionMatrix matrix) {
    private static final int MAX_MESSAGE_LENGTH = 1_024;
    private static final long FIRST_TIME = 1_700_000_000_002L;

    static EditedPolicy of(PlainPolicy plain) {
        Policy policy = PolicyConverter.policy(plain);
        return new EditedPolicy(PolicyConverter.plain(policy), policy, PermissionMatrix.compile(policy));
    }

    /** Returns the time of a batch: two batches share it, and some roles had it from the start. */
    static long time(int batch) {
        return FIRST_TIME + batch / 2;
    }

    /** Returns the state after a batch, this one if it was refused; fails unless library and model agree. */
    EditedPolicy after(List<Edit> edits, long at) {
        Outcome outcome = EditModel.apply(plain, edits, at);
        List<Change> changes = EditConverter.changes(edits, plain, policy.catalog());
        if (outcome instanceof Applied applied) {
            AppliedChanges result = applied(changes, edits, at);
            assertThat(EditConverter.effects(result.effects()))
                    .as("effects of %s on\n%s", edits, plain)
                    .isEqualTo(applied.effects());
            if (applied.effects().isEmpty()) {
                assertThat(result.policy()).isSameAs(policy);
            }
            PlainPolicy read = PolicyConverter.plain(result.policy());
            assertThat(read).as("%s applied to\n%s", edits, plain).isEqualTo(listed(applied.result()));
            return new EditedPolicy(read, result.policy(), matrix.updatedTo(result.policy()));
        }
        Set<PlainViolation> expected = ((Refused) outcome).violations();
        assertThat(violations(changes, at))
                .as("violations of %s on\n%s", edits, plain)
                .containsExactlyInAnyOrderElementsOf(expected);
        return this;
    }

    private AppliedChanges applied(List<Change> changes, List<Edit> edits, long at) {
        try {
            return policy.apply(changes, Instant.ofEpochMilli(at));
        } catch (PolicyViolationException e) {
            throw new AssertionError("expected " + edits + " to be applied to\n" + plain, e);
        }
    }

    private Set<PlainViolation> violations(List<Change> changes, long at) {
        try {
            policy.apply(changes, Instant.ofEpochMilli(at));
            return Set.of();
        } catch (PolicyViolationException e) {
            assertThat(e.getMessage())
                    .hasSizeLessThanOrEqualTo(MAX_MESSAGE_LENGTH)
                    .doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
            return PolicyConverter.violations(e);
        }
    }

    /** Returns a policy with its lists in the order of S3. */
    static PlainPolicy listed(PlainPolicy plain) {
        Oracle oracle = Oracle.of(plain);
        return plain.withRoles(oracle.roles()).withTargets(oracle.located()).withAssignments(oracle.assignments());
    }

    /** Returns everything that the library answers from a matrix and its policy. */
    static List<Object> digest(PermissionMatrix matrix) {
        Policy policy = matrix.policy();
        List<Object> answers = new ArrayList<>();
        PlainPolicy plain = PolicyConverter.plain(policy);
        answers.add(plain);
        for (String user : policy.users()) {
            for (PlainTarget target : Universe.targets(plain)) {
                answers.add(matrix.rightsOf(user, PolicyConverter.target(target)).stream()
                        .map(permission -> permission.key())
                        .toList());
            }
        }
        for (PlainRole role : plain.roles()) {
            answers.add(policy.usersOf(role.id()));
            answers.add(policy.userCount(role.id()));
        }
        Oracle.of(plain).targets().forEach(target -> answers.add(policy.usersAt(PolicyConverter.target(target))));
        return answers;
    }
}
