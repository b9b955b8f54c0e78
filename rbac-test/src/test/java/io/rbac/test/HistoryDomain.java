package io.rbac.test;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Arbitrary histories of batches. Fewer batches of fewer and smaller numbers are simpler, so that failing ones shrink.
 */
final class HistoryDomain extends DomainContextBase {
    private static final int MAX_NUMBER = 0xFFFF;
    private static final int MAX_BATCH_NUMBERS = 90;
    private static final int MIN_BATCHES = 5;
    private static final int MAX_BATCHES = 20;

    private static final RandomDistribution LONG_RATHER_THAN_SHORT = (genSize, min, max, center) -> random -> {
        int least = min.intValueExact();
        int sizes = max.intValueExact() - least + 1;
        int longer = Math.max(random.nextInt(sizes), random.nextInt(sizes));
        return BigInteger.valueOf(least + Math.max(longer, random.nextInt(sizes)));
    };

    @Provide
    Arbitrary<History> histories() {
        return Arbitraries.integers()
                .between(0, MAX_NUMBER)
                .withDistribution(RandomDistribution.uniform())
                .edgeCases(config -> config.none())
                .list()
                .ofMaxSize(MAX_BATCH_NUMBERS)
                .withSizeDistribution(LONG_RATHER_THAN_SHORT)
                .map(Dice::new)
                .list()
                .ofMinSize(MIN_BATCHES)
                .ofMaxSize(MAX_BATCHES)
                .map(History::new);
    }
}
