package io.rbac.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Steps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edited copies of a table of ids, held against a map of the JDK. */
class IdTableEditorTest {

    private static final int UNIVERSE = 4_000;

    private static final IdTable<Integer> EMPTY = IdTable.of(new String[0], new Object[0]);

    /** Some of the ids have equal hash codes, some one slot under any seed; half of them have neither. */
    private static String id(int number) {
        return switch (number % 4) {
            case 1 -> IdTableTest.colliding(number, 12);
            case 3 -> IdTableTest.ofOneSlot(number);
            default -> "user-" + number;
        };
    }

    private static void assertHolds(IdTable<Integer> table, Map<String, Integer> expected) {
        assertThat(table.size()).isEqualTo(expected.size());
        List<String> universe =
                IntStream.range(0, UNIVERSE).mapToObj(IdTableEditorTest::id).toList();
        Object[] values = universe.stream().map(expected::get).toArray();
        assertThat(universe.stream().map(table::get).toArray()).isEqualTo(values);
        assertThat(table.getAll(universe)).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource({"1, 300, 25", "2, 300, 25", "3, 300, 25", "4, 1, 500", "5, 2, 300", "6, 4000, 5"})
    void an_edited_table_equals_a_map_and_leaves_its_original_alone(long seed, int changes, int rounds) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Integer> expected = new HashMap<>();
        IdTable<Integer> table = EMPTY;
        for (int round = 0; round < rounds; round++) {
            Map<String, Integer> before = new HashMap<>(expected);
            IdTable<Integer> original = table;
            IdTable.Editor<Integer> editor = table.edit();
            for (int i = 0; i < changes; i++) {
                String id = id(random.nextInt(UNIVERSE));
                if (random.nextInt(3) > 0) {
                    int value = random.nextInt();
                    expected.put(id, value);
                    editor.put(id, value);
                } else if (expected.remove(id) != null) {
                    editor.remove(id);
                }
                assertThat(editor.get(id)).isEqualTo(expected.get(id));
            }
            table = editor.seal();
            if (round % Math.max(1, rounds / 25) == 0) {
                assertHolds(table, expected);
                assertHolds(original, before);
            }
        }
        assertHolds(table, expected);
        IdTable.Editor<Integer> editor = table.edit();
        List.copyOf(expected.keySet()).forEach(editor::remove);
        assertHolds(editor.seal(), Map.of());
        assertHolds(table, expected);
    }

    static Stream<IntFunction<String>> families() {
        return Stream.of(
                n -> "user-" + n,
                n -> IdTableTest.colliding(n, 12),
                IdTableTest::ofOneSlot,
                IdTableTest.ofOneBucket(UNIVERSE)::get,
                IdTableEditorTest::id);
    }

    @ParameterizedTest
    @MethodSource("families")
    void what_is_written_after_seal_never_reaches_the_sealed_table(IntFunction<String> family) {
        SplittableRandom random = new SplittableRandom(7);
        IdTable.Editor<Integer> editor = EMPTY.edit();
        Map<String, Integer> now = new HashMap<>();
        List<IdTable<Integer>> sealed = new ArrayList<>();
        List<Map<String, Integer>> expected = new ArrayList<>();
        // Sizes around those at which a page is full, splits, or becomes a table of its own.
        for (int size : new int[] {0, 1, 2, 3, 5, 49, 50, 256, 257, 319, 320, 321, 322, 640, 641, 1_500, 3_000}) {
            while (now.size() < size) {
                String id = family.apply(random.nextInt(UNIVERSE));
                now.put(id, size);
                editor.put(id, size);
            }
            sealed.add(editor.seal());
            expected.add(new HashMap<>(now));
            String changed = now.keySet().stream().findFirst().orElse("new");
            now.put(changed, -size);
            editor.put(changed, -size);
            sealed.add(editor.seal());
            expected.add(new HashMap<>(now));
            now.remove(changed);
            editor.remove(changed);
        }
        List.copyOf(now.keySet()).forEach(editor::remove);
        assertThat(editor.seal().size()).isZero();
        for (int i = 0; i < sealed.size(); i++) {
            IdTable<Integer> table = sealed.get(i);
            Map<String, Integer> then = expected.get(i);
            assertThat(table.size()).isEqualTo(then.size());
            assertThat(IntStream.range(0, UNIVERSE)
                            .mapToObj(family)
                            .filter(id -> !Objects.equals(table.get(id), then.get(id))))
                    .as("table %d", i)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300, 2_000})
    void several_ids_are_read_from_an_editor_as_they_were_written(int size) {
        IdTable.Editor<Integer> editor = EMPTY.edit();
        List<String> ids =
                IntStream.range(0, size + 10).mapToObj(IdTableEditorTest::id).toList();
        for (int i = 0; i < size; i++) {
            editor.put(ids.get(i), i);
        }
        assertThat(editor.getAll(ids))
                .containsExactly(IntStream.range(0, size + 10)
                        .mapToObj(i -> i < size ? i : null)
                        .toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 320, 321, 1_000, 4_000})
    void a_table_that_grew_id_by_id_equals_one_of_all_ids(int size) {
        IdTable.Editor<Integer> editor = EMPTY.edit();
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < size; i++) {
            editor.put(id(i), i);
            expected.put(id(i), i);
        }
        assertHolds(editor.seal(), expected);
    }

    /** Adds ids one by one, every tenth to a sealed table, and removes them again. */
    private static void addAndRemove(int size, IntFunction<String> family) {
        IdTable.Editor<Integer> editor = EMPTY.edit();
        for (int n = 0; n < size; n++) {
            editor.put(family.apply(n), n);
            if (n % 10 == 0) {
                editor = editor.seal().edit();
            }
        }
        assertThat(editor.size()).isEqualTo(size);
        for (int n = 0; n < size; n++) {
            editor.remove(family.apply(n));
        }
        assertThat(editor.size()).isZero();
    }

    /** Does it with ids of different hashes. */
    public static final class Plain implements IntConsumer {
        @Override
        public void accept(int size) {
            addAndRemove(size, n -> "user-" + n);
        }
    }

    /** Does it with ids of one hash. */
    public static final class OfOneHash implements IntConsumer {
        @Override
        public void accept(int size) {
            addAndRemove(size, n -> IdTableTest.colliding(n, 17));
        }
    }

    /** Does it with ids of one slot under any seed. */
    public static final class OfOneSlot implements IntConsumer {
        @Override
        public void accept(int size) {
            addAndRemove(size, IdTableTest::ofOneSlot);
        }
    }

    /** Does it with ids of one bucket. */
    public static final class OfOneBucket implements IntConsumer {
        @Override
        public void accept(int size) {
            addAndRemove(size, IdTableTest.ofOneBucket(size)::get);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Plain.class, OfOneHash.class, OfOneSlot.class, OfOneBucket.class})
    @Tag("B19")
    void the_steps_to_add_and_remove_ids_one_by_one_grow_like_their_number(Class<? extends IntConsumer> work) {
        long few = Steps.of(work, 2_000);
        long many = Steps.of(work, 16_000);
        assertThat(few).isGreaterThan(4_000);
        assertThat(many).isLessThan(2 * 8 * few);
    }
}
