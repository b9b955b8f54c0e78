package io.rbac.spring;

import org.jspecify.annotations.Nullable;

/**
 * Observes some of the decisions of annotations and rules about URLs, from before they are made: for timers and traces, which
 * are too dear for each one. A {@link DecisionListener} learns of all of them, once they are made.
 *
 * <p>Implementations are thread-safe, return soon and do not throw.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DecisionSampler {

    /**
     * Called before each decision.
     *
     * @return what observes this decision, which ends in exactly one of its methods; {@code null} if it is not observed
     */
    @Nullable
    Sample begin();

    /**
     * A decision that is observed.
     *
     * <p>It may end in another thread than it began in.
     *
     * @since 0.1
     */
    interface Sample {

        /** Called after the decision. */
        void decided(PermissionDecision decision);

        /** Called if there is no decision, because the store failed or a resolver did. */
        void failed(RuntimeException failure);
    }
}
