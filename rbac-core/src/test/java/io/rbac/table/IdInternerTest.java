package io.rbac.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IdInternerTest {

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
        IdInterner numbers = new IdInterner();
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
        IdInterner oneByOne = new IdInterner();
        IdInterner many = new IdInterner();
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
    @Tag("B19")
    void ids_of_one_hash_code_are_numbered_like_others() {
        IdInterner numbers = new IdInterner();
        numbers.number("before");
        int count = 1 << 17;
        for (int i = 0; i < count; i++) {
            assertThat(numbers.number(IdTableTest.colliding(i, 17))).isEqualTo(i + 1);
        }
        assertThat(IntStream.range(0, count)).allMatch(i -> numbers.get(IdTableTest.colliding(i, 17)) == i + 1);
        assertThat(numbers.get("before")).isZero();
        assertThat(numbers.get(IdTableTest.colliding(0, 18))).isEqualTo(-1);
    }

    /** Numbers ids of one hash code, one by one and many at once, and asks for the number of each. */
    public static final class OfOneHash implements IntConsumer {
        @Override
        public void accept(int size) {
            IdInterner oneByOne = new IdInterner();
            IdInterner many = new IdInterner();
            String[] ids = IntStream.range(0, size)
                    .mapToObj(n -> IdTableTest.colliding(n, 17))
                    .toArray(String[]::new);
            many.number(ids, size, new int[size]);
            assertThat(IntStream.range(0, size)).allMatch(i -> oneByOne.number(ids[i]) == i && many.get(ids[i]) == i);
        }
    }

    @Test
    @Tag("B19")
    void the_steps_to_number_ids_of_one_hash_code_grow_like_their_number() {
        long few = Steps.of(OfOneHash.class, 8_000);
        long many = Steps.of(OfOneHash.class, 64_000);
        assertThat(few).isGreaterThan(16_000);
        assertThat(many).isLessThan(2 * 8 * few);
    }
}
