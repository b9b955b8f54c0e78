package io.rbac.test;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.domains.DomainContextBase;

/** Arbitrary histories of batches. Fewer batches of fewer and smaller numbers are simpler, so that a failing one shrinks. */
final class Histories extends DomainContextBase {
    private static final int GREATEST_NUMBER = 0xFFFF;
    private static final int MOST_NUMBERS_OF_A_BATCH = 90;
    private static final int FEWEST_BATCHES = 5;
    private static final int MOST_BATCHES = 20;

    private static final RandomDistribution LONG_RATHER_THAN_SHORT = (genSize, min, max, center) -> random -> {
        int least = min.intValueExact();
        int sizes = max.intValueExact() - least + 1;
        int longer = Math.max(random.nextInt(sizes), random.nextInt(sizes));
        return BigInteger.valueOf(least + Math.max(longer, random.nextInt(sizes)));
    };

    @Provide
    Arbitrary<History> histories() {
        return Arbitraries.integers()
                .between(0, GREATEST_NUMBER)
                .withDistribution(RandomDistribution.uniform())
                .edgeCases(config -> config.none())
                .list()
                .ofMaxSize(MOST_NUMBERS_OF_A_BATCH)
                .withSizeDistribution(LONG_RATHER_THAN_SHORT)
                .map(Dice::new)
                .list()
                .ofMinSize(FEWEST_BATCHES)
                .ofMaxSize(MOST_BATCHES)
                .map(History::new);
    }
}
