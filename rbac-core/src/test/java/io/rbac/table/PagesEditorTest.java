package io.rbac.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edited copies of a paged list, held against a list of the JDK. */
class PagesEditorTest {

    private static <T extends @Nullable Object> List<T> elements(Pages<T> pages) {
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < pages.size(); i++) {
            elements.add(pages.get(i));
        }
        return elements;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1024, 262_143, 262_144, 262_145})
    void an_edited_list_equals_a_list_and_leaves_its_original_alone(int size) {
        List<Integer> elements = IntStream.range(0, size).boxed().toList();
        Pages<Integer> original = Pages.of(elements);
        Pages.Editor<Integer> editor = original.edit();
        List<Integer> expected = new ArrayList<>(elements);
        SplittableRandom random = new SplittableRandom(size);
        for (int i = 0; i < 600; i++) {
            editor.set(editor.size(), -i);
            expected.add(-i);
            int index = random.nextInt(expected.size());
            editor.set(index, i);
            expected.set(index, i);
            assertThat(editor.get(index)).isEqualTo(i);
        }
        assertThat(elements(editor.seal())).isEqualTo(expected);
        assertThat(elements(original)).isEqualTo(elements);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 510, 511, 512, 513, 1024, 1_500})
    void a_list_of_single_edits_equals_one_of_many_and_a_list(int size) {
        List<@Nullable Integer> expected =
                new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Pages<@Nullable Integer> start = Pages.of(expected);
        Pages<@Nullable Integer> oneByOne = start;
        Pages.Editor<@Nullable Integer> many = start.edit();
        SplittableRandom random = new SplittableRandom(size);
        for (int i = 0; i < 600; i++) {
            Pages.Editor<@Nullable Integer> one = oneByOne.edit();
            int index = random.nextInt(expected.size() + 1);
            if (random.nextInt(4) == 0 && index < expected.size()) {
                expected.set(index, null);
                one.clear(index);
                many.clear(index);
            } else {
                if (index == expected.size()) {
                    expected.add(-i);
                } else {
                    expected.set(index, -i);
                }
                one.set(index, -i);
                many.set(index, -i);
            }
            assertThat(one.size()).isEqualTo(expected.size());
            assertThat(many.size()).isEqualTo(expected.size());
            oneByOne = one.seal();
        }
        assertThat(elements(oneByOne)).isEqualTo(expected);
        assertThat(elements(many.seal())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1024, 262_143, 262_144})
    void what_is_written_after_seal_never_reaches_the_sealed_list(int size) {
        Pages.Editor<@Nullable Integer> editor = Pages.<@Nullable Integer>of(
                        IntStream.range(0, size).boxed().toList())
                .edit();
        List<@Nullable Integer> now =
                new ArrayList<>(IntStream.range(0, size).boxed().toList());
        List<Pages<@Nullable Integer>> sealed = new ArrayList<>();
        List<List<@Nullable Integer>> expected = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(size);
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 3; i++) {
                editor.set(now.size(), -round);
                now.add(-round);
                int changed = random.nextInt(now.size());
                editor.set(changed, -round);
                now.set(changed, -round);
                int cleared = random.nextInt(now.size());
                editor.clear(cleared);
                now.set(cleared, null);
            }
            sealed.add(editor.seal());
            expected.add(new ArrayList<>(now));
        }
        for (int i = 0; i < sealed.size(); i++) {
            assertThat(elements(sealed.get(i))).as("list %d", i).isEqualTo(expected.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 2_000, 262_144})
    void what_differs_between_an_edited_list_and_its_original_is_visited(int size) {
        Pages<Integer> original = Pages.of(IntStream.range(0, size).boxed().toList());
        Pages.Editor<Integer> editor = original.edit();
        TreeSet<Integer> changed = new TreeSet<>();
        SplittableRandom random = new SplittableRandom(size);
        for (int i = 0; i < 20; i++) {
            int index = random.nextInt(size);
            changed.add(index);
            editor.set(index, -1 - i);
        }
        Pages<Integer> inPlace = editor.seal();
        assertThat(visited(inPlace, original)).containsExactlyElementsOf(changed);
        assertThat(visited(original, inPlace)).containsExactlyElementsOf(changed);
        assertThat(visited(original, original)).isEmpty();

        editor.set(size, 7);
        Pages<Integer> longer = editor.seal();
        assertThat(visited(longer, inPlace)).contains(size).allMatch(index -> size >= 512 || index == size);
        assertThat(visited(inPlace, longer)).doesNotContain(size);
    }

    private static List<Integer> visited(Pages<Integer> pages, Pages<Integer> other) {
        List<Integer> visited = new ArrayList<>();
        pages.forEachOther(other, visited::add);
        return visited;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513})
    void no_index_out_of_range_stands_for_another_element(int size) {
        Pages.Editor<Integer> editor =
                Pages.of(IntStream.range(0, size).boxed().toList()).edit();
        for (int index : new int[] {-1, -512, Integer.MIN_VALUE, size, size + 1, size + 512, Integer.MAX_VALUE}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .as("index %d of %d", index, size)
                    .isThrownBy(() -> editor.get(index));
        }
    }
}
