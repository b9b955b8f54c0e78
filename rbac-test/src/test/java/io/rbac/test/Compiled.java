package io.rbac.test;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.policy.Policy;

/**
 * A plain policy with its oracle, and with the policy and matrix of the library.
 *
 * @param plain the plain policy
 * @param oracle its oracle
 * @param policy the same policy in the library
 * @param matrix the policy compiled
 */
record Compiled(PlainPolicy plain, Oracle oracle, Policy policy, PermissionMatrix matrix) {

    static Compiled of(PlainPolicy plain) {
        return of(plain, PolicyConverter.policy(plain));
    }

    static Compiled of(PlainPolicy plain, Policy policy) {
        return new Compiled(plain, Oracle.of(plain), policy, PermissionMatrix.compile(policy));
    }

    /** Returns the role that an assignment of a valid policy names. */
    static PlainRole roleOf(PlainPolicy plain, PlainPolicy.Assignment assignment) {
        return plain.roles().stream()
                .filter(role -> role.id().equals(assignment.role()))
                .findFirst()
                .orElseThrow();
    }

    boolean allows(Question question) {
        return matrix.hasPermission(question.user(), question.permission(), PolicyConverter.target(question.target()));
    }

    boolean expects(Question question) {
        return oracle.hasPermission(question.user(), question.permission(), question.target());
    }

    /** Returns whether user, permission or target is unknown, or a target is given with a parent that does not count. */
    boolean hasUnknown(Question question) {
        return policy.table().user(question.user()) < 0
                || policy.catalog().indexOf(question.permission()) < 0
                || policy.table().target(PolicyConverter.target(question.target())) < 0
                || oracle.path(question.target()).isEmpty();
    }

    /** Asserts that the matrix answers a question as the oracle does. */
    void assertAnswer(Question question, Tally tally) {
        assertAnswer(question, allows(question), expects(question), tally);
    }

    /** Asserts that an answer is the expected one. */
    void assertAnswer(Question question, boolean answer, boolean expected, Tally tally) {
        tally.count(answer, hasUnknown(question));
        if (answer != expected) {
            throw new AssertionError(
                    question + " was answered by " + answer + ", expected " + expected + ", under\n" + plain);
        }
    }
}
