package io.rbac.test;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Arbitrary plain policies. Each is made from a list of numbers that is followed by zeros: fewer and smaller numbers
 * make a smaller policy, so that failing ones shrink.
 */
final class PlainPolicyDomain extends DomainContextBase {
    private static final int MAX_NUMBER = 0xFFFF;
    private static final int MAX_NUMBERS = 600;

    private static final RandomDistribution LONG_RATHER_THAN_SHORT = (genSize, min, max, center) -> random -> {
        int least = min.intValueExact();
        int sizes = max.intValueExact() - least + 1;
        return BigInteger.valueOf(least + Math.max(random.nextInt(sizes), random.nextInt(sizes)));
    };

    @Provide
    Arbitrary<Dice> dice() {
        return Arbitraries.integers()
                .between(0, MAX_NUMBER)
                .withDistribution(RandomDistribution.uniform())
                .edgeCases(config -> config.none())
                .list()
                .ofMaxSize(MAX_NUMBERS)
                .withSizeDistribution(LONG_RATHER_THAN_SHORT)
                .map(Dice::new);
    }

    @Provide
    Arbitrary<PlainPolicy> valid() {
        return dice().map(dice -> RandomPlainPolicy.valid(dice.choices()));
    }

    @Provide
    Arbitrary<RandomPlainPolicy.Broken> broken() {
        return dice().map(dice -> RandomPlainPolicy.broken(dice.choices()));
    }
}
