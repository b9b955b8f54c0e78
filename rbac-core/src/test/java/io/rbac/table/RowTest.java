package io.rbac.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTest {

    private static Object row(int owner, NavigableMap<Integer, Integer> valuesByKey) {
        long[] entries = new long[valuesByKey.size() + 3];
        int count = 0;
        for (var entry : valuesByKey.entrySet()) {
            entries[count++] = Row.entry(entry.getKey(), entry.getValue());
        }
        return Row.of(owner, entries, count);
    }

    private static void assertLikeATreeMap(int owner, NavigableMap<Integer, Integer> model) {
        Object row = row(owner, model);
        assertThat(Row.owner(row)).isEqualTo(owner);
        IntStream around = IntStream.concat(
                IntStream.of(0, 1, (1 << 26) - 1, 1 << 26, (1 << 27) - 1, 1 << 27, Integer.MAX_VALUE - 1),
                model.keySet().stream().flatMapToInt(t -> IntStream.of(Math.max(0, t - 1), t, t + 1)));
        assertThat(around.filter(key -> Row.value(row, key) != model.getOrDefault(key, 0)
                        || Row.valueWithoutBranch(row, key) != model.getOrDefault(key, 0)
                        || Row.nextKey(row, key) != higher(model, key)))
                .isEmpty();
        assertThat(Row.nextKey(row, -1)).isEqualTo(model.firstKey());
        assertThat(Row.firstValue(row)).isEqualTo(model.getOrDefault(0, 0));
        assertThreeKeysLikeATreeMap(row, model);
    }

    /** The key may stand before or behind the one in the middle, and either may be missing. */
    private static void assertThreeKeysLikeATreeMap(Object row, NavigableMap<Integer, Integer> model) {
        Random random = new Random(model.size());
        List<Integer> known = List.copyOf(model.keySet());
        for (int i = 0; i < 50; i++) {
            int middle = known.get(random.nextInt(known.size())) - random.nextInt(2);
            int key = known.get(random.nextInt(known.size())) + random.nextInt(2);
            if (middle != key && key != 0) {
                assertThat(values(row, middle, key))
                        .containsExactly(
                                model.getOrDefault(0, 0), model.getOrDefault(middle, 0), model.getOrDefault(key, 0));
            }
        }
    }

    private static int[] values(Object row, int middle, int key) {
        long values = Row.values(row, Row.isCounted(row), middle, key);
        return new int[] {Row.first(values), Row.second(values), Row.third(values)};
    }

    /** What is beyond the bits of an entry, or no key at all, must not be taken for what is there. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2097151", "1023, 2097151", "600, 1023", "65536, 15", "134217727, 15"})
    void a_key_beyond_a_row_and_a_missing_one_find_nothing_in_it(int highestKey, int highestValue) {
        NavigableMap<Integer, Integer> model = new TreeMap<>();
        model.put(0, 1);
        model.put(highestKey, highestValue);
        Object row = row(Row.MAX_OWNERS - 1, model);
        assertThat(row).isInstanceOf(int[].class);
        for (int bit = 0; bit < 27; bit++) {
            for (int key : new int[] {1 << bit, (1 << bit) + 1, (1 << 27) - (1 << bit)}) {
                for (int middle : new int[] {-1, -2, key + 1}) {
                    assertThat(values(row, middle, key))
                            .as("middle %d, key %d", middle, key)
                            .containsExactly(1, model.getOrDefault(middle, 0), model.getOrDefault(key, 0));
                }
            }
        }
    }

    private static int higher(NavigableMap<Integer, Integer> model, int key) {
        Integer higher = model.higherKey(key);
        return higher == null ? -1 : higher;
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.oneOf(
                Arbitraries.of(1, 2, 22, 23, 24, 25, 255, 256, 257, 511, 512, 513, 600),
                Arbitraries.integers().between(1, 600));
    }

    @Provide
    Arbitrary<Integer> highestKeys() {
        return Arbitraries.of(600, 1_023, 1_024, 65_536, 1 << 20, (1 << 26) - 1, 1 << 26, 1 << 27);
    }

    @Provide
    Arbitrary<Integer> highestValues() {
        return Arbitraries.of(1, 2, 15, 16, 31, 32, 1_023, 2_047, 1 << 16, (1 << 20) - 1, Row.MAX_VALUE);
    }

    @Provide
    Arbitrary<Integer> owners() {
        return Arbitraries.of(0, 1, 255, 1 << 20, (1 << 26) + 1, Row.MAX_OWNERS - 1);
    }

    @Property(tries = 600)
    void a_row_of_any_form_answers_like_a_tree_map(
            @ForAll("owners") int owner,
            @ForAll("lengths") int length,
            @ForAll("highestKeys") int highestKey,
            @ForAll("highestValues") int highestValue,
            @ForAll Random random) {
        NavigableMap<Integer, Integer> model = new TreeMap<>();
        model.put(highestKey, highestValue);
        while (model.size() < length) {
            model.putIfAbsent(random.nextInt(highestKey), 1 + random.nextInt(highestValue));
        }
        assertLikeATreeMap(owner, model);
        Object row = row(owner, model);
        Statistics.label("form")
                .collect(row instanceof int[] ? "int" : row instanceof long[] ? "long" : "paged")
                .coverage(form -> {
                    form.check("int").percentage(p -> p > 10);
                    form.check("long").percentage(p -> p > 10);
                    form.check("paged").percentage(p -> p > 10);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, true",
        "1023, 2097151, true",
        "1024, 2097151, false",
        "2047, 1048575, true",
        "2048, 1048575, false",
        "134217727, 15, true",
        "134217727, 16, false",
        "134217728, 7, true",
        "134217728, 8, false",
        "536870911, 3, true"
    })
    void a_short_row_is_of_ints_where_key_and_value_take_31_bits_together(int key, int value, boolean ints) {
        NavigableMap<Integer, Integer> model = new TreeMap<>();
        model.put(key, value);
        assertThat(row(7, model)).isInstanceOf(ints ? int[].class : long[].class);
        assertLikeATreeMap(7, model);
        assertLikeATreeMap(Row.MAX_OWNERS - 1, model);
        if (key > 0) {
            model.put(0, 1);
            model.put(key - 1, value);
            assertLikeATreeMap(Row.MAX_OWNERS - 1, model);
        }
    }

    @Test
    void a_row_of_more_than_256_entries_is_paged_whatever_its_numbers_are() {
        NavigableMap<Integer, Integer> model = new TreeMap<>();
        IntStream.range(0, 256).forEach(t -> model.put(t, 1));
        assertThat(row(0, model)).isInstanceOf(int[].class);
        model.put(1_000, 1);
        assertThat(row(0, model)).isNotInstanceOfAny(int[].class, long[].class);
        assertLikeATreeMap(0, model);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2097151", "300, 1"})
    void there_is_no_key_after_the_highest_number_of_all(int length, int value) {
        NavigableMap<Integer, Integer> model = new TreeMap<>();
        IntStream.range(0, length).forEach(t -> model.put(5_000 + t, value));
        assertThat(Row.nextKey(row(0, model), Integer.MAX_VALUE)).isEqualTo(-1);
    }
}
