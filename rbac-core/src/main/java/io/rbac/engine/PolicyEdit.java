package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Change;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A batch of changes to be made to the policy of one account: on whose behalf, on which revision, and why.
 *
 * <p>An edit that names an actor is judged by the engine's guard. One that names none is the host's own, and is not.
 *
 * <p>Two edits are equal when all their parts are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyEdit {

    private final String account;
    private final @Nullable String actor;
    private final @Nullable Long expected;
    private final @Nullable String reason;
    private final List<Change> changes;

    private PolicyEdit(
            String account,
            @Nullable String actor,
            @Nullable Long expected,
            @Nullable String reason,
            List<Change> changes) {
        this.account = account;
        this.actor = actor;
        this.expected = expected;
        this.reason = reason;
        this.changes = changes;
    }

    /** Returns the edit of an account that changes nothing. */
    public static PolicyEdit of(String account) {
        return new PolicyEdit(requireNonNull(account, "account"), null, null, null, List.of());
    }

    /** Returns this edit on behalf of a user: it is judged by the guard. */
    public PolicyEdit by(String newActor) {
        return new PolicyEdit(account, requireNonNull(newActor, "actor"), expected, reason, changes);
    }

    /**
     * Returns this edit for one revision of the policy: at another one it is refused.
     *
     * @throws IllegalArgumentException for a negative revision
     */
    public PolicyEdit expecting(long revision) {
        if (revision < 0) {
            throw new IllegalArgumentException("the expected revision is `" + revision + "`: expected zero or more");
        }
        return new PolicyEdit(account, actor, revision, reason, changes);
    }

    /** Returns this edit with a reason, for people. */
    public PolicyEdit because(String newReason) {
        return new PolicyEdit(account, actor, expected, requireNonNull(newReason, "reason"), changes);
    }

    /** Returns this edit with these changes instead of the ones it has. */
    public PolicyEdit changes(Change... newChanges) {
        return changes(Arrays.asList(newChanges));
    }

    /** Returns this edit with these changes instead of the ones it has. */
    public PolicyEdit changes(List<? extends Change> newChanges) {
        return new PolicyEdit(account, actor, expected, reason, List.copyOf(newChanges));
    }

    /** Returns the id of the account. */
    public String account() {
        return account;
    }

    /** Returns the user on whose behalf the edit is made, empty for the host itself. */
    public Optional<String> actor() {
        return Optional.ofNullable(actor);
    }

    /** Returns the revision that the edit is for, empty if it is for whichever is current. */
    public OptionalLong expectedRevision() {
        return expected == null ? OptionalLong.empty() : OptionalLong.of(expected);
    }

    /** Returns the reason, if one is given. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Returns the changes in their order. */
    public List<Change> changes() {
        return changes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PolicyEdit that
                && account.equals(that.account)
                && Objects.equals(actor, that.actor)
                && Objects.equals(expected, that.expected)
                && Objects.equals(reason, that.reason)
                && changes.equals(that.changes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(account, actor, expected, reason, changes);
    }

    /** Returns account, actor, expected revision and number of changes, for people. */
    @Override
    public String toString() {
        return "PolicyEdit of " + account
                + (actor == null ? "" : " by " + actor)
                + (expected == null ? "" : " expecting revision " + expected)
                + ": " + changes.size() + " changes";
    }
}
