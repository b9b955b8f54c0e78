package io.rbac.engine;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How many steps the library takes for something: calls of its methods, rounds of its loops, and elements that it copies
 * from array to array. What the JDK does for it within one call is not counted, nor is what the tests do. Unlike time, it
 * is the same on every machine.
 */
public final class Steps {

    private static volatile @Nullable Thread counted;
    private static long count;

    private Steps() {}

    /** Returns the steps of some work on so many things. The work is a public class that can be made without arguments. */
    public static long of(Class<? extends IntConsumer> work, int size) {
        try {
            IntConsumer woven = Class.forName(work.getName(), true, WovenLibrary.withSteps())
                    .asSubclass(IntConsumer.class)
                    .getConstructor()
                    .newInstance();
            count = 0;
            counted = Thread.currentThread();
            woven.accept(size);
            return count;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot be made: " + work, e);
        } finally {
            counted = null;
        }
    }

    /** Called by woven methods. */
    public static void step() {
        steps(1);
    }

    /** Called by woven methods. */
    public static void steps(int steps) {
        if (counted == Thread.currentThread()) {
            count += steps;
        }
    }
}
