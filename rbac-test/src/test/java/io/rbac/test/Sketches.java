package io.rbac.test;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Arbitrary sketches. Each is made of a list of numbers, whose end stands for zeros: fewer and smaller numbers make a
 * smaller policy, so that a failing one shrinks.
 */
final class Sketches extends DomainContextBase {
    private static final int GREATEST_NUMBER = 0xFFFF;
    private static final int MOST_NUMBERS = 600;

    private static final RandomDistribution LONG_RATHER_THAN_SHORT = (genSize, min, max, center) -> random -> {
        int least = min.intValueExact();
        int sizes = max.intValueExact() - least + 1;
        return BigInteger.valueOf(least + Math.max(random.nextInt(sizes), random.nextInt(sizes)));
    };

    @Provide
    Arbitrary<Dice> dice() {
        return Arbitraries.integers()
                .between(0, GREATEST_NUMBER)
                .withDistribution(RandomDistribution.uniform())
                .edgeCases(config -> config.none())
                .list()
                .ofMaxSize(MOST_NUMBERS)
                .withSizeDistribution(LONG_RATHER_THAN_SHORT)
                .map(Dice::new);
    }

    @Provide
    Arbitrary<Sketch> valid() {
        return dice().map(dice -> RandomSketch.valid(dice.choices()));
    }

    @Provide
    Arbitrary<RandomSketch.Broken> broken() {
        return dice().map(dice -> RandomSketch.broken(dice.choices()));
    }
}
