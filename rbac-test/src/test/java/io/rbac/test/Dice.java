package io.rbac.test;

import java.util.List;

/**
 * A list of numbers that a test takes its choices from.
 *
 * @param rolls the numbers
 */
record Dice(List<Integer> rolls) {

    /** The choices from the first number on. */
    Choices choices() {
        return Choices.of(rolls);
    }
}
