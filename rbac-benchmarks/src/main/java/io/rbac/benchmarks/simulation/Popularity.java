package io.rbac.benchmarks.simulation;

import io.rbac.benchmarks.workload.Zipf;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws accounts of one group, those of low numbers far more often. */
final class Popularity {

    private final int first;
    private final int step;
    private final double[] sums;

    /** Takes every so many accounts from a first one on. */
    Popularity(int first, int step, int accounts) {
        this.first = first;
        this.step = step;
        this.sums = new double[(accounts - first + step - 1) / step];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += 1 / Math.pow(first + (double) i * step + 1, Zipf.THETA);
            sums[i] = sum;
        }
    }

    /** Returns how often the accounts of the group are drawn, as a number to be compared with that of other groups. */
    double weight() {
        return sums[sums.length - 1];
    }

    int accounts() {
        return sums.length;
    }

    /** Returns the account that is drawn the most often but for some. */
    int account(int rank) {
        return first + rank * step;
    }

    int draw(SplittableRandom random) {
        int found = Arrays.binarySearch(sums, random.nextDouble() * weight());
        return account(Math.min(found < 0 ? -found - 1 : found, sums.length - 1));
    }
}
