package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.table.SortedLongs;
import io.rbac.text.CodePoints;
import io.rbac.text.Ids;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class StepsTest {

    /** Nothing that the library does. */
    public static final class Nothing implements IntConsumer {
        @Override
        public void accept(int size) {
            for (int i = 0; i < size; i++) {
                assertThat(i).isLessThan(size);
            }
        }
    }

    /** One call after the other. */
    public static final class Calls implements IntConsumer {
        @Override
        public void accept(int size) {
            for (int i = 0; i < size; i++) {
                CodePoints.count("");
            }
        }
    }

    /** One loop in one call. */
    public static final class Loop implements IntConsumer {
        @Override
        public void accept(int size) {
            assertThat(Ids.fault("x".repeat(size))).isNull();
        }
    }

    /** One copy of an array that grows. */
    public static final class Copies implements IntConsumer {
        @Override
        public void accept(int size) {
            SortedLongs sorted = SortedLongs.of(new long[] {size + 1}, 1);
            for (int i = size; i > 0; i--) {
                sorted = sorted.with(i);
            }
        }
    }

    @Test
    void calls_rounds_of_loops_and_copied_elements_of_the_library_are_counted() {
        assertThat(Steps.of(Nothing.class, 100)).isZero();
        assertThat(Steps.of(Calls.class, 100)).isEqualTo(100);
        assertThat(Steps.of(Loop.class, 200)).isBetween(200L, 220L);
    }

    @Test
    void what_takes_as_many_steps_for_each_thing_as_there_are_things_is_found() {
        assertThat(Steps.of(Calls.class, 400)).isLessThan(2 * 4 * Steps.of(Calls.class, 100));
        assertThat(Steps.of(Copies.class, 400)).isGreaterThan(2 * 4 * Steps.of(Copies.class, 100));
    }
}
