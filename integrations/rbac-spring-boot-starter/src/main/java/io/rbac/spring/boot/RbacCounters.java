package io.rbac.spring.boot;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rbac.engine.Commit;
import io.rbac.engine.PolicyEdit;
import io.rbac.engine.PolicyListener;
import io.rbac.engine.RefusalListener;
import io.rbac.matrix.PermissionDeniedException;
import io.rbac.model.PolicyViolationException;
import io.rbac.spring.DecisionListener;
import io.rbac.spring.PermissionDecision;

/** Counts what is decided, committed, refused and denied. No account, user or permission is a tag: they are too many. */
final class RbacCounters implements PolicyListener, RefusalListener, DecisionListener {

    private final MeterRegistry registry;
    private final Counter allowed;
    private final Counter denied;
    private final Counter commits;
    private final Counter denials;

    RbacCounters(MeterRegistry registry) {
        this.registry = registry;
        this.allowed = decisions(registry, "allowed");
        this.denied = decisions(registry, "denied");
        this.commits = Counter.builder("rbac.commits")
                .description("Commits to policies")
                .register(registry);
        this.denials = Counter.builder("rbac.denials")
                .description("Users who were denied what was required of them")
                .register(registry);
    }

    private static Counter decisions(MeterRegistry registry, String outcome) {
        return Counter.builder("rbac.decisions")
                .description("Decisions of annotations and rules about URLs")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void decided(PermissionDecision decision) {
        (decision.isGranted() ? allowed : denied).increment();
    }

    @Override
    public void committed(Commit commit) {
        commits.increment();
    }

    @Override
    public void refused(PolicyEdit edit, PolicyViolationException refusal) {
        Counter.builder("rbac.refusals")
                .description("Edits that were refused, by the code of the first violation")
                .tag("code", refusal.violations().get(0).code().name())
                .register(registry)
                .increment();
    }

    @Override
    public void denied(PermissionDeniedException denial) {
        denials.increment();
    }
}
