package io.rbac.benchmarks;

import java.lang.management.ManagementFactory;

/**
 * The young generation of this virtual machine. Memory that the system hands out for the first time is far slower, which
 * would count against the contenders that allocate.
 */
final class YoungGeneration {

    private static final int PIECE = 1 << 20;

    /** Written so that the allocation is not optimized away; never read. */
    static volatile byte[] garbage = {};

    private YoungGeneration() {}

    /** Fills the young generation once. */
    static void touch() {
        for (long bytes = size(); bytes > 0; bytes -= PIECE) {
            garbage = new byte[PIECE];
        }
    }

    /** Returns the size of the space for new objects. */
    private static long size() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().contains("Eden"))
                .mapToLong(pool -> pool.getUsage().getCommitted())
                .findFirst()
                .orElseThrow();
    }
}
