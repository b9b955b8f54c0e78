package io.rbac.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private static Pages<Integer> pages(int size) {
        return Pages.of(IntStream.range(0, size).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 511, 512, 513, 1023, 1024, 1025, 262_143, 262_144, 262_145, 262_657})
    void every_element_is_at_its_index(int size) {
        Pages<Integer> pages = pages(size);
        assertThat(pages.size()).isEqualTo(size);
        assertThat(IntStream.range(0, size).filter(i -> pages.get(i) != i)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 511, 512, 513, 1024, 262_143, 262_144, 262_145})
    void no_index_out_of_range_stands_for_another_element(int size) {
        Pages<Integer> pages = pages(size);
        int[] outside = {
            -1,
            -512,
            -513,
            Integer.MIN_VALUE,
            size,
            size + 1,
            size + 511,
            size + 512,
            size + 262_144,
            1 << 27,
            Integer.MAX_VALUE
        };
        for (int index : outside) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .as("index %d of %d", index, size)
                    .isThrownBy(() -> pages.get(index));
        }
    }

    @Test
    void changes_of_the_list_do_not_reach_the_pages() {
        List<String> list = new ArrayList<>(List.of("a", "b"));
        Pages<String> pages = Pages.of(list);
        list.set(0, "c");
        assertThat(pages.get(0)).isEqualTo("a");
        String[] array = {"a"};
        Pages<String> ofArray = Pages.of(Arrays.asList(array));
        array[0] = "c";
        assertThat(ofArray.get(0)).isEqualTo("a");
    }
}
