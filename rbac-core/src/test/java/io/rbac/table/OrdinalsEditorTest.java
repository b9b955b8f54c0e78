package io.rbac.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edited copies of lists of ordinals, held against a set of the JDK. */
class OrdinalsEditorTest {

    private static void assertHolds(Object ordinals, NavigableSet<Integer> expected) {
        assertThat(Ordinals.size(ordinals)).isEqualTo(expected.size());
        assertThat(Ordinals.toArray(ordinals))
                .isEqualTo(expected.stream().mapToInt(n -> n).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 300, 3_000})
    void a_list_of_single_edits_equals_a_set_in_every_form(int universe) {
        SplittableRandom random = new SplittableRandom(universe);
        NavigableSet<Integer> expected = new TreeSet<>();
        Object ordinals = Ordinals.none();
        for (int round = 0; round < 4 * universe; round++) {
            int ordinal = random.nextInt(universe);
            boolean growing = round / universe % 2 == 0;
            Object before = ordinals;
            int size = Ordinals.size(before);
            Ordinals.Editor editor = Ordinals.edit(before);
            if (growing) {
                expected.add(ordinal);
                editor.add(ordinal);
            } else {
                expected.remove(ordinal);
                editor.remove(ordinal);
            }
            ordinals = editor.seal();
            assertThat(Ordinals.size(before)).isEqualTo(size);
            assertThat(Ordinals.size(ordinals)).isEqualTo(expected.size());
            int probe = random.nextInt(universe) - 1;
            Integer next = expected.higher(probe);
            assertThat(Ordinals.next(ordinals, probe)).isEqualTo(next == null ? -1 : next);
        }
        assertHolds(ordinals, expected);
        for (int ordinal : List.copyOf(expected)) {
            Ordinals.Editor editor = Ordinals.edit(ordinals);
            editor.remove(ordinal);
            ordinals = editor.seal();
        }
        assertThat(ordinals).isEqualTo(Ordinals.none());
    }

    @ParameterizedTest
    @CsvSource({"10, 3", "10, 20", "300, 5", "300, 200", "3000, 2", "3000, 5", "3000, 60", "3000, 4000"})
    void a_list_of_many_edits_at_once_equals_a_set_and_leaves_its_original_alone(int universe, int changes) {
        SplittableRandom random = new SplittableRandom(universe + changes);
        NavigableSet<Integer> expected = new TreeSet<>();
        Object ordinals = Ordinals.none();
        for (int round = 0; round < 60; round++) {
            NavigableSet<Integer> before = new TreeSet<>(expected);
            Object original = ordinals;
            Ordinals.Editor editor = Ordinals.edit(original);
            int adds = random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                int ordinal = random.nextInt(universe);
                if (random.nextInt(3) < adds) {
                    expected.add(ordinal);
                    editor.add(ordinal);
                } else {
                    expected.remove(ordinal);
                    editor.remove(ordinal);
                }
            }
            ordinals = editor.seal();
            assertHolds(ordinals, expected);
            assertHolds(original, before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 2_000})
    void what_is_written_after_seal_never_reaches_the_sealed_list(int size) {
        int[] start = IntStream.range(0, size).map(i -> 3 * i).toArray();
        Ordinals.Editor editor = Ordinals.edit(Ordinals.of(start, 0, size));
        NavigableSet<Integer> now = new TreeSet<>();
        IntStream.of(start).forEach(now::add);
        List<Object> sealed = new ArrayList<>();
        List<NavigableSet<Integer>> expected = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(size);
        for (int changes : new int[] {1, 1, 2, 40, 1, 600, 1, 3}) {
            for (int i = 0; i < changes; i++) {
                int added = random.nextInt(3 * size + 100);
                editor.add(added);
                now.add(added);
                int removed = random.nextInt(3 * size + 100);
                editor.remove(removed);
                now.remove(removed);
            }
            assertThat(editor.toArray()).containsExactly(now.toArray(Integer[]::new));
            sealed.add(editor.seal());
            expected.add(new TreeSet<>(now));
        }
        for (int ordinal : List.copyOf(now)) {
            editor.remove(ordinal);
        }
        assertThat(editor.seal()).isEqualTo(Ordinals.none());
        for (int i = 0; i < sealed.size(); i++) {
            assertHolds(sealed.get(i), expected.get(i));
        }
    }

    @Test
    void the_last_word_on_an_ordinal_counts() {
        Ordinals.Editor editor = Ordinals.edit(Ordinals.of(new int[] {1, 2}, 0, 2));
        editor.add(3);
        editor.remove(3);
        editor.remove(1);
        editor.add(1);
        editor.remove(4);
        editor.add(2);

        assertThat(Ordinals.toArray(editor.seal())).containsExactly(1, 2);
    }

    @Test
    void a_list_is_paged_while_it_is_long_and_a_bare_array_while_it_is_short() {
        int[] most = IntStream.range(0, Ordinals.MAX_FLAT).toArray();
        Ordinals.Editor editor = Ordinals.edit(Ordinals.of(most, 0, most.length));
        assertThat(editor.seal()).isInstanceOf(int[].class);
        editor.add(1_000);
        assertThat(editor.seal()).isInstanceOf(SortedLongs.class);
        editor.remove(1_000);
        assertThat(editor.seal()).as("not turned round at each change").isInstanceOf(SortedLongs.class);
        for (int i = 0; i <= Ordinals.MAX_FLAT / 2; i++) {
            editor.remove(i);
            editor.seal();
        }
        assertThat(editor.seal()).isInstanceOf(int[].class);
    }
}
