package io.rbac.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rbac.model.PolicyViolationException;
import io.rbac.table.FreeNumbers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrdinalPoolTest {

    private static OrdinalPool pool(int max, int... free) {
        FreeNumbers list = null;
        for (int i = free.length - 1; i >= 0; i--) {
            list = new FreeNumbers(free[i], list);
        }
        return new OrdinalPool("things", max, list);
    }

    private static List<Integer> numbers(@Nullable FreeNumbers list) {
        List<Integer> numbers = new ArrayList<>();
        for (FreeNumbers rest = list; rest != null; rest = rest.rest()) {
            numbers.add(rest.number());
        }
        return numbers;
    }

    @Test
    void what_is_free_is_given_before_what_was_never_given() {
        OrdinalPool pool = pool(100, 3, 7);

        assertThat(pool.take(10)).isEqualTo(3);
        assertThat(pool.take(10)).isEqualTo(7);
        assertThat(pool.take(10)).isEqualTo(10);
        assertThat(pool.take(11)).isEqualTo(11);
        assertThat(pool.seal()).isNull();
    }

    @Test
    void what_is_freed_is_not_given_again_before_it_may_be_reused() {
        OrdinalPool pool = pool(100);
        pool.free(4);
        pool.free(5);

        assertThat(pool.take(10)).isEqualTo(10);
        pool.reuse();
        assertThat(List.of(pool.take(11), pool.take(11))).containsExactlyInAnyOrder(4, 5);
        assertThat(pool.take(11)).isEqualTo(11);
    }

    @Test
    void sealing_gives_all_that_is_free_and_what_is_taken_later_stays_in_the_list() {
        OrdinalPool pool = pool(100, 1);
        pool.free(2);
        FreeNumbers sealed = pool.seal();

        assertThat(numbers(sealed)).containsExactlyInAnyOrder(1, 2);
        assertThat(List.of(pool.take(10), pool.take(10))).containsExactlyInAnyOrder(1, 2);
        pool.free(3);
        assertThat(numbers(pool.seal())).containsExactly(3);
        assertThat(numbers(sealed)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void there_are_no_more_ordinals_than_allowed() {
        OrdinalPool pool = pool(3, 0);

        assertThat(pool.isExhausted(3)).isFalse();
        assertThat(pool.take(3)).isZero();
        assertThat(pool.isExhausted(2)).isFalse();
        assertThat(pool.take(2)).isEqualTo(2);
        pool.free(1);
        assertThat(pool.isExhausted(3))
                .as("what was freed may not be reused yet")
                .isTrue();
        assertThat(catchThrowableOfType(PolicyViolationException.class, () -> pool.take(3)))
                .hasMessage("LIMIT_EXCEEDED at /changes: there would be more than 3 things");
        pool.reuse();
        assertThat(pool.isExhausted(3)).isFalse();
        assertThat(pool.take(3)).isEqualTo(1);
    }
}
