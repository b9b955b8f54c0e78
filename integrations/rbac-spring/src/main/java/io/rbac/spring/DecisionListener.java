package io.rbac.spring;

/**
 * Learns of every decision of an annotation or a rule about URLs, allowed or denied: for figures. Questions that the
 * application asks itself are not reported.
 *
 * <p>It is called in the thread that asked, so it should return soon, and must not throw. Implementations are thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DecisionListener {

    /** Called after a decision. */
    void decided(PermissionDecision decision);
}
