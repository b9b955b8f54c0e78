package io.rbac.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What {@linkplain WovenLibrary woven} classes take for {@link System#nanoTime()}: each call is a millisecond after the one
 * before it, and one of them is the first after the greatest number. Public, as they see it from another class loader.
 */
public final class WrappingNanos {

    private static final long STEP = 1_000_000;

    private static final AtomicLong NOW = new AtomicLong();
    private static final AtomicInteger CALLS = new AtomicInteger();

    private WrappingNanos() {}

    /** Has the time wrap after so many calls. */
    static void wrapAfter(int calls) {
        NOW.set(Long.MAX_VALUE - calls * STEP);
        CALLS.set(0);
    }

    /** Returns how many calls there were since. */
    static int calls() {
        return CALLS.get();
    }

    /** Called by woven methods. */
    public static long nanoTime() {
        CALLS.incrementAndGet();
        return NOW.addAndGet(STEP);
    }
}
