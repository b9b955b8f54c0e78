package io.rbac.benchmarks.workload;

import java.util.SplittableRandom;

/**
 * Draws numbers from zero up, the low ones far more often: with an exponent of 0.99, as in YCSB (Cooper and others, 2010),
 * by the method of Gray and others, "Quickly generating billion-record synthetic databases" (1994).
 */
public final class Zipf {

    /** The exponent. */
    public static final double THETA = 0.99;

    private final SplittableRandom random;
    private final int range;
    private final double zeta;
    private final double eta;

    public Zipf(int range, SplittableRandom random) {
        this.range = range;
        this.random = random;
        double sum = 0;
        for (int i = 1; i <= range; i++) {
            sum += 1 / Math.pow(i, THETA);
        }
        this.zeta = sum;
        double two = 1 + Math.pow(0.5, THETA);
        this.eta = (1 - Math.pow(2.0 / range, 1 - THETA)) / (1 - two / sum);
    }

    public int next() {
        double u = random.nextDouble();
        double uz = u * zeta;
        if (uz < 1) {
            return 0;
        }
        if (uz < 1 + Math.pow(0.5, THETA)) {
            return Math.min(1, range - 1);
        }
        return Math.min(range - 1, (int) (range * Math.pow(eta * u - eta + 1, 1 / (1 - THETA))));
    }
}
