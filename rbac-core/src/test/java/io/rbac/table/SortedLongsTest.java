package io.rbac.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedLongsTest {

    private static void assertLikeATreeSet(NavigableSet<Long> model, LongStream bounds) {
        long[] numbers = model.stream().mapToLong(Long::longValue).toArray();
        SortedLongs sorted = SortedLongs.of(numbers, numbers.length);
        assertThat(sorted.size()).isEqualTo(model.size());
        assertThat(bounds.filter(bound -> {
                    Long expected = model.ceiling(bound);
                    return sorted.ceiling(bound) != (expected == null ? -1 : expected);
                }))
                .isEmpty();
    }

    private static LongStream around(NavigableSet<Long> numbers) {
        return LongStream.concat(
                LongStream.of(0, 1, Integer.MAX_VALUE, Long.MAX_VALUE),
                numbers.stream().flatMapToLong(n -> LongStream.of(Math.max(0, n - 1), n, n + 1)));
    }

    @Provide
    Arbitrary<Set<Long>> numbers() {
        return Arbitraries.of(1_500L, 100_000L, 1L << 40, Long.MAX_VALUE - 1)
                .flatMap(max ->
                        Arbitraries.longs().between(0, max).set().ofMinSize(1).ofMaxSize(1_200));
    }

    @Property(tries = 200)
    void the_ceiling_is_that_of_a_tree_set(@ForAll("numbers") Set<Long> numbers) {
        NavigableSet<Long> model = new TreeSet<>(numbers);
        assertLikeATreeSet(model, around(model));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 511, 512, 513, 1023, 1024, 1025, 1536, 1537, 100_000})
    void the_ceiling_is_right_at_every_edge_of_a_page(int size) {
        NavigableSet<Long> model = new TreeSet<>();
        LongStream.range(0, size).forEach(n -> model.add(10 * n + 5));
        assertLikeATreeSet(model, LongStream.concat(LongStream.range(0, 10L * size + 10), around(model)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 512, 513})
    void numbers_beyond_the_count_are_left_out(int count) {
        SortedLongs sorted = SortedLongs.of(LongStream.range(0, 2_000).toArray(), count);
        assertThat(sorted.size()).isEqualTo(count);
        assertThat(sorted.ceiling(count - 1)).isEqualTo(count - 1);
        assertThat(sorted.ceiling(count)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 300, 2_000})
    void a_list_with_or_without_a_number_equals_a_set_and_leaves_its_original_alone(int universe) {
        SplittableRandom random = new SplittableRandom(universe);
        NavigableSet<Long> model = new TreeSet<>(Set.of(0L));
        SortedLongs sorted = SortedLongs.of(new long[] {0}, 1);
        for (int round = 0; round < 6 * universe; round++) {
            long number = random.nextInt(universe) * 1_000_000_007L;
            long[] before = sorted.toArray();
            SortedLongs original = sorted;
            boolean growing = round / universe % 2 == 0;
            if (growing && model.add(number)) {
                sorted = sorted.with(number);
            } else if (!growing && model.size() > 1 && model.remove(number)) {
                sorted = sorted.without(number);
            }
            assertThat(sorted.toArray())
                    .isEqualTo(model.stream().mapToLong(n -> n).toArray());
            assertThat(sorted.size()).isEqualTo(model.size());
            Long ceiling = model.ceiling(number);
            assertThat(sorted.ceiling(number)).isEqualTo(ceiling == null ? -1 : ceiling);
            assertThat(original.toArray()).isEqualTo(before);
        }
    }
}
