package io.rbac.test;

import static java.util.Objects.requireNonNull;

import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Policy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One account of a live engine: what the model says of it, and what was taken out of the engine on the way. */
final class LiveAccount {
    private static final int MOST_QUESTIONS = 60;

    private final String id;
    private final List<Sketch> past = new ArrayList<>();
    private final List<PermissionChecker> checkers = new ArrayList<>();
    private final List<PermissionChecker> orphans = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private @Nullable Sketch sketch;
    private @Nullable Policy shown;

    LiveAccount(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** Whether there is such an account by now. */
    boolean exists() {
        return sketch != null;
    }

    /** What the model says of the account, which exists. */
    Sketch sketch() {
        return requireNonNull(sketch, id);
    }

    /** What the model said before, back to the first creation. */
    List<Sketch> past() {
        return past;
    }

    /** The policy that the engine showed last. */
    Policy shown() {
        return requireNonNull(shown, id);
    }

    void becomes(Sketch next) {
        sketch = next;
        past.add(next);
    }

    void shows(Policy policy) {
        shown = policy;
    }

    /** Every checker of it is one of an account that is gone for ever. */
    void goes() {
        sketch = null;
        shown = null;
        orphans.addAll(checkers);
        checkers.clear();
    }

    /** Checkers of the account as it is. */
    List<PermissionChecker> checkers() {
        return checkers;
    }

    /** Checkers of what was removed. */
    List<PermissionChecker> orphans() {
        return orphans;
    }

    void hold(PermissionMatrix matrix) {
        held.add(new Held(matrix, EditedPolicy.digest(matrix)));
    }

    List<Held> held() {
        return held;
    }

    void ask(List<Question> more) {
        questions.addAll(more);
        if (questions.size() > MOST_QUESTIONS) {
            questions.subList(0, questions.size() - MOST_QUESTIONS).clear();
        }
    }

    /** Questions about the account as it is, and as it was. */
    List<Question> questions() {
        return questions;
    }

    /**
     * A matrix in hand.
     *
     * @param matrix the matrix
     * @param digest all that it answered when it was taken
     */
    record Held(PermissionMatrix matrix, List<Object> digest) {}
}
