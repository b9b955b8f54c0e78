package io.rbac.spring;

import static java.util.Objects.requireNonNull;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Observes a share of the decisions, chosen at random, as the observation {@code rbac.check}: one costs many times what a
 * decision does. Its timer has the outcome alone ({@code allowed}, {@code denied} or {@code failed}); which permissions were
 * asked for is told to traces only, and account, user and target are not told to anything.
 *
 * <p>This class is thread-safe.
 *
 * @since 0.1
 */
public final class ObservationSampler implements DecisionSampler {

    private static final String NAME = "rbac.check";

    private final ObservationRegistry registry;
    private final double share;
    private final DoubleSupplier random;

    /**
     * Creates a sampler of a share of the decisions.
     *
     * @param share from 0 for none to 1 for all
     * @throws IllegalArgumentException if the share is not between them
     */
    public ObservationSampler(ObservationRegistry registry, double share) {
        this(registry, share, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Creates a sampler of those decisions for which a number from 0 to 1, exclusively, is less than the share. */
    ObservationSampler(ObservationRegistry registry, double share, DoubleSupplier random) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "the share is `" + share + "`: expected one from 0 for none to 1 for all");
        }
        this.registry = requireNonNull(registry, "registry");
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
