package io.rbac.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Steps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionKeysTest {

    private static List<String> keys(int count, IntFunction<String> key) {
        return IntStream.range(0, count).mapToObj(key).toList();
    }

    /** A text of so many pairs, each {@code Aa} or {@code BB}: all texts of one length have the same hash code. */
    private static String colliding(int number, int pairs) {
        StringBuilder text = new StringBuilder(2 * pairs);
        for (int bit = 0; bit < pairs; bit++) {
            text.append((number >>> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    /** A text of two characters with the hash code 31 * 40 * 65536 + number: such keys crowd one bucket or few. */
    private static String crowded(int number) {
        int hash = number << 16 | number;
        return new String(new char[] {(char) (hash / 31), (char) (hash - 31 * (hash / 31))});
    }

    private static void assertFinds(List<String> known, List<String> unknown) {
        PermissionKeys keys = new PermissionKeys(known);
        assertThat(IntStream.range(0, known.size())
                        .filter(i -> keys.find(new String(known.get(i).toCharArray())) != i))
                .isEmpty();
        assertThat(unknown.stream().filter(key -> keys.find(key) != -1)).isEmpty();
    }

    @Provide
    Arbitrary<Set<String>> keySets() {
        Arbitrary<String> plain = Arbitraries.integers().between(0, 2_000).map(n -> "group_" + n / 4 + ":" + n % 4);
        Arbitrary<String> colliding = Arbitraries.integers().between(0, 255).map(n -> colliding(n, 8));
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(3);
        return Arbitraries.of(List.of(plain, colliding, any, Arbitraries.oneOf(plain, colliding, any)))
                .flatMap(keys -> keys.set().ofMaxSize(300));
    }

    @Property(tries = 300)
    void keys_are_found_as_in_a_hash_map(@ForAll("keySets") Set<String> known, @ForAll("keySets") Set<String> asked) {
        List<String> ordered = List.copyOf(known);
        Map<String, Integer> expected = new HashMap<>();
        ordered.forEach(key -> expected.put(key, expected.size()));
        PermissionKeys keys = new PermissionKeys(ordered);

        Set<String> all = new LinkedHashSet<>(known);
        all.addAll(asked);
        Map<String, Integer> found = new HashMap<>();
        all.stream().filter(key -> keys.find(key) >= 0).forEach(key -> found.put(key, keys.find(key)));

        assertThat(found).isEqualTo(expected);
        Statistics.label("asked keys that are known")
                .collect(asked.stream().anyMatch(known::contains))
                .coverage(share -> share.check(true).percentage(p -> p > 5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 7, 8, 104, 255, 256, 257, 5_000, PermissionCatalog.MAX_PERMISSIONS})
    void every_key_is_found_and_no_other_at_every_size(int size) {
        assertFinds(keys(size, n -> "group_" + n / 4 + ":" + n % 4), List.of("", "group_", "group_-1:0"));
        assertFinds(keys(size, n -> "p" + n), List.of("", "p", "p" + size));
        assertFinds(keys(size, n -> colliding(n, 16)), List.of("", "Aa", colliding(0, 15)));
    }

    @Test
    void keys_of_equal_hashes_and_of_one_bucket_are_found_beside_others() {
        List<String> mixed = new ArrayList<>(keys(300, n -> "p" + n));
        mixed.addAll(keys(300, n -> colliding(n, 9)));
        mixed.addAll(keys(300, n -> crowded(n + 1)));
        assertFinds(mixed, keys(200, n -> colliding(300 + n, 9)));
        assertFinds(mixed, keys(200, n -> crowded(n + 301)));
    }

    @Test
    void a_key_of_a_catalog_is_the_instance_of_a_literal() {
        PermissionCatalog catalog =
                PermissionCatalog.builder().group("user", "read").build();
        assertThat(catalog.permissions().get(0).key()).isSameAs("user:read");
    }

    /** Finds places for keys, and looks each of them up. */
    private static void placeAndFind(int size, IntFunction<String> key) {
        List<String> known = keys(size, key);
        PermissionKeys keys = new PermissionKeys(known);
        known.forEach(keys::find);
    }

    /** Does it with keys of different hashes. */
    public static final class Plain implements IntConsumer {
        @Override
        public void accept(int size) {
            placeAndFind(size, n -> "p" + n);
        }
    }

    /** Does it with keys of one hash. */
    public static final class OfOneHash implements IntConsumer {
        @Override
        public void accept(int size) {
            placeAndFind(size, n -> colliding(n, 16));
        }
    }

    /** Does it with pairs of keys of one hash. */
    public static final class OfPairs implements IntConsumer {
        @Override
        public void accept(int size) {
            placeAndFind(size, n -> n / 2 + colliding(n % 2, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Plain.class, OfOneHash.class, OfPairs.class})
    void the_steps_to_place_keys_grow_like_their_number(Class<? extends IntConsumer> work) {
        long few = Steps.of(work, 4_000);
        long many = Steps.of(work, 32_000);
        assertThat(few).isGreaterThan(8_000);
        assertThat(many).isLessThan(2 * 8 * few);
    }
}
