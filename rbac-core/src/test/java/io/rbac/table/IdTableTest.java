package io.rbac.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.rbac.engine.Steps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTableTest {

    private static final long SPREAD = IdHash.SPREAD;

    /** A text of so many pairs, each {@code Aa} or {@code BB}: all texts of one length have the same hash code. */
    static String colliding(int number, int pairs) {
        StringBuilder text = new StringBuilder(2 * pairs);
        for (int bit = 0; bit < pairs; bit++) {
            text.append((number >>> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    private static List<String> ids(int count, IntFunction<String> id) {
        return IntStream.range(0, count).mapToObj(id).toList();
    }

    /** The first ids whose spread hashes fulfil a condition: what an attacker would look for who reads this table. */
    private static List<String> crowded(int count, LongPredicate spreadHash) {
        return Stream.iterate(0, n -> n + 1)
                .map(n -> "c" + n)
                .filter(id -> spreadHash.test(id.hashCode() * SPREAD))
                .limit(count)
                .toList();
    }

    /** Turns the lower half of a spread hash back into the hash code. */
    private static final int UNSPREAD = inverse((int) SPREAD);

    /** Returns what an odd number times {@code odd} makes one, by Newton's method. */
    private static int inverse(int odd) {
        int inverse = odd;
        for (int i = 0; i < 5; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    /** An id that has a hash code: its digits to the base of 31. */
    private static String ofHash(int hashCode) {
        StringBuilder digits = new StringBuilder();
        for (long rest = Integer.toUnsignedLong(hashCode); rest > 0; rest /= 31) {
            digits.insert(0, (char) (rest % 31));
        }
        return digits.toString();
    }

    /** One of the ids whose slots are the same under any seed: the lower halves of their spread hashes are low numbers. */
    static String ofOneSlot(int number) {
        return ofHash(number * UNSPREAD);
    }

    /** Ids whose spread hashes select one bucket of each page. */
    static List<String> ofOneBucket(int count) {
        return crowded(count, hash -> (hash >>> 32 & 127) == 0);
    }

    private static IdTable<Integer> table(List<String> ids) {
        Object[] positions = IntStream.range(0, ids.size()).boxed().toArray();
        return IdTable.of(ids.toArray(new String[0]), positions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "x", "\u0100", "\u8000", "\uFFFF"})
    void a_secret_hash_takes_in_every_character_and_the_length(String letter) {
        for (int length = 0; length < 8; length++) {
            String id = letter.repeat(length);
            List<String> alike = new ArrayList<>(List.of(id, id + letter, id + '\0' + '\0'));
            for (int i = 0; i < length; i++) {
                alike.add(id.substring(0, i) + 'a' + id.substring(i + 1));
            }
            assertThat(alike.stream().map(text -> IdHash.of(text, true))).doesNotHaveDuplicates();
        }
    }

    private static void assertFinds(List<String> known, List<String> unknown) {
        IdTable<Integer> table = table(known);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            Integer found = table.get(new String(known.get(i).toCharArray()));
            if (found == null || found != i) {
                wrong.add(known.get(i) + " is at " + found + ", not " + i);
            }
        }
        unknown.stream().filter(id -> table.get(id) != null).forEach(wrong::add);
        assertThat(wrong).isEmpty();
        List<String> both = Stream.concat(unknown.stream(), known.stream().map(id -> new String(id.toCharArray())))
                .toList();
        assertThat(table.getAll(both))
                .containsExactly(both.stream().map(table::get).toArray());
    }

    @Provide
    Arbitrary<Set<String>> idSets() {
        Arbitrary<String> plain = Arbitraries.integers().between(0, 3_000).map(n -> "u" + n);
        Arbitrary<String> colliding = Arbitraries.integers().between(0, 4_095).map(n -> colliding(n, 12));
        Arbitrary<String> ofOneSlot = Arbitraries.integers().between(0, 3_000).map(IdTableTest::ofOneSlot);
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(3);
        return Arbitraries.of(
                        List.of(plain, colliding, ofOneSlot, any, Arbitraries.oneOf(plain, colliding, ofOneSlot, any)))
                .flatMap(ids -> ids.set().ofMaxSize(700));
    }

    @Property(tries = 300)
    void finds_what_a_hash_map_finds(@ForAll("idSets") Set<String> known, @ForAll("idSets") Set<String> asked) {
        Map<String, Integer> model = new HashMap<>();
        List<String> ids = List.copyOf(known);
        ids.forEach(id -> model.put(id, model.size()));
        IdTable<Integer> table = table(ids);
        known.forEach(id -> assertThat(table.get(id)).isEqualTo(model.get(id)));
        asked.forEach(id -> assertThat(table.get(id)).isEqualTo(model.get(id)));
        assertThat(table.getAll(List.copyOf(asked)))
                .containsExactly(asked.stream().map(model::get).toArray());
        Statistics.label("asked ids that are known")
                .collect(asked.stream().anyMatch(known::contains))
                .coverage(share -> share.check(true).percentage(p -> p > 5));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 2, 3, 4, 5, 47, 48, 49, 50, 127, 128, 255, 256, 257, 258, 319, 320, 321, 322, 511, 512, 513, 639,
                640, 641, 767, 768, 769, 1023, 1024, 1025, 2048, 2049, 4096, 5000
            })
    void finds_every_id_and_no_other_at_every_size(int size) {
        List<String> unknown = List.of("", "u-1", "u", colliding(size, 14), colliding(0, 13), "Aa", "BB");
        assertFinds(ids(size, n -> "u" + n), unknown);
        assertFinds(ids(size, n -> colliding(n, 14)), List.of("", "u0", colliding(size, 14), colliding(0, 13)));
        assertFinds(ids(size, n -> n % 2 == 0 ? "u" + n : colliding(n, 14)), List.of("", "u1", colliding(0, 14)));
        assertFinds(ids(size, IdTableTest::ofOneSlot), List.of("u", ofOneSlot(size), colliding(0, 14)));
    }

    @Test
    void texts_of_one_hash_are_different_ids() {
        assertThat(colliding(1, 17)).hasSameHashCodeAs(colliding(2, 17)).isNotEqualTo(colliding(2, 17));
        assertFinds(List.of("a$$b", "a", "b$$c", "", "Aa"), List.of("BB", "a$$", "A", "aa"));
    }

    @Test
    @Tag("B19")
    void a_hundred_thousand_ids_of_one_hash_are_found() {
        assertFinds(ids(100_000, n -> colliding(n, 17)), ids(31_072, n -> colliding(100_000 + n, 17)));
    }

    @Test
    @Tag("B19")
    void a_hundred_thousand_ids_of_a_few_hashes_are_found() {
        assertFinds(ids(100_000, IdTableTest::ofAFewHashes), ids(1_000, n -> ofAFewHashes(200_000 + n)));
    }

    /** One of the ids that have 97 different hash codes for each length. */
    private static String ofAFewHashes(int number) {
        return number % 97 + colliding(number / 97, 12);
    }

    /** Makes a table of ids, looks each of them up, and as many others. */
    private static void buildAndFind(int size, IntFunction<String> id) {
        IdTable<Integer> table = table(ids(size, id));
        for (int n = 0; n < size; n++) {
            assertThat(table.get(id.apply(n))).isEqualTo(n);
            assertThat(table.get(id.apply(size + n))).isNull();
        }
    }

    /** Does it with ids of different hashes. */
    public static final class Plain implements IntConsumer {
        @Override
        public void accept(int size) {
            buildAndFind(size, n -> "user-" + n);
        }
    }

    /** Does it with ids of one hash. */
    public static final class OfOneHash implements IntConsumer {
        @Override
        public void accept(int size) {
            buildAndFind(size, n -> colliding(n, 17));
        }
    }

    /** Does it with ids of a few hashes. */
    public static final class OfAFewHashes implements IntConsumer {
        @Override
        public void accept(int size) {
            buildAndFind(size, IdTableTest::ofAFewHashes);
        }
    }

    /** Does it with ids of one slot under any seed. */
    public static final class OfOneSlot implements IntConsumer {
        @Override
        public void accept(int size) {
            buildAndFind(size, IdTableTest::ofOneSlot);
        }
    }

    /** Does it with ids of one bucket. */
    public static final class OfOneBucket implements IntConsumer {
        @Override
        public void accept(int size) {
            buildAndFind(size, ofOneBucket(2 * size)::get);
        }
    }

    /** Does it with ids as short as can be. */
    public static final class ShortIds implements IntConsumer {
        @Override
        public void accept(int size) {
            buildAndFind(size, n -> Integer.toString(n, 36));
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Plain.class,
                OfOneHash.class,
                OfAFewHashes.class,
                OfOneSlot.class,
                OfOneBucket.class,
                ShortIds.class
            })
    @Tag("B19")
    void the_steps_to_build_a_table_and_to_find_ids_grow_like_their_number(Class<? extends IntConsumer> work) {
        long few = Steps.of(work, 8_000);
        long many = Steps.of(work, 64_000);
        assertThat(few).isGreaterThan(16_000);
        assertThat(many).isLessThan(2 * 8 * few);
        assertThat(many).isLessThan(5 * Steps.of(Plain.class, 64_000));
    }

    @Test
    void ids_that_crowd_one_entry_of_the_directory_are_found() {
        List<String> crowd = crowded(3_000, hash -> hash >>> 55 == 0);
        assertThat(crowd.stream().map(String::hashCode).distinct()).hasSizeGreaterThan(2_500);
        List<String> all = new ArrayList<>(crowd);
        all.addAll(ids(3_000, n -> "u" + n));
        assertFinds(crowd, ids(3_000, n -> "u" + n));
        assertFinds(all, ids(3_000, n -> "v" + n));
    }

    @Test
    void ids_that_crowd_one_bucket_of_a_page_are_found() {
        List<String> crowd = ofOneBucket(1_000);
        for (int size : new int[] {2, 15, 16, 17, 64, 100, 255, 320, 321, 999}) {
            assertFinds(crowd.subList(0, size), crowd.subList(size, 1_000));
        }
    }

    @Test
    void ids_of_one_slot_under_any_seed_are_what_they_are_called() {
        for (int n = 0; n < 5_000; n++) {
            assertThat(IdHash.of(ofOneSlot(n), false) & 0xFFFF_FFFFL).isEqualTo(n);
        }
    }

    @Test
    void null_is_no_id() {
        assertThatNullPointerException().isThrownBy(() -> table(List.of()).get(null));
        assertThatNullPointerException().isThrownBy(() -> table(List.of("a")).get(null));
        assertThatNullPointerException()
                .isThrownBy(() -> table(ids(1_000, n -> colliding(n, 14))).get(null));
    }
}
