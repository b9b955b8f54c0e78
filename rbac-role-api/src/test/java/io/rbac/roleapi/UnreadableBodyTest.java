package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Violation.Code;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that cannot be read. */
class UnreadableBodyTest {

    private static AcceptanceWorldAnswer post(AcceptanceWorld world, byte[] body) {
        return world.send(world.signed("POST", world.roles())
                .header("Content-Type", world.product().mediaType())
                .body(body));
    }

    private static AcceptanceWorldAnswer post(AcceptanceWorld world, String body) {
        return post(world, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("B22")
    void bad_json_is_400(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        String good = product.roleBody("R");
        for (String bad : List.of(
                "",
                " ",
                "{",
                "}",
                "{\"name\":",
                "nul",
                "'text'",
                "{name:\"R\"}",
                good.replace("\"R\"", "'R'"),
                good.substring(0, good.length() - 1),
                good.replace("\"R\"", "\"R\","),
                good.replace("\"R\"", "\"R\"/* c */"),
                good.replace("\"R\"", "NaN"),
                good.replace("\"R\"", "01"),
                good.replace("\"R\"", "\"\t\""),
                good.replace("\"R\"", "\"\\x\""),
                good.replace("\"R\"", "\"\\uD8\""))) {
            AcceptanceWorldAnswer answer = post(world, bad).is(400);

            assertThat(answer.codes()).as("the codes of `%s`", bad).containsExactly("MALFORMED");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("B01")
    @Tag("B02")
    void a_duplicate_key_is_400(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        String twice = product.roleBody("R").replace("\"name\"", "\"name\":\"S\",\"name\"");

        post(world, twice).refused(400, Code.DUPLICATE_KEY);
        post(world, product.roleBody("R").replace("\"name\"", "\"n\\u0061me\":\"S\",\"name\""))
                .refused(400, Code.DUPLICATE_KEY);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("B13")
    void trailing_content_is_400(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        for (String tail : List.of("{}", "x", "]", " null", "\u0000", ",")) {
            AcceptanceWorldAnswer answer =
                    post(world, product.roleBody("R") + tail).is(400);

            assertThat(answer.codes()).hasSize(1).isSubsetOf("TRAILING_CONTENT", "MALFORMED");
        }
        post(world, product.roleBody("R") + "{}").refused(400, Code.TRAILING_CONTENT);
        post(world, product.roleBody("R") + " \r\n\t").created();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("B20")
    void a_body_that_is_not_utf_8_is_400(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        for (int[] bytes : List.of(
                new int[] {0xFF},
                new int[] {0xC3, 0x28},
                new int[] {0xED, 0xA0, 0x80},
                new int[] {0xC0, 0xAF},
                new int[] {0xF5, 0x80, 0x80, 0x80},
                new int[] {0xE2, 0x82})) {
            byte[] body = product.roleBody("#".repeat(bytes.length)).getBytes(StandardCharsets.ISO_8859_1);
            int at = new String(body, StandardCharsets.ISO_8859_1).indexOf('#');
            for (int i = 0; i < bytes.length; i++) {
                body[at + i] = (byte) bytes[i];
            }
            post(world, body).refused(400, Code.MALFORMED);
        }
        post(world, product.roleBody("R").getBytes(StandardCharsets.UTF_16)).refused(400, Code.MALFORMED);
        post(world, product.roleBody("R").getBytes(StandardCharsets.UTF_16BE)).refused(400, Code.MALFORMED);
        post(world, product.roleBody("R").getBytes(StandardCharsets.UTF_16LE)).refused(400, Code.MALFORMED);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("B15")
    void deep_nesting_is_400(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        for (String open : List.of("[", "{\"a\":")) {
            post(world, open.repeat(100_000)).is(400);
            String deep = open.repeat(50_000) + "1" + (open.equals("[") ? "]" : "}").repeat(50_000);
            post(world, deep).is(400);
            post(world, product.roleBody("R").replace("\"R\"", deep)).is(400);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("B09")
    @Tag("B10")
    void a_huge_number_is_not_a_name(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        for (String number : List.of("9".repeat(100_000), "1e999999999", "-1E-999999999", "0." + "1".repeat(100_000))) {
            AcceptanceWorldAnswer answer = post(world, product.roleBody("R").replace("\"R\"", number));

            assertThat(answer.status()).isIn(400, product.invalid());
            assertThat(answer.text().length()).isLessThan(5_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("B12")
    void a_body_that_is_not_an_object_is_refused(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        for (String body : List.of("[]", "null", "true", "1", "\"text\"", "[{}]", "1e999999999")) {
            assertThat(post(world, body).status()).isIn(400, product.invalid());
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("B17")
    void the_response_to_many_violations_is_limited(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            fields.append("\"unknown").append(i).append("\":1,");
        }

        AcceptanceWorldAnswer answer = post(world, product.roleBody("R").replace("\"name\"", fields + "\"name\""));

        assertThat(answer.status()).isEqualTo(product.invalid());
        assertThat(answer.codes()).hasSizeBetween(1, 1_000).containsOnly("UNKNOWN_FIELD");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("B41")
    void hostile_characters_are_escaped(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        for (String text : List.of("\\u0000", "\\r\\nSet-Cookie: x", "\\uD800", "\\u202Eabc", "\\u2028")) {
            AcceptanceWorldAnswer answer = post(world, product.roleBody(text));

            assertThat(answer.status()).isIn(400, product.invalid());
            assertThat(answer.header("Set-Cookie")).isEmpty();
            assertThat(answer.text())
                    .doesNotContain("\u0000", "\u202E", "\u2028")
                    .doesNotContain("\uD800");
        }
        world.get(world.roles() + "/%0D%0AX-Evil:%201").is(404);
    }
}
