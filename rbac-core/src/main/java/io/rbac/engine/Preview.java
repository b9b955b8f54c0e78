package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Effect;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.policy.AppliedChanges;
import io.rbac.policy.Policy;
import io.rbac.review.AccessDiff;
import io.rbac.review.AccessGainedException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an edit would lead to if it were committed now: the policy that would result, or the violations for which the
 * edit would be refused.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Preview {

    private final PermissionMatrix base;
    private final PermissionMatrix result;
    private final List<Effect> effects;
    private final List<Violation> violations;

    private Preview(PermissionMatrix base, PermissionMatrix result, List<Effect> effects, List<Violation> violations) {
        this.base = base;
        this.result = result;
        this.effects = effects;
        this.violations = violations;
    }

    static Preview accepted(PermissionMatrix base, EditPlanner.PlannedCommit planned) {
        return new Preview(base, planned.matrix(), planned.commit().effects(), List.of());
    }

    static Preview refused(PermissionMatrix base, PolicyViolationException refusal) {
        return new Preview(base, base, List.of(), refusal.violations());
    }

    /** Returns whether the edit would be accepted. */
    public boolean isAccepted() {
        return violations.isEmpty();
    }

    /** Returns the policy on which the edit was tried. */
    public Policy base() {
        return base.policy();
    }

    /** Returns the policy that would result; {@link #base()} itself if nothing would change or the edit is refused. */
    public Policy policy() {
        return result.policy();
    }

    /** Returns what would be added, changed and removed, in the order of {@link AppliedChanges#effects()}. */
    public List<Effect> effects() {
        return effects;
    }

    /**
     * Returns what the edit would change for whom; nothing if it would be refused. The difference is found as it is read.
     */
    public AccessDiff access() {
        return AccessDiff.between(base, result);
    }

    /** Returns what users could do that they cannot do now, as {@link AccessDiff#gains()}. */
    public Stream<AccessDiff.Entry> gains() {
        return access().gains();
    }

    /** Returns what users could not do any more, as {@link AccessDiff#losses()}. */
    public Stream<AccessDiff.Entry> losses() {
        return access().losses();
    }

    /**
     * Does nothing if the edit would let nobody do more than now, or would be refused.
     *
     * @throws AccessGainedException with everything that would be gained
     */
    public void requireNoGain() {
        access().requireNoGain();
    }

    /** Returns why the edit would be refused; empty if it would be accepted. */
    public List<Violation> violations() {
        return violations;
    }

    /** Returns what the edit would lead to, human-readable. */
    @Override
    public String toString() {
        return isAccepted()
                ? "Preview: accepted, " + effects.size() + " effects on revision " + base().revision()
                : "Preview: refused, " + violations;
    }
}
