package io.rbac.benchmarks;

/**
 * The young generation of this virtual machine. What the system hands out for the first time takes far longer, and would be
 * measured too in those that allocate.
 */
final class YoungGeneration {

    /** What nobody reads. */
    static volatile byte[] garbage = {};

    private YoungGeneration() {}

    /** Fills it once. */
    static void touch(int megabytes) {
        for (int i = 0; i < megabytes; i++) {
            garbage = new byte[1 << 20];
        }
    }
}
