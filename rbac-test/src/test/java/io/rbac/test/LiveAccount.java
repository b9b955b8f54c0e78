package io.rbac.test;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.AccountChecker;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.matrix.UserPermissions;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One account of a live engine: its policy in the model, and what was taken out of the engine on the way. */
final class LiveAccount {
    private static final int MAX_QUESTIONS = 60;

    private final String id;
    private final List<PlainPolicy> past = new ArrayList<>();
    private final List<AccountChecker> checkers = new ArrayList<>();
    private final List<AccountChecker> orphans = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final List<HeldUser> heldUsers = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private @Nullable PlainPolicy plain;
    private @Nullable Policy shown;

    LiveAccount(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** Returns whether the account exists now. */
    boolean exists() {
        return plain != null;
    }

    /** Returns the policy of the model; the account must exist. */
    PlainPolicy plain() {
        return requireNonNull(plain, id);
    }

    /** Returns all policies of the model so far, from the first creation on. */
    List<PlainPolicy> past() {
        return past;
    }

    /** Returns the policy that the engine showed last. */
    Policy shown() {
        return requireNonNull(shown, id);
    }

    void update(PlainPolicy next) {
        plain = next;
        past.add(next);
    }

    void show(Policy policy) {
        shown = policy;
    }

    /** Removes the account; its checkers answer false from now on. */
    void remove() {
        plain = null;
        shown = null;
        orphans.addAll(checkers);
        checkers.clear();
    }

    /** Returns the checkers of the account as it is. */
    List<AccountChecker> checkers() {
        return checkers;
    }

    /** Returns the checkers of the account that were made before it was removed. */
    List<AccountChecker> orphans() {
        return orphans;
    }

    void hold(PermissionMatrix matrix) {
        held.add(new Held(matrix, EditedPolicy.digest(matrix)));
    }

    List<Held> held() {
        return held;
    }

    void hold(UserPermissions user) {
        heldUsers.add(new HeldUser(user, plain()));
    }

    List<HeldUser> heldUsers() {
        return heldUsers;
    }

    void remember(List<Question> more) {
        questions.addAll(more);
        if (questions.size() > MAX_QUESTIONS) {
            questions.subList(0, questions.size() - MAX_QUESTIONS).clear();
        }
    }

    /** Returns questions about the account as it is, and as it was. */
    List<Question> questions() {
        return questions;
    }

    /**
     * A matrix that was taken out of the engine.
     *
     * @param matrix the matrix
     * @param digest everything that it answered then
     */
    record Held(PermissionMatrix matrix, List<Object> digest) {}

    /**
     * What a user may do, as it was taken out of the engine.
     *
     * @param user the user
     * @param plain the policy of the model then
     */
    record HeldUser(UserPermissions user, PlainPolicy plain) {}
}
