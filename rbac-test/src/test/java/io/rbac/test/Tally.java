package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

/** Counts what was compared: a comparison of nothing but denials, or of nothing unknown, would prove little. */
final class Tally {
    private long asked;
    private long allowed;
    private long strange;

    void count(boolean allows, boolean stranger) {
        asked++;
        allowed += allows ? 1 : 0;
        strange += stranger ? 1 : 0;
    }

    /** Of questions that aim at what is granted. */
    void assertAimed() {
        assertShares(30, 70);
    }

    /** Of questions about everything that a policy knows, and more: of these, about 8 percent are allowed. */
    void assertExhaustive() {
        assertShares(4, 95);
    }

    private void assertShares(double fewestAllowed, double mostAllowed) {
        assertThat(asked).as("questions").isPositive();
        assertThat(100.0 * allowed / asked).as("percent allowed").isBetween(fewestAllowed, mostAllowed);
        assertThat(100.0 * strange / asked).as("percent with a stranger").isGreaterThanOrEqualTo(20);
    }
}
