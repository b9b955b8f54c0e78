package io.rbac.engine;

import io.rbac.model.Effect;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.policy.AppliedChanges;
import io.rbac.policy.Policy;
import java.util.List;

/**
 * What an edit would lead to if it were committed now: the policy that would result, or the violations for which the
 * edit would be refused.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Preview {

    private final Policy base;
    private final Policy policy;
    private final List<Effect> effects;
    private final List<Violation> violations;

    private Preview(Policy base, Policy policy, List<Effect> effects, List<Violation> violations) {
        this.base = base;
        this.policy = policy;
        this.effects = effects;
        this.violations = violations;
    }

    static Preview accepted(Policy base, AppliedChanges applied) {
        return new Preview(base, applied.policy(), applied.effects(), List.of());
    }

    static Preview refused(Policy base, PolicyViolationException refusal) {
        return new Preview(base, base, List.of(), refusal.violations());
    }

    /** Returns whether the edit would be accepted. */
    public boolean isAccepted() {
        return violations.isEmpty();
    }

    /** Returns the policy on which the edit was tried. */
    public Policy base() {
        return base;
    }

    /** Returns the policy that would result; {@link #base()} itself if nothing would change or the edit is refused. */
    public Policy policy() {
        return policy;
    }

    /** Returns what would be added, changed and removed, in the order of {@link AppliedChanges#effects()}. */
    public List<Effect> effects() {
        return effects;
    }

    /** Returns why the edit would be refused; empty if it would be accepted. */
    public List<Violation> violations() {
        return violations;
    }

    /** Returns what the edit would lead to, human-readable. */
    @Override
    public String toString() {
        return isAccepted()
                ? "Preview: accepted, " + effects.size() + " effects on revision " + base.revision()
                : "Preview: refused, " + violations;
    }
}
