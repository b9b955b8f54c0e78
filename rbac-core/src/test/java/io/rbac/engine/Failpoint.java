package io.rbac.engine;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the methods of {@linkplain WovenLibrary woven} classes come by at their beginning and their end, and where one
 * of them can be made to throw. Public, as they see it from another class loader. Only the thread that armed it is
 * looked at.
 */
public final class Failpoint {

    private static final Map<String, Integer> PASSED = new TreeMap<>();
    private static volatile @Nullable Thread armed;
    private static @Nullable String point;
    private static int pass;
    private static Supplier<Throwable> failure = AssertionError::new;

    private Failpoint() {}

    /** Has a thread that passes a point for the n-th time throw, from 1 on; {@code null} for no point. */
    static void plan(@Nullable String where, int number, Supplier<Throwable> thrown) {
        point = where;
        pass = number;
        failure = thrown;
    }

    /** Begins to count what the current thread passes. */
    public static void arm() {
        PASSED.clear();
        armed = Thread.currentThread();
    }

    /** Ends that. */
    public static void disarm() {
        armed = null;
    }

    /** Every point that was passed since, and how often. */
    static Map<String, Integer> passed() {
        return new TreeMap<>(PASSED);
    }

    /** Called by woven methods. */
    public static void pass(String where) {
        if (armed == Thread.currentThread()) {
            int count = PASSED.merge(where, 1, Integer::sum);
            if (where.equals(point) && count == pass) {
                Failpoint.<RuntimeException>throwUnchecked(failure.get());
            }
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // for the compiler whatever it is said to be
    private static <E extends Throwable> void throwUnchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
