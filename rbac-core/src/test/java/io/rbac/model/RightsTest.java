package io.rbac.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RightsTest {

    private static final Map<Integer, PermissionCatalog> CATALOGS = new HashMap<>();

    private static PermissionCatalog catalogOf(int size) {
        return CATALOGS.computeIfAbsent(
                size,
                s -> PermissionCatalog.builder()
                        .group("g", IntStream.range(0, s).mapToObj(i -> "a" + i).toArray(String[]::new))
                        .build());
    }

    private static Rights rights(PermissionCatalog catalog, BitSet bits) {
        return Rights.valueOf(catalog, bits.toLongArray());
    }

    private static BitSet bits(Rights rights) {
        return BitSet.valueOf(rights.toLongArray());
    }

    private static Set<String> keys(Rights rights) {
        return rights.stream().map(Permission::key).collect(Collectors.toSet());
    }

    private static BitSet and(BitSet a, BitSet b) {
        BitSet result = (BitSet) a.clone();
        result.and(b);
        return result;
    }

    private static BitSet or(BitSet a, BitSet b) {
        BitSet result = (BitSet) a.clone();
        result.or(b);
        return result;
    }

    private static BitSet andNot(BitSet a, BitSet b) {
        BitSet result = (BitSet) a.clone();
        result.andNot(b);
        return result;
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.of(1, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1_000, 4_096);
    }

    @Provide
    Arbitrary<Integer> percentages() {
        return Arbitraries.of(0, 1, 10, 50, 90, 99, 100);
    }

    private static BitSet random(int size, int percentage, Random random) {
        BitSet bits = new BitSet(size);
        IntStream.range(0, size).filter(i -> random.nextInt(100) < percentage).forEach(bits::set);
        return bits;
    }

    @Property(tries = 600)
    @Tag("P75")
    void the_algebra_is_that_of_bit_sets(
            @ForAll("sizes") int size,
            @ForAll("percentages") int percentageOfA,
            @ForAll("percentages") int percentageOfB,
            @ForAll Random random) {
        PermissionCatalog catalog = catalogOf(size);
        BitSet a = random(size, percentageOfA, random);
        BitSet b = random(size, percentageOfB, random);
        Rights ra = rights(catalog, a);
        Rights rb = rights(catalog, b);

        assertThat(bits(ra)).isEqualTo(a);
        assertThat(bits(ra.union(rb))).isEqualTo(or(a, b));
        assertThat(bits(ra.intersect(rb))).isEqualTo(and(a, b));
        assertThat(bits(ra.minus(rb))).isEqualTo(andNot(a, b));
        assertThat(ra.intersects(rb)).isEqualTo(a.intersects(b));
        assertThat(ra.containsAll(rb)).isEqualTo(andNot(b, a).isEmpty());
        assertThat(ra.size()).isEqualTo(a.cardinality());
        assertThat(ra.isEmpty()).isEqualTo(a.isEmpty());
        assertThat(ra.equals(rb)).isEqualTo(a.equals(b));
        assertThat(ra).isEqualTo(rights(catalog, a)).hasSameHashCodeAs(rights(catalog, a));
        assertThat(ra.stream().mapToInt(catalog::indexOf).toArray())
                .isEqualTo(a.stream().toArray());
        assertThat(catalog.permissions().stream().filter(p -> ra.contains(p) != a.get(catalog.indexOf(p))))
                .isEmpty();
        assertThat(catalog.permissions().stream().filter(p -> ra.contains(p.key()) != a.get(catalog.indexOf(p))))
                .isEmpty();
        assertThat(bits(ra)).as("unchanged").isEqualTo(a);
        assertThat(bits(rb)).as("unchanged").isEqualTo(b);
    }

    @Property(tries = 300)
    @Tag("P75")
    void rights_of_two_catalogs_meet_by_key(
            @ForAll("sizes") int size,
            @ForAll("sizes") int otherSize,
            @ForAll("percentages") int percentage,
            @ForAll Random random) {
        PermissionCatalog catalog = catalogOf(size);
        int shift = size / 2;
        PermissionCatalog other = PermissionCatalog.builder()
                .group(
                        "g",
                        IntStream.range(0, otherSize)
                                .mapToObj(i -> "a" + (otherSize + shift - 1 - i))
                                .toArray(String[]::new))
                .build();
        Rights a = rights(catalog, random(size, percentage, random));
        Rights b = rights(other, random(otherSize, 50, random));
        Set<String> ka = keys(a);
        Set<String> kb = keys(b);
        Set<String> common = new HashSet<>(ka);
        common.retainAll(kb);
        Set<String> rest = new HashSet<>(ka);
        rest.removeAll(kb);
        Set<String> both = new HashSet<>(ka);
        both.addAll(kb);

        assertThat(keys(a.intersect(b))).isEqualTo(common);
        assertThat(a.intersect(b).catalog()).isSameAs(catalog);
        assertThat(keys(a.minus(b))).isEqualTo(rest);
        assertThat(a.intersects(b)).isEqualTo(!common.isEmpty());
        assertThat(a.containsAll(b)).isEqualTo(ka.containsAll(kb));
        assertThat(b.containsAll(a)).isEqualTo(kb.containsAll(ka));
        assertThat(a.equals(b)).isEqualTo(ka.equals(kb));
        assertThat(b.equals(a)).isEqualTo(ka.equals(kb));
        assertThat(other.permissions().stream().filter(p -> a.contains(p) != ka.contains(p.key())))
                .isEmpty();
        if (keys(catalog.allRights()).containsAll(kb)) {
            assertThat(keys(a.union(b))).isEqualTo(both);
            assertThat(a.union(b).catalog()).isSameAs(catalog);
            assertThat(b.in(catalog)).isEqualTo(b).hasSameHashCodeAs(b);
            assertThat(b.in(catalog).catalog()).isSameAs(catalog);
        } else {
            assertThatExceptionOfType(PolicyViolationException.class).isThrownBy(() -> a.union(b));
            assertThatExceptionOfType(PolicyViolationException.class).isThrownBy(() -> b.in(catalog));
        }
    }

    @Test
    void none_fits_wherever_rights_are_asked_for() {
        Rights rights = catalogOf(65).rights("g:a0", "g:a64");
        assertThat(rights.union(Rights.none())).isEqualTo(rights);
        assertThat(Rights.none().union(rights)).isEqualTo(rights);
        assertThat(rights.minus(Rights.none())).isEqualTo(rights);
        assertThat(rights.intersect(Rights.none())).isEqualTo(Rights.none());
        assertThat(rights.containsAll(Rights.none())).isTrue();
        assertThat(Rights.none().containsAll(rights)).isFalse();
        assertThat(Rights.none().containsAll(Rights.none())).isTrue();
        assertThat(rights.intersects(Rights.none())).isFalse();
        assertThat(catalogOf(65).noRights()).isEqualTo(Rights.none()).hasSameHashCodeAs(Rights.none());
        assertThat(Rights.none().in(catalogOf(65)).catalog()).isSameAs(catalogOf(65));
        assertThat(Rights.none()).hasToString("[]");
    }

    @Test
    void no_rights_with_null_are_no_rights() {
        assertThatNullPointerException().isThrownBy(() -> Rights.none().union(null));
    }

    @Test
    void what_another_catalog_lacks_is_reported() {
        Rights rights = catalogOf(33).rights("g:a1", "g:a31", "g:a32");
        PolicyViolationException thrown =
                catchThrowableOfType(PolicyViolationException.class, () -> rights.in(catalogOf(31)));
        assertThat(thrown.violations().stream().map(v -> v.code() + " at " + v.path() + " " + v.value()))
                .containsExactly(
                        "UNKNOWN_PERMISSION at /1 Optional[g:a31]", "UNKNOWN_PERMISSION at /2 Optional[g:a32]");
        assertThat(rights.in(catalogOf(33))).isSameAs(rights);
    }

    @Test
    void the_text_is_the_keys_in_catalog_order() {
        assertThat(catalogOf(65).rights("g:a64", "g:a0", "g:a63")).hasToString("[g:a0, g:a63, g:a64]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1_000})
    void bits_are_taken_up_to_the_size_of_the_catalog_and_refused_beyond(int size) {
        PermissionCatalog catalog = catalogOf(size);
        int words = (size + 63) / 64;
        assertThat(Rights.valueOf(catalog, new long[0])).isEqualTo(Rights.none());
        assertThat(Rights.valueOf(catalog, new long[words + 3])).isEqualTo(Rights.none());
        assertThat(catalog.allRights().toLongArray()).hasSize(words);
        for (int bit = 0; bit < 64 * (words + 2); bit++) {
            long[] bits = new long[words + 2];
            bits[bit / 64] = 1L << (bit % 64);
            if (bit < size) {
                Permission only = catalog.permissions().get(bit);
                assertThat(Rights.valueOf(catalog, bits)).containsExactly(only);
                assertThat(Rights.valueOf(catalog, bits).toLongArray()).hasSize(words);
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Rights.valueOf(catalog, bits))
                        .withMessage("no permission at position `" + bit + "`: the catalog has " + size);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"64, 1, 64", "63, 0, 63", "1, 0, 1", "65, 1, 65"})
    void of_several_bits_beyond_the_first_is_reported(int size, int word, int position) {
        long[] bits = {-1L, -1L};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rights.valueOf(catalogOf(size), bits))
                .withMessage("no permission at position `" + position + "`: the catalog has " + size);
        assertThat(position / 64).isEqualTo(word);
    }

    @Test
    void arrays_are_copied_on_the_way_in_and_out() {
        long[] bits = {1};
        Rights rights = Rights.valueOf(catalogOf(33), bits);
        bits[0] = 7;
        rights.toLongArray()[0] = 7;
        assertThat(rights).containsExactly(catalogOf(33).permissions().get(0));
    }

    @Test
    void an_iterator_ends_and_removes_nothing() {
        Iterator<Permission> iterator = catalogOf(33).rights("g:a32").iterator();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.next().key()).isEqualTo("g:a32");
        assertThat(iterator.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(iterator::remove);
    }

    @Test
    void an_unknown_key_is_not_contained() {
        Rights all = catalogOf(64).allRights();
        assertThat(List.of("", "g", "g:a64", "g:a63 ", "G:a63", "a63", "g:*", "63", "-1").stream()
                        .filter(all::contains))
                .isEmpty();
    }
}
