package io.rbac.table;

import java.util.SplittableRandom;

/** Hashes of ids: a fast one, and a seeded one for which nobody can choose ids that collide. */
final class IdHash {

    /*
     * The fast hash is String.hashCode, spread by a multiplication. Whoever chooses the ids can make these hashes
     * collide. The seeded hash is a polynomial over a prime field, evaluated at a random point: two different ids,
     * whatever they are, collide with a probability below length / 2^61 (Carter, Wegman, 1979).
     */
    static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final int PRIME_BITS = 61;
    private static final long PRIME = (1L << PRIME_BITS) - 1;
    private static final long POINT = (new SplittableRandom().nextLong() & PRIME >>> 1) + (1L << 32);

    private IdHash() {}

    static long of(String id, boolean seeded) {
        return (seeded ? polynomial(id) : id.hashCode()) * SPREAD;
    }

    /** Takes every three characters of the id as one coefficient. */
    private static long polynomial(String id) {
        int length = id.length();
        long hash = length;
        for (int i = 0; i < length; i += 3) {
            long coefficient = (long) id.charAt(i) << 32
                    | (i + 1 < length ? id.charAt(i + 1) << 16 : 0) & 0xFFFF_FFFFL
                    | (i + 2 < length ? id.charAt(i + 2) : 0);
            long high = Math.multiplyHigh(hash, POINT);
            long low = hash * POINT;
            long sum = (low & PRIME) + (low >>> PRIME_BITS | high << Long.SIZE - PRIME_BITS) + coefficient;
            hash = sum >= PRIME ? sum - PRIME : sum;
        }
        return hash;
    }
}
