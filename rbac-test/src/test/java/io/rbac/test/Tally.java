package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

/** Counts what was compared: comparing only denials, or only what is known, would prove little. Not thread-safe. */
final class Tally {
    private long asked;
    private long allowed;
    private long unknown;

    void count(boolean allows, boolean hasUnknown) {
        asked++;
        allowed += allows ? 1 : 0;
        unknown += hasUnknown ? 1 : 0;
    }

    /** For questions of which half are about what is granted; which policies are asked is a matter of chance. */
    void assertAimed() {
        assertShares(15, 85);
    }

    /** For questions about everything that a policy knows, and more: 5 to 8 percent of these are allowed, and they are many. */
    void assertExhaustive() {
        assertShares(1, 95);
    }

    private void assertShares(double minAllowed, double maxAllowed) {
        assertThat(asked).as("questions").isPositive();
        assertThat(100.0 * allowed / asked).as("percent allowed").isBetween(minAllowed, maxAllowed);
        assertThat(100.0 * unknown / asked).as("percent with something unknown").isGreaterThanOrEqualTo(20);
    }
}
