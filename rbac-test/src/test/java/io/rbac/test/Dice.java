package io.rbac.test;

import java.util.List;

/**
 * Numbers that a test takes its choices from.
 *
 * @param rolls the numbers
 */
record Dice(List<Integer> rolls) {

    /** Returns the choices from the first number on. */
    Choices choices() {
        return Choices.of(rolls);
    }
}
