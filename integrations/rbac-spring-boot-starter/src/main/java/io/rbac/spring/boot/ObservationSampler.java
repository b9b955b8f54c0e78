package io.rbac.spring.boot;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.rbac.spring.DecisionSampler;
import io.rbac.spring.PermissionDecision;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Observes a share of the decisions, chosen at random: an observation costs about ten times what a decision does. Which permissions
 * were asked for is told to traces only; account, user and target are not told to anything.
 */
final class ObservationSampler implements DecisionSampler {

    static final String NAME = "rbac.check";

    private final ObservationRegistry registry;
    private final double share;
    private final DoubleSupplier random;

    /** Creates a sampler of this share of the decisions, from 0 for none to 1 for all. */
    ObservationSampler(ObservationRegistry registry, double share) {
        this(registry, share, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Creates a sampler of those decisions for which a number from 0 to 1, exclusively, is less than the share. */
    ObservationSampler(ObservationRegistry registry, double share, DoubleSupplier random) {
        this.registry = registry;
        this.share = share;
        this.random = random;
    }

    @Override
    public @Nullable Sample begin() {
        return share > 0 && random.getAsDouble() < share
                ? new ObservedDecision(Observation.start(NAME, registry))
                : null;
    }

    /** An observation, which ends with the decision. */
    private record ObservedDecision(Observation observation) implements Sample {

        @Override
        public void decided(PermissionDecision decision) {
            observation
                    .lowCardinalityKeyValue("outcome", decision.isGranted() ? "allowed" : "denied")
                    .highCardinalityKeyValue("permissions", String.join(",", decision.permissions()))
                    .stop();
        }

        @Override
        public void failed(RuntimeException failure) {
            observation
                    .lowCardinalityKeyValue("outcome", "failed")
                    .error(failure)
                    .stop();
        }
    }
}
