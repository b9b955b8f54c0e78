package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Change;
import io.rbac.model.Effect;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyDigest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of an edit: the revision that it took, and what it changed.
 *
 * <p>An edit that changes nothing takes no revision: its commit has the current revision and no {@linkplain #effects()
 * effects}, and is neither stored nor reported to listeners.
 *
 * <p>Two commits are equal if all their parts are. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Commit {

    private final String account;
    private final Version version;
    private final PolicyDigest digest;
    private final @Nullable String actor;
    private final Instant time;
    private final @Nullable String reason;
    private final List<Change> changes;
    private final List<Effect> effects;

    private Commit(
            String account,
            Version version,
            PolicyDigest digest,
            @Nullable String actor,
            Instant time,
            @Nullable String reason,
            List<Change> changes,
            List<Effect> effects) {
        this.account = requireNonNull(account, "account");
        this.version = requireNonNull(version, "version");
        this.digest = requireNonNull(digest, "digest");
        this.actor = actor;
        this.time = requireNonNull(time, "time");
        this.reason = reason;
        this.changes = List.copyOf(changes);
        this.effects = List.copyOf(effects);
    }

    /**
     * Returns a commit with these parts, for a store that reads it back.
     *
     * @param account the id of the account
     * @param version the version that it led to
     * @param digest the {@linkplain Policy#digest() digest} of the policy that it led to
     * @param actor the user on whose behalf it was made, {@code null} for the host
     * @param time when it was made
     * @param reason why it was made, {@code null} if no reason was given
     * @param changes the changes as they were applied, with all ids
     * @param effects what was added, changed and removed
     */
    public static Commit of(
            String account,
            Version version,
            PolicyDigest digest,
            @Nullable String actor,
            Instant time,
            @Nullable String reason,
            List<Change> changes,
            List<Effect> effects) {
        return new Commit(account, version, digest, actor, time, reason, changes, effects);
    }

    /** Returns the id of the account. */
    public String account() {
        return account;
    }

    /** Returns the revision that this commit took, or the current one if it changed nothing. */
    public long revision() {
        return version.revision();
    }

    /** Returns the version that this commit led to, or the current one if it changed nothing. */
    public Version version() {
        return version;
    }

    /** Returns the digest of the policy at that version. */
    public PolicyDigest digest() {
        return digest;
    }

    /** Returns the id of the user on whose behalf it was made, empty for the host itself. */
    public Optional<String> actor() {
        return Optional.ofNullable(actor);
    }

    /** Returns when it was made, by the engine's clock and in whole milliseconds. */
    public Instant time() {
        return time;
    }

    /** Returns the reason, if one was given. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /**
     * Returns the changes as they were applied: a role that was created has its id. The list is empty if a whole policy
     * was created or replaced.
     */
    public List<Change> changes() {
        return changes;
    }

    /** Returns what was added, changed and removed, in the order of {@link io.rbac.policy.AppliedChanges#effects()}. */
    public List<Effect> effects() {
        return effects;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Commit that
                        && account.equals(that.account)
                        && version.equals(that.version)
                        && digest.equals(that.digest)
                        && Objects.equals(actor, that.actor)
                        && time.equals(that.time)
                        && Objects.equals(reason, that.reason)
                        && changes.equals(that.changes)
                        && effects.equals(that.effects);
    }

    @Override
    public int hashCode() {
        return Objects.hash(account, version, actor, time, reason);
    }

    /** Returns account, revision, actor and how much was changed, human-readable. */
    @Override
    public String toString() {
        return "Commit of " + account + " at revision " + revision()
                + (actor == null ? "" : " by " + actor)
                + ": " + changes.size() + " changes, " + effects.size() + " effects";
    }
}
