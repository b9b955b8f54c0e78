package io.rbac.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdinalsTest {

    /** A list of so many ordinals inside a longer array, from {@code first} on, each {@code step} above the last. */
    private static void assertLikeATreeSet(int size, int first, int step) {
        int[] array = IntStream.range(0, size + 4).map(i -> first + step * i).toArray();
        Object ordinals = Ordinals.of(array, 2, size + 2);
        TreeSet<Integer> model = new TreeSet<>();
        IntStream.range(2, size + 2).forEach(i -> model.add(array[i]));
        assertThat(Ordinals.size(ordinals)).isEqualTo(size);
        assertThat(Ordinals.toArray(ordinals)).containsExactly(model.toArray(Integer[]::new));
        assertThat(IntStream.rangeClosed(-1, array[size + 3] + step).filter(after -> {
                    Integer expected = model.higher(after);
                    return Ordinals.next(ordinals, after) != (expected == null ? -1 : expected);
                }))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 256, 257, 258, 511, 512, 513, 1000})
    void the_next_is_that_of_a_tree_set_at_every_size(int size) {
        assertLikeATreeSet(size, 0, 1);
        assertLikeATreeSet(size, 3, 7);
    }

    @Property(tries = 100)
    void the_next_is_that_of_a_tree_set(
            @ForAll @IntRange(max = 1_200) int size,
            @ForAll @IntRange(max = 5_000) int first,
            @ForAll @IntRange(min = 1, max = 50) int step) {
        assertLikeATreeSet(size, first, step);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 256, 257, 600})
    void there_is_none_after_the_highest_number_of_all(int size) {
        int[] array = IntStream.range(0, size).toArray();
        assertThat(Ordinals.next(Ordinals.of(array, 0, size), Integer.MAX_VALUE))
                .isEqualTo(-1);
        assertThat(Ordinals.next(Ordinals.of(array, 0, size), Integer.MAX_VALUE - 1))
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 256, 257})
    void changes_of_the_array_do_not_reach_the_list(int size) {
        int[] array = IntStream.range(0, size).toArray();
        Object ordinals = Ordinals.of(array, 0, size);
        array[0] = 7_000;
        assertThat(Ordinals.next(ordinals, -1)).isZero();
    }
}
