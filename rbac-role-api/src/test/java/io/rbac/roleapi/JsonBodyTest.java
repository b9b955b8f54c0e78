package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.rbac.model.PolicyViolationException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JsonBodyTest {

    private static JsonNode read(String text) {
        return JsonBody.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> refusals(String text) {
        return catchThrowableOfType(PolicyViolationException.class, () -> read(text)).violations().stream()
                .map(violation -> (violation.code() + " " + violation.path()).strip())
                .toList();
    }

    @Test
    void a_tree_is_read_unchanged() {
        String text =
                "{\"a\":[1,-2.5,\"\\u00e4\",true,false,null,{}],\"b\":9223372036854775807,\"c\":92233720368547758070}";

        assertThat(read(text).toString())
                .isEqualTo(
                        "{\"a\":[1,-2.5,\"ä\",true,false,null,{}],\"b\":9223372036854775807,\"c\":92233720368547758070}");
        assertThat(read("7")).isEqualTo(Json.object().put("n", 7).get("n"));
    }

    @Test
    @Tag("B01")
    @Tag("B02")
    void every_key_that_is_given_twice_is_named() {
        assertThat(refusals("{\"a\":1,\"a\":2,\"b\":[0,{\"c/d\":1,\"c\\/d\":{\"e\":1,\"e\":2}}]}"))
                .containsExactly("DUPLICATE_KEY /a", "DUPLICATE_KEY /b/1/c~1d", "DUPLICATE_KEY /b/1/c~1d/e");
    }

    @Test
    void reading_stops_after_100_keys_that_are_given_twice() {
        assertThat(refusals("{\"a\":1" + ",\"a\":2".repeat(1_000) + "} x"))
                .hasSize(100)
                .containsOnly("DUPLICATE_KEY /a");
    }

    @Test
    void a_key_given_twice_and_trailing_content_are_reported_together() {
        assertThat(refusals("{\"a\":1,\"a\":2} x")).containsExactly("DUPLICATE_KEY /a", "TRAILING_CONTENT");
    }

    @Test
    @Tag("B15")
    void nesting_is_read_to_a_depth_of_32() {
        assertThat(read("[".repeat(32) + "]".repeat(32)).isArray()).isTrue();
        assertThat(refusals("[".repeat(33) + "]".repeat(33))).containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    @Tag("B10")
    @Tag("B18")
    void names_and_numbers_have_a_maximum_length() {
        assertThat(read("{\"" + "n".repeat(1_000) + "\":1}").size()).isEqualTo(1);
        assertThat(refusals("{\"" + "n".repeat(2_000) + "\":1}")).containsExactly("LIMIT_EXCEEDED");
        assertThat(read("9".repeat(100)).isBigInteger()).isTrue();
        assertThat(refusals("9".repeat(101))).containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    @Tag("B17")
    void the_number_of_values_is_limited() {
        assertThat(read("[" + "1,".repeat(249_998) + "1]").size()).isEqualTo(249_999);
        assertThat(refusals("[" + "1,".repeat(249_999) + "1]")).containsExactly("LIMIT_EXCEEDED");
    }

    @Test
    @Tag("B21")
    void a_byte_order_mark_is_malformed() {
        assertThat(refusals("\uFEFF{}")).containsExactly("MALFORMED");
    }

    @Test
    @Tag("B14")
    void a_body_cut_anywhere_is_malformed() {
        String text = "{\"ä\":[1,{\"b\":\"c\\n\"},true]}";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            PolicyViolationException refused =
                    catchThrowableOfType(PolicyViolationException.class, () -> JsonBody.read(cut));
            assertThat(refused.violations().get(0).code().name()).isEqualTo("MALFORMED");
        }
    }
}
