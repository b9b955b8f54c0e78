package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Change;
import io.rbac.model.Rights;
import io.rbac.model.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A batch of changes to the policy of one account, optionally with the actor on whose behalf it is made, the version
 * that it expects, and a reason.
 *
 * <p>An edit that names an actor or is {@linkplain #restrictedTo restricted} is judged by the engine's guard. Any other
 * edit is the host's own and is not judged.
 *
 * <p>Two edits are equal if all their parts are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyEdit {

    private final String account;
    private final @Nullable String actor;
    private final @Nullable Rights restriction;
    private final @Nullable Version expected;
    private final @Nullable String reason;
    private final List<Change> changes;

    private PolicyEdit(
            String account,
            @Nullable String actor,
            @Nullable Rights restriction,
            @Nullable Version expected,
            @Nullable String reason,
            List<Change> changes) {
        this.account = account;
        this.actor = actor;
        this.restriction = restriction;
        this.expected = expected;
        this.reason = reason;
        this.changes = changes;
    }

    /** Returns an edit of an account that has no changes yet. */
    public static PolicyEdit of(String account) {
        return new PolicyEdit(requireNonNull(account, "account"), null, null, null, null, List.of());
    }

    /** Returns this edit on behalf of a user, the actor: it is judged by the guard. */
    public PolicyEdit by(String newActor) {
        return new PolicyEdit(account, requireNonNull(newActor, "actor"), restriction, expected, reason, changes);
    }

    /**
     * Returns this edit restricted to some rights, in addition to any earlier restriction. The guard judges it as if
     * the actor held only those of their rights that are among them: for the needed permission, for what they give
     * away, and for the escalation permission. An edit that names no actor is judged as if its author held exactly
     * these rights everywhere: such as the account itself, which cannot touch the host's system roles, or an API key
     * that may do a part of what the account can do.
     */
    public PolicyEdit restrictedTo(Rights rights) {
        requireNonNull(rights, "rights");
        Rights both = restriction == null ? rights : rights.intersect(restriction);
        return new PolicyEdit(account, actor, both, expected, reason, changes);
    }

    /**
     * Returns this edit for one version of the policy: if another one is current, of whichever life, the edit is refused.
     */
    public PolicyEdit expecting(Version version) {
        return new PolicyEdit(account, actor, restriction, requireNonNull(version, "version"), reason, changes);
    }

    /** Returns this edit with a human-readable reason. */
    public PolicyEdit because(String newReason) {
        return new PolicyEdit(account, actor, restriction, expected, requireNonNull(newReason, "reason"), changes);
    }

    /** Returns this edit with these changes instead of the ones it has. */
    public PolicyEdit changes(Change... newChanges) {
        return changes(Arrays.asList(newChanges));
    }

    /** Returns this edit with these changes instead of the ones it has. */
    public PolicyEdit changes(List<? extends Change> newChanges) {
        return new PolicyEdit(account, actor, restriction, expected, reason, List.copyOf(newChanges));
    }

    /** Returns the id of the account. */
    public String account() {
        return account;
    }

    /** Returns the id of the user on whose behalf the edit is made, empty for the host or the account itself. */
    public Optional<String> actor() {
        return Optional.ofNullable(actor);
    }

    /** Returns the rights that the edit is restricted to, empty if it is not. */
    public Optional<Rights> restriction() {
        return Optional.ofNullable(restriction);
    }

    /** Returns the version that the edit expects, empty if it is for whichever is current. */
    public Optional<Version> expected() {
        return Optional.ofNullable(expected);
    }

    /** Returns the reason, if one was given. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Returns the changes, in order. */
    public List<Change> changes() {
        return changes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PolicyEdit that
                && account.equals(that.account)
                && Objects.equals(actor, that.actor)
                && Objects.equals(restriction, that.restriction)
                && Objects.equals(expected, that.expected)
                && Objects.equals(reason, that.reason)
                && changes.equals(that.changes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(account, actor, restriction, expected, reason, changes);
    }

    /** Returns account, actor, restriction, expected version and number of changes, human-readable. */
    @Override
    public String toString() {
        return "PolicyEdit of " + account
                + (actor == null ? "" : " by " + actor)
                + (restriction == null ? "" : " restricted to " + restriction)
                + (expected == null ? "" : " expecting version " + expected)
                + ": " + changes.size() + " changes";
    }
}
