package io.rbac.test;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Where a generator takes its decisions from. Choice 0 always means the smallest or simplest option, so that smaller
 * choices make smaller policies. A source of choices is used by one thread.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Choices {
    /**
     * The next choice.
     *
     * @param bound how many options there are, at least 1
     * @return a number from 0 to {@code bound - 1}
     * @throws IllegalArgumentException if {@code bound} is less than 1
     * @since 0.1
     */
    int below(int bound);

    /**
     * A number between two others.
     *
     * @param least the least number, that of choice 0
     * @param most the greatest number
     * @return a number from {@code least} to {@code most}
     * @throws IllegalArgumentException if {@code most} is less than {@code least}
     * @since 0.1
     */
    default int between(int least, int most) {
        return least + below(most - least + 1);
    }

    /**
     * Whether something rare happens; choice 0 is no.
     *
     * @param times in how many times it happens once, at least 2
     * @return true once in so many times
     * @since 0.1
     */
    default boolean oneIn(int times) {
        return below(times) == times - 1;
    }

    /**
     * One of several options; choice 0 is the first.
     *
     * @param <T> what the options are
     * @param options the options, simplest first
     * @return one of them
     * @throws IllegalArgumentException if there is none
     * @since 0.1
     */
    default <T> T oneOf(List<? extends T> options) {
        return options.get(below(options.size()));
    }

    /**
     * Random choices, the same for the same seed.
     *
     * @param seed the seed
     * @return the choices
     * @since 0.1
     */
    static Choices seeded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random::nextInt;
    }

    /**
     * The choices of a list, each modulo the bound asked for; 0 when the list is exhausted.
     *
     * @param list the choices
     * @return the choices of a copy of the list
     * @since 0.1
     */
    static Choices of(int... list) {
        return new ListedChoices(list);
    }

    /**
     * The choices of a list, each modulo the bound asked for; 0 when the list is exhausted.
     *
     * @param list the choices
     * @return the choices of a copy of the list
     * @since 0.1
     */
    static Choices of(List<Integer> list) {
        return of(list.stream().mapToInt(Integer::intValue).toArray());
    }
}
