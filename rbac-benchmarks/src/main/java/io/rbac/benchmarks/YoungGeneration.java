package io.rbac.benchmarks;

import java.lang.management.ManagementFactory;

/**
 * The young generation of this virtual machine. What the system hands out for the first time takes far longer, and would be
 * measured too in those that allocate.
 */
final class YoungGeneration {

    private static final int PIECE = 1 << 20;

    /** What nobody reads. */
    static volatile byte[] garbage = {};

    private YoungGeneration() {}

    /** Fills it once. */
    static void touch() {
        for (long bytes = size(); bytes > 0; bytes -= PIECE) {
            garbage = new byte[PIECE];
        }
    }

    /** What is reserved for new objects. */
    private static long size() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().contains("Eden"))
                .mapToLong(pool -> pool.getUsage().getCommitted())
                .findFirst()
                .orElseThrow();
    }
}
