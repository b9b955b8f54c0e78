package io.rbac.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IdNumbersTest {

    @Provide
    Arbitrary<List<String>> named() {
        Arbitrary<String> plain = Arbitraries.integers().between(0, 2_000).map(n -> "u" + n);
        Arbitrary<String> colliding = Arbitraries.integers().between(0, 255).map(n -> IdTableTest.colliding(n, 8));
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(2);
        return Arbitraries.of(List.of(plain, colliding, any, Arbitraries.oneOf(plain, colliding, any)))
                .flatMap(ids -> ids.list().ofMaxSize(1_000));
    }

    @Property(tries = 300)
    void an_id_keeps_the_number_that_it_got_when_it_was_first_named(@ForAll("named") List<String> named) {
        IdNumbers numbers = new IdNumbers();
        List<String> firsts = new ArrayList<>();
        for (String id : named) {
            int expected = firsts.indexOf(id);
            assertThat(numbers.get(id)).isEqualTo(expected);
            assertThat(numbers.number(new String(id.toCharArray()))).isEqualTo(expected < 0 ? firsts.size() : expected);
            if (expected < 0) {
                firsts.add(id);
            }
        }
        assertThat(numbers.ids()).isEqualTo(firsts);
        assertThat(numbers.size()).isEqualTo(firsts.size());
        assertThat(IntStream.range(0, firsts.size()))
                .allMatch(i -> numbers.id(i).equals(firsts.get(i)));
        assertThat(numbers.get("not named")).isEqualTo(-1);
    }

    @Property(tries = 300)
    void many_ids_are_numbered_as_one_by_one(@ForAll("named") List<String> named, @ForAll Random random) {
        IdNumbers oneByOne = new IdNumbers();
        IdNumbers many = new IdNumbers();
        for (int from = 0; from < named.size(); ) {
            int to = Math.min(named.size(), from + random.nextInt(100));
            String[] some = named.subList(from, to).stream()
                    .map(id -> new String(id.toCharArray()))
                    .toArray(String[]::new);
            int[] numbers = new int[some.length];
            many.number(some, some.length, numbers);
            assertThat(numbers)
                    .containsExactly(Stream.of(some).mapToInt(oneByOne::number).toArray());
            from = to;
        }
        assertThat(many.ids()).isEqualTo(oneByOne.ids());
    }

    @Test
    @Timeout(30)
    void b19_ids_of_one_hash_code_are_numbered_without_a_search_through_all_of_them() {
        IdNumbers numbers = new IdNumbers();
        numbers.number("before");
        int count = 1 << 17;
        for (int i = 0; i < count; i++) {
            assertThat(numbers.number(IdTableTest.colliding(i, 17))).isEqualTo(i + 1);
        }
        assertThat(IntStream.range(0, count)).allMatch(i -> numbers.get(IdTableTest.colliding(i, 17)) == i + 1);
        assertThat(numbers.get("before")).isZero();
        assertThat(numbers.get(IdTableTest.colliding(0, 18))).isEqualTo(-1);
    }
}
