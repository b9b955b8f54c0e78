package io.rbac.engine;

import io.rbac.model.AppliedChanges;
import io.rbac.model.Effect;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import java.util.List;

/**
 * What would become of an edit if it were committed now: the violations for which it would be refused, or the policy that
 * would result.
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

    /** Tells whether the edit would be accepted. */
    public boolean isAccepted() {
        return violations.isEmpty();
    }

    /** Returns the policy that the edit was tried on. */
    public Policy base() {
        return base;
    }

    /** Returns the policy that would result; the {@link #base()} itself if nothing would change. */
    public Policy policy() {
        return policy;
    }

    /** Returns what would come, change and go, in the order of {@link AppliedChanges#effects()}. */
    public List<Effect> effects() {
        return effects;
    }

    /** Returns why the edit would be refused, none if it would be accepted. */
    public List<Violation> violations() {
        return violations;
    }

    /** Returns what would become of the edit, for people. */
    @Override
    public String toString() {
        return isAccepted()
                ? "Preview: accepted, " + effects.size() + " effects on revision " + base.revision()
                : "Preview: refused, " + violations;
    }
}
