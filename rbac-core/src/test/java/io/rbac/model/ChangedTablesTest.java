package io.rbac.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changed copies of the tables, held against the collections of the JDK; the originals must not change. */
class ChangedTablesTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_changed_id_table_equals_a_map_and_leaves_its_original_alone(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Integer> expected = new HashMap<>();
        IdTable<Integer> table = IdTable.of(new String[0], new Object[0]);
        for (int round = 0; round < 25; round++) {
            Map<String, Integer> before = new HashMap<>(expected);
            IdTable<Integer> original = table;
            IdTableEditor<Integer> editor = table.edit();
            for (int i = 0; i < 300; i++) {
                String id = id(random);
                if (random.nextInt(3) > 0) {
                    int value = random.nextInt();
                    expected.put(id, value);
                    editor.put(id, value);
                } else if (expected.remove(id) != null) {
                    editor.remove(id);
                }
                assertThat(editor.get(id)).isEqualTo(expected.get(id));
            }
            table = editor.done();
            assertThat(table.size()).isEqualTo(expected.size());
            assertHolds(table, expected);
            assertHolds(original, before);
        }
        IdTableEditor<Integer> editor = table.edit();
        List.copyOf(expected.keySet()).forEach(editor::remove);
        assertThat(editor.done().size()).isZero();
    }

    /** Half of the ids have equal hash codes, in groups; the other half have not. */
    private static String id(SplittableRandom random) {
        int number = random.nextInt(4_000);
        return number % 2 == 0 ? "user-" + number : colliding(number);
    }

    private static String colliding(int number) {
        StringBuilder id = new StringBuilder();
        for (int bit = 0; bit < 12; bit++) {
            id.append((number >>> bit & 1) == 0 ? "Aa" : "BB");
        }
        return id.toString();
    }

    private static void assertHolds(IdTable<Integer> table, Map<String, Integer> expected) {
        expected.forEach((id, value) -> assertThat(table.get(id)).as(id).isEqualTo(value));
        for (int number = 0; number < 4_000; number++) {
            String id = number % 2 == 0 ? "user-" + number : colliding(number);
            assertThat(table.get(id)).as(id).isEqualTo(expected.get(id));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1024, 262_143, 262_144, 262_145})
    void changed_pages_equal_a_list_and_leave_their_original_alone(int size) {
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
        Pages<Integer> changed = editor.done();

        assertThat(changed.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(changed.get(i)).isEqualTo(expected.get(i));
        }
        assertThat(original.size()).isEqualTo(size);
        for (int i = 0; i < size; i++) {
            assertThat(original.get(i)).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 300, 3_000})
    void changed_ordinals_equal_a_set_in_every_form(int universe) {
        SplittableRandom random = new SplittableRandom(universe);
        TreeSet<Integer> expected = new TreeSet<>();
        Object ordinals = Ordinals.none();
        for (int round = 0; round < 4 * universe; round++) {
            int ordinal = random.nextInt(universe);
            boolean growing = round / universe % 2 == 0;
            if (growing ? expected.add(ordinal) : expected.remove(ordinal)) {
                Object before = ordinals;
                int size = Ordinals.size(before);
                ordinals = growing ? Ordinals.with(ordinals, ordinal) : Ordinals.without(ordinals, ordinal);
                assertThat(Ordinals.size(before)).isEqualTo(size);
            }
            assertThat(Ordinals.size(ordinals)).isEqualTo(expected.size());
            int probe = random.nextInt(universe) - 1;
            Integer next = expected.higher(probe);
            assertThat(Ordinals.next(ordinals, probe)).isEqualTo(next == null ? -1 : next);
        }
        for (int ordinal : List.copyOf(expected)) {
            ordinals = Ordinals.without(ordinals, ordinal);
        }
        assertThat(Ordinals.size(ordinals)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 400, 1_100})
    void a_changed_row_equals_a_map_in_every_form(int universe) {
        SplittableRandom random = new SplittableRandom(universe);
        TreeMap<Integer, Integer> expected = new TreeMap<>();
        Object row = null;
        for (int round = 0; round < 6 * universe; round++) {
            // Targets far apart make rows that do not fit into ints.
            int target = random.nextInt(universe) * (universe == 20 ? 1_000_000 : 1);
            boolean growing = round / universe % 2 == 0;
            int roleSet = growing || random.nextInt(4) == 0 ? 1 + random.nextInt(PolicyTable.MAX_ROLE_SET) : 0;
            if (roleSet == 0) {
                expected.remove(target);
            } else {
                expected.put(target, roleSet);
            }
            if (row == null) {
                row = roleSet == 0 ? null : UserRow.of(7, new long[] {UserRow.entry(target, roleSet)}, 1);
            } else {
                row = UserRow.with(row, target, roleSet);
            }
            assertThat(row == null).isEqualTo(expected.isEmpty());
            if (row != null) {
                assertThat(UserRow.user(row)).isEqualTo(7);
                assertThat(UserRow.roleSet(row, target)).isEqualTo(roleSet);
                assertThat(UserRow.entries(row))
                        .containsExactly(expected.entrySet().stream()
                                .mapToLong(entry -> UserRow.entry(entry.getKey(), entry.getValue()))
                                .toArray());
                Integer next = expected.higherKey(target);
                assertThat(UserRow.nextTarget(row, target)).isEqualTo(next == null ? -1 : next);
            }
        }
    }
}
