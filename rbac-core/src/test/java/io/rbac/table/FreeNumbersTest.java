package io.rbac.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FreeNumbersTest {

    private static FreeNumbers.Editor editor(int max, int... free) {
        FreeNumbers list = null;
        for (int i = free.length - 1; i >= 0; i--) {
            list = new FreeNumbers(free[i], list);
        }
        return FreeNumbers.edit(list, max, () -> new IllegalStateException("no number is free"));
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
        FreeNumbers.Editor editor = editor(100, 3, 7);

        assertThat(editor.take(10)).isEqualTo(3);
        assertThat(editor.take(10)).isEqualTo(7);
        assertThat(editor.take(10)).isEqualTo(10);
        assertThat(editor.take(11)).isEqualTo(11);
        assertThat(editor.seal()).isNull();
    }

    @Test
    void what_is_freed_is_not_given_again_before_it_may_be_reused() {
        FreeNumbers.Editor editor = editor(100);
        editor.free(4);
        editor.free(5);

        assertThat(editor.take(10)).isEqualTo(10);
        editor.reuse();
        assertThat(List.of(editor.take(11), editor.take(11))).containsExactlyInAnyOrder(4, 5);
        assertThat(editor.take(11)).isEqualTo(11);
    }

    @Test
    void sealing_gives_all_that_is_free_and_what_is_taken_later_stays_in_the_list() {
        FreeNumbers.Editor editor = editor(100, 1);
        editor.free(2);
        FreeNumbers sealed = editor.seal();

        assertThat(numbers(sealed)).containsExactlyInAnyOrder(1, 2);
        assertThat(List.of(editor.take(10), editor.take(10))).containsExactlyInAnyOrder(1, 2);
        editor.free(3);
        assertThat(numbers(editor.seal())).containsExactly(3);
        assertThat(numbers(sealed)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void there_are_no_more_numbers_than_allowed() {
        FreeNumbers.Editor editor = editor(3, 0);

        assertThat(editor.isExhausted(3)).isFalse();
        assertThat(editor.take(3)).isZero();
        assertThat(editor.isExhausted(2)).isFalse();
        assertThat(editor.take(2)).isEqualTo(2);
        editor.free(1);
        assertThat(editor.isExhausted(3))
                .as("what was freed may not be reused yet")
                .isTrue();
        assertThat(catchThrowableOfType(IllegalStateException.class, () -> editor.take(3)))
                .hasMessage("no number is free");
        editor.reuse();
        assertThat(editor.isExhausted(3)).isFalse();
        assertThat(editor.take(3)).isEqualTo(1);
    }
}
