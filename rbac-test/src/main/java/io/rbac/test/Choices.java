package io.rbac.test;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The source of the decisions of a generator. Choice 0 is always the smallest or simplest option, so that smaller
 * choices make smaller policies.
 *
 * <p>A source of choices is not thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Choices {
    /**
     * Returns the next choice, from 0 to {@code bound - 1}.
     *
     * @param bound the number of options
     * @throws IllegalArgumentException if {@code bound} is less than 1
     */
    int below(int bound);

    /**
     * Returns a number from {@code min}, which is choice 0, to {@code max}.
     *
     * @throws IllegalArgumentException if {@code max} is less than {@code min}
     */
    default int between(int min, int max) {
        return min + below(max - min + 1);
    }

    /**
     * Returns true once in so many times; choice 0 is false.
     *
     * @param times at least 2
     */
    default boolean oneIn(int times) {
        return below(times) == times - 1;
    }

    /**
     * Returns one of several options; choice 0 is the first.
     *
     * @param options the options, simplest first
     * @throws IllegalArgumentException if there is none
     */
    default <T> T oneOf(List<? extends T> options) {
        return options.get(below(options.size()));
    }

    /** Returns random choices, the same for the same seed. */
    static Choices seeded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random::nextInt;
    }

    /** Returns the choices of a list, each modulo the bound asked for; 0 once the list is exhausted. */
    static Choices of(int... list) {
        return new ListedChoices(list);
    }

    /** Returns the choices of a list, each modulo the bound asked for; 0 once the list is exhausted. */
    static Choices of(List<Integer> list) {
        return of(list.stream().mapToInt(Integer::intValue).toArray());
    }
}
