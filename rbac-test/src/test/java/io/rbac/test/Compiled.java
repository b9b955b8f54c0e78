package io.rbac.test;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Policy;
import org.jspecify.annotations.Nullable;

/**
 * A sketch, and the matrix of the library for it.
 *
 * @param sketch the sketch
 * @param oracle what answers from it
 * @param policy the policy built of it
 * @param matrix the policy compiled
 */
record Compiled(Sketch sketch, Oracle oracle, Policy policy, PermissionMatrix matrix) {

    static Compiled of(Sketch sketch) {
        return of(sketch, SketchPolicy.policy(sketch));
    }

    static Compiled of(Sketch sketch, Policy policy) {
        return new Compiled(sketch, Oracle.of(sketch), policy, PermissionMatrix.compile(policy));
    }

    /** The role that an assignment of a valid sketch names. */
    static SketchRole roleOf(Sketch sketch, Sketch.Assignment assignment) {
        return sketch.roles().stream()
                .filter(role -> role.id().equals(assignment.role()))
                .findFirst()
                .orElseThrow();
    }

    /** Where a sketch says that a chat lies, {@code null} for a chat that it does not have. */
    static @Nullable Place placeOf(Sketch sketch, String chat) {
        return sketch.chats().stream()
                .filter(known -> known.id().equals(chat))
                .map(known -> known.team() == null ? Place.account() : Place.team(known.team()))
                .findFirst()
                .orElse(null);
    }

    boolean allows(Question question) {
        return matrix.hasPermission(question.user(), question.permission(), SketchPolicy.target(question.target()));
    }

    boolean expects(Question question) {
        return oracle.hasPermission(question.user(), question.permission(), question.target());
    }

    /** Whether user, permission or target is unknown, or a chat is stated to lie where it does not. */
    boolean hasStranger(Question question) {
        return policy.table().user(question.user()) < 0
                || policy.catalog().indexOf(question.permission()) < 0
                || policy.table().target(SketchPolicy.target(question.target())) < 0
                || oracle.path(question.target()).isEmpty();
    }

    /** Asserts that the matrix answers a question like the oracle. */
    void assertAnswer(Question question, Tally tally) {
        assertAnswer(question, allows(question), expects(question), tally);
    }

    /** Asserts that an answer is the right one. */
    void assertAnswer(Question question, boolean answer, boolean expected, Tally tally) {
        tally.count(answer, hasStranger(question));
        if (answer != expected) {
            throw new AssertionError(
                    question + " was answered by " + answer + ", expected " + expected + ", under\n" + sketch);
        }
    }
}
