package io.rbac.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edited copies of rows, held against a map of the JDK. */
class RowEditorTest {

    private static final int OWNER = 7;

    private static void assertHolds(@Nullable Object row, NavigableMap<Integer, Integer> expected) {
        assertThat(row == null).isEqualTo(expected.isEmpty());
        if (row != null) {
            assertThat(Row.owner(row)).isEqualTo(OWNER);
            assertThat(Row.size(row)).isEqualTo(expected.size());
            assertThat(Row.entries(row))
                    .isEqualTo(expected.entrySet().stream()
                            .mapToLong(entry -> Row.entry(entry.getKey(), entry.getValue()))
                            .toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 400, 1_100})
    void a_row_of_single_edits_equals_a_map_in_every_form(int universe) {
        SplittableRandom random = new SplittableRandom(universe);
        NavigableMap<Integer, Integer> expected = new TreeMap<>();
        Object row = null;
        for (int round = 0; round < 6 * universe; round++) {
            // Keys far apart make rows that do not fit into ints.
            int key = random.nextInt(universe) * (universe == 20 ? 1_000_000 : 1);
            boolean growing = round / universe % 2 == 0;
            int value = growing || random.nextInt(4) == 0 ? 1 + random.nextInt(Row.MAX_VALUE) : 0;
            set(expected, key, value);
            Row.Editor editor = Row.edit(OWNER, row);
            editor.put(key, value);
            assertThat(editor.value(key)).isEqualTo(value);
            row = editor.seal();
            assertHolds(row, expected);
            if (row != null) {
                assertThat(Row.value(row, key)).isEqualTo(value);
                Integer next = expected.higherKey(key);
                assertThat(Row.nextKey(row, key)).isEqualTo(next == null ? -1 : next);
            }
        }
    }

    private static void set(NavigableMap<Integer, Integer> map, int key, int value) {
        if (value == 0) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "20, 1000000, 3",
        "20, 1, 30",
        "400, 1, 4",
        "400, 1000000, 200",
        "3000, 1, 1",
        "3000, 1, 20",
        "3000, 500000, 60",
        "3000, 1, 5000"
    })
    void a_row_of_many_edits_at_once_equals_a_map_and_leaves_its_original_alone(int universe, int step, int changes) {
        SplittableRandom random = new SplittableRandom(universe + changes);
        NavigableMap<Integer, Integer> expected = new TreeMap<>();
        for (int key = 0; key < universe; key += 2) {
            expected.put(key * step, 1);
        }
        Row.Editor filling = Row.edit(OWNER, null);
        expected.forEach(filling::put);
        Object row = filling.seal();
        assertHolds(row, expected);
        for (int round = 0; round < 60; round++) {
            NavigableMap<Integer, Integer> before = new TreeMap<>(expected);
            Object original = row;
            Row.Editor editor = Row.edit(OWNER, original);
            int puts = random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                int key = random.nextInt(universe) * step;
                int value = random.nextInt(3) < puts ? 1 + random.nextInt(Row.MAX_VALUE) : 0;
                set(expected, key, value);
                editor.put(key, value);
                int read = random.nextInt(universe) * step;
                assertThat(editor.value(read)).isEqualTo(expected.getOrDefault(read, 0));
            }
            row = editor.seal();
            assertHolds(row, expected);
            assertHolds(original, before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 2_000})
    void what_is_written_after_seal_never_reaches_the_sealed_row(int size) {
        Row.Editor editor = Row.edit(OWNER, null);
        NavigableMap<Integer, Integer> now = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            editor.put(3 * i, 1 + i);
            now.put(3 * i, 1 + i);
        }
        List<@Nullable Object> sealed = new ArrayList<>();
        List<NavigableMap<Integer, Integer>> expected = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(size);
        for (int changes : new int[] {0, 1, 1, 2, 40, 1, 600, 1, 3}) {
            for (int i = 0; i < changes; i++) {
                int key = random.nextInt(3 * size + 100);
                int value = 1 + random.nextInt(Row.MAX_VALUE);
                editor.put(key, value);
                now.put(key, value);
                int removed = random.nextInt(3 * size + 100);
                editor.put(removed, 0);
                now.remove(removed);
            }
            sealed.add(editor.seal());
            expected.add(new TreeMap<>(now));
        }
        now.keySet().forEach(key -> editor.put(key, 0));
        assertThat(editor.seal()).isNull();
        for (int i = 0; i < sealed.size(); i++) {
            assertHolds(sealed.get(i), expected.get(i));
        }
    }

    @Test
    void the_last_word_on_a_key_counts() {
        Row.Editor editor = Row.edit(OWNER, Row.of(OWNER, new long[] {Row.entry(1, 5), Row.entry(2, 6)}, 2));
        editor.put(1, 0);
        editor.put(1, 8);
        editor.put(3, 9);
        editor.put(3, 0);
        editor.put(4, 0);

        assertThat(Row.entries(editor.seal())).containsExactly(Row.entry(1, 8), Row.entry(2, 6));
    }

    @Test
    void a_row_takes_the_form_that_its_entries_need() {
        Row.Editor editor = Row.edit(OWNER, null);
        assertThat(editor.seal()).isNull();
        editor.put(0, 1);
        assertThat(editor.seal()).isInstanceOf(int[].class);
        editor.put(1 << 26, Row.MAX_VALUE);
        assertThat(editor.seal()).isInstanceOf(long[].class);
        editor.put(1 << 26, 0);
        assertThat(editor.seal()).isInstanceOf(int[].class);
        for (int key = 1; key <= 256; key++) {
            editor.put(key, 1);
        }
        assertThat(editor.seal()).isNotInstanceOfAny(int[].class, long[].class);
        editor.put(256, 0);
        assertThat(editor.seal()).as("not turned round at each change").isNotInstanceOfAny(int[].class, long[].class);
        for (int key = 0; key <= 128; key++) {
            editor.put(key, 0);
            editor.seal();
        }
        assertThat(editor.seal()).isInstanceOf(int[].class);
    }
}
