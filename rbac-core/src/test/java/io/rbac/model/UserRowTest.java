package io.rbac.model;

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

class UserRowTest {

    private static Object row(int user, NavigableMap<Integer, Integer> setsAtTargets) {
        long[] entries = new long[setsAtTargets.size() + 3];
        int count = 0;
        for (var entry : setsAtTargets.entrySet()) {
            entries[count++] = UserRow.entry(entry.getKey(), entry.getValue());
        }
        return UserRow.of(user, entries, count);
    }

    private static void assertLikeATreeMap(int user, NavigableMap<Integer, Integer> model) {
        Object row = row(user, model);
        assertThat(UserRow.user(row)).isEqualTo(user);
        IntStream around = IntStream.concat(
                IntStream.of(0, 1, (1 << 26) - 1, 1 << 26, (1 << 27) - 1, 1 << 27, Integer.MAX_VALUE - 1),
                model.keySet().stream().flatMapToInt(t -> IntStream.of(Math.max(0, t - 1), t, t + 1)));
        assertThat(around.filter(target -> UserRow.roleSet(row, target) != model.getOrDefault(target, 0)
                        || UserRow.nextTarget(row, target) != higher(model, target)))
                .isEmpty();
        assertThat(UserRow.nextTarget(row, -1)).isEqualTo(model.firstKey());
        assertPathsLikeATreeMap(row, model);
    }

    /** The target may stand before or behind its team, and either may be missing. */
    private static void assertPathsLikeATreeMap(Object row, NavigableMap<Integer, Integer> model) {
        Random random = new Random(model.size());
        List<Integer> known = List.copyOf(model.keySet());
        for (int i = 0; i < 50; i++) {
            int team = known.get(random.nextInt(known.size())) - random.nextInt(2);
            int target = known.get(random.nextInt(known.size())) + random.nextInt(2);
            long expected = model.getOrDefault(PolicyTable.ACCOUNT, 0)
                    | (long) model.getOrDefault(team, 0) << PolicyTable.ROLE_SET_BITS
                    | (long) model.getOrDefault(target, 0) << (2 * PolicyTable.ROLE_SET_BITS);
            if (team != target && target != PolicyTable.ACCOUNT) {
                assertThat(UserRow.roleSets(row, UserRow.isCounted(row), team, target, 2 * PolicyTable.ROLE_SET_BITS))
                        .isEqualTo(expected);
            }
        }
    }

    /** What is beyond the bits of an entry, or no team at all, must not be taken for what is there. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2097151", "1023, 2097151", "600, 1023", "65536, 15", "134217727, 15"})
    void a_target_beyond_a_row_and_a_missing_team_find_nothing_in_it(int highestTarget, int highestSet) {
        NavigableMap<Integer, Integer> model = new TreeMap<>();
        model.put(0, 1);
        model.put(highestTarget, highestSet);
        Object row = row(UserRow.MAX_USERS - 1, model);
        assertThat(row).isInstanceOf(int[].class);
        for (int bit = 0; bit < 27; bit++) {
            for (int target : new int[] {1 << bit, (1 << bit) + 1, (1 << 27) - (1 << bit)}) {
                for (int team : new int[] {TargetEntry.NO_TEAM, TargetEntry.NO_CHAT, target + 1}) {
                    long expected = 1
                            | (long) model.getOrDefault(team, 0) << PolicyTable.ROLE_SET_BITS
                            | (long) model.getOrDefault(target, 0) << (2 * PolicyTable.ROLE_SET_BITS);
                    assertThat(UserRow.roleSets(
                                    row, UserRow.isCounted(row), team, target, 2 * PolicyTable.ROLE_SET_BITS))
                            .as("team %d, target %d", team, target)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static int higher(NavigableMap<Integer, Integer> model, int target) {
        Integer higher = model.higherKey(target);
        return higher == null ? -1 : higher;
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.oneOf(
                Arbitraries.of(1, 2, 22, 23, 24, 25, 255, 256, 257, 511, 512, 513, 600),
                Arbitraries.integers().between(1, 600));
    }

    @Provide
    Arbitrary<Integer> highestTargets() {
        return Arbitraries.of(600, 1_023, 1_024, 65_536, 1 << 20, (1 << 26) - 1, 1 << 26, 1 << 27);
    }

    @Provide
    Arbitrary<Integer> highestSets() {
        return Arbitraries.of(1, 2, 15, 16, 31, 32, 1_023, 2_047, 1 << 16, (1 << 20) - 1, PolicyTable.MAX_ROLE_SET);
    }

    @Provide
    Arbitrary<Integer> users() {
        return Arbitraries.of(0, 1, 255, 1 << 20, (1 << 26) + 1, UserRow.MAX_USERS - 1);
    }

    @Property(tries = 600)
    void a_row_of_any_form_answers_like_a_tree_map(
            @ForAll("users") int user,
            @ForAll("lengths") int length,
            @ForAll("highestTargets") int highestTarget,
            @ForAll("highestSets") int highestSet,
            @ForAll Random random) {
        NavigableMap<Integer, Integer> model = new TreeMap<>();
        model.put(highestTarget, highestSet);
        while (model.size() < length) {
            model.putIfAbsent(random.nextInt(highestTarget), 1 + random.nextInt(highestSet));
        }
        assertLikeATreeMap(user, model);
        Object row = row(user, model);
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
    void a_short_row_is_of_ints_where_target_and_set_take_31_bits_together(int target, int set, boolean ints) {
        NavigableMap<Integer, Integer> model = new TreeMap<>();
        model.put(target, set);
        assertThat(row(7, model)).isInstanceOf(ints ? int[].class : long[].class);
        assertLikeATreeMap(7, model);
        assertLikeATreeMap(UserRow.MAX_USERS - 1, model);
        if (target > 0) {
            model.put(0, 1);
            model.put(target - 1, set);
            assertLikeATreeMap(UserRow.MAX_USERS - 1, model);
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
    void there_is_no_target_after_the_highest_number_of_all(int length, int set) {
        NavigableMap<Integer, Integer> model = new TreeMap<>();
        IntStream.range(0, length).forEach(t -> model.put(5_000 + t, set));
        assertThat(UserRow.nextTarget(row(0, model), Integer.MAX_VALUE)).isEqualTo(-1);
    }
}
