package io.rbac.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.rbac.model.Violation.Code;
import io.rbac.model.Violation.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViolationTest {

    private static final int KILOBYTE = 1_024;
    private static final String LONG_PATH =
            Violation.pointer("roles", 1, "rights", "g".repeat(300), "\u3042".repeat(300));

    private static PolicyViolationException thrown(int count, String message) {
        Violation.Collector collector = new Violation.Collector();
        IntStream.range(0, count)
                .forEach(i -> collector.add(Code.ID_INVALID, Violation.pointer("teams", i), null, message));
        return thrown(collector);
    }

    private static PolicyViolationException thrown(Violation.Collector collector) {
        try {
            collector.throwIfAny();
        } catch (PolicyViolationException e) {
            return e;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void a_violation_is_code_path_value_message_and_place() {
        Violation violation = Violation.of(Code.ID_INVALID, "/teams/1", "a b ", "team id `a b ` is wrong");
        assertThat(violation.code()).isEqualTo(Code.ID_INVALID);
        assertThat(violation.path()).isEqualTo("/teams/1");
        assertThat(violation.value()).contains("a b ");
        assertThat(violation.message()).isEqualTo("team id `a b ` is wrong");
        assertThat(violation.line()).isZero();
        assertThat(violation.column()).isZero();
        assertThat(violation.at(3, 14).line()).isEqualTo(3);
        assertThat(violation.at(3, 14).column()).isEqualTo(14);
        assertThat(violation.withPath("/changes/0").path()).isEqualTo("/changes/0");
        assertThat(violation.at(3, 14).withPath("/x"))
                .isEqualTo(violation.withPath("/x").at(3, 14));
        assertThat(violation).hasToString("ID_INVALID at /teams/1: team id `a b ` is wrong");
        assertThat(violation.at(3, 14))
                .hasToString("ID_INVALID at /teams/1: team id `a b ` is wrong (line 3, column 14)");
        assertThat(violation.withPath("")).hasToString("ID_INVALID: team id `a b ` is wrong");
    }

    @Test
    void an_exception_is_of_the_kind_of_its_first_violation() {
        Violation.Collector collector = new Violation.Collector();
        collector.add(Code.ROLE_IN_USE, "/changes/0", null, "in use");
        collector.add(Code.ROLE_NOT_FOUND, "/changes/1", null, "not there");
        assertThat(thrown(collector).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void every_kind_has_a_code_and_a_status_of_its_own() {
        assertThat(Arrays.stream(Code.values()).map(Code::kind).distinct()).containsExactlyInAnyOrder(Kind.values());
        assertThat(Arrays.stream(Kind.values()).map(Kind::httpStatus))
                .containsExactly(400, 403, 404, 409, 412, 422, 503);
    }

    @Test
    void two_violations_are_equal_when_all_their_parts_are() {
        Violation one = Violation.of(Code.ID_INVALID, "/a", "v", "m").at(1, 2);
        assertThat(one).isEqualTo(Violation.of(Code.ID_INVALID, "/a", "v", "m").at(1, 2));
        assertThat(one)
                .hasSameHashCodeAs(Violation.of(Code.ID_INVALID, "/a", "v", "m").at(1, 2));
        List<Violation> others = List.of(
                Violation.of(Code.MALFORMED, "/a", "v", "m").at(1, 2),
                one.withPath("/b"),
                Violation.of(Code.ID_INVALID, "/a", "w", "m").at(1, 2),
                Violation.of(Code.ID_INVALID, "/a", null, "m").at(1, 2),
                Violation.of(Code.ID_INVALID, "/a", "v", "n").at(1, 2),
                one.at(2, 2),
                one.at(1, 1));
        assertThat(others).doesNotContain(one);
    }

    @Test
    void a_pointer_escapes_tilde_and_slash() {
        assertThat(Violation.pointer()).isEmpty();
        assertThat(Violation.pointer("roles", 2, "rights")).isEqualTo("/roles/2/rights");
        assertThat(Violation.pointer("a/b", "c~d", "~1", "", "~/")).isEqualTo("/a~1b/c~0d/~01//~0~1");
    }

    @Test
    void foreign_text_is_quoted_in_backticks_escaped_and_cut() {
        assertThat(Violation.quote("a\nb")).isEqualTo("`a\\u{A}b`");
        assertThat(Violation.quote("x".repeat(81))).isEqualTo("`" + "x".repeat(80) + "...`");
    }

    @Test
    void a_message_that_is_not_long_is_kept_whole() {
        assertThat(Violation.of(Code.MALFORMED, "", null, "x".repeat(700)).message())
                .isEqualTo("x".repeat(700));
        assertThat(Violation.of(Code.MALFORMED, "", null, "x".repeat(5_000)).message())
                .startsWith("x".repeat(600))
                .endsWith("x...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00E9", "\u3042", "\uD83D\uDE00"})
    void a_message_takes_at_most_a_kilobyte_in_utf8(String c) {
        String message = Violation.of(Code.MALFORMED, "", null, c.repeat(2_000)).message();
        assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(KILOBYTE);
    }

    @Test
    void a_message_is_not_cut_inside_a_character() {
        for (String start : List.of("", "a")) {
            String message = Violation.of(Code.MALFORMED, "", null, start + "\uD83D\uDE00".repeat(800))
                    .message();
            assertThat(message).endsWith("\uD83D\uDE00...");
        }
    }

    @Test
    void the_path_is_escaped_and_cut_in_texts_but_not_as_data() {
        Violation violation = Violation.of(Code.MALFORMED, "/a\nb/" + "x".repeat(500), null, "m");
        assertThat(violation.path()).hasSize(505);
        assertThat(violation.toString())
                .startsWith("MALFORMED at /a\\u{A}b/xxx")
                .doesNotContain("\n")
                .endsWith("...: m");
    }

    @Test
    void the_message_of_one_violation_is_its_text() {
        PolicyViolationException exception =
                PolicyViolationException.of(Violation.of(Code.MALFORMED, "/a", null, "it is wrong"));
        assertThat(exception).hasMessage("MALFORMED at /a: it is wrong");
        assertThat(exception.total()).isEqualTo(1);
        assertThat(exception.violations()).hasSize(1);
    }

    @Test
    void the_message_of_many_shows_the_first_ten() {
        assertThat(thrown(2, "m")).hasMessage("2 violations\n  ID_INVALID at /teams/0: m\n  ID_INVALID at /teams/1: m");
        StringBuilder ten = new StringBuilder();
        IntStream.range(0, 10)
                .forEach(i -> ten.append("\n  ID_INVALID at /teams/").append(i).append(": m"));
        assertThat(thrown(10, "m")).hasMessage("10 violations" + ten);
        assertThat(thrown(11, "m")).hasMessage("11 violations" + ten + "\n  and 1 more");
        assertThat(thrown(5_000, "m")).hasMessage("5000 violations" + ten + "\n  and 4990 more");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 11, 1_000_000})
    void the_message_of_an_exception_takes_at_most_a_kilobyte(int count) {
        Violation.Collector collector = new Violation.Collector();
        Violation violation = Violation.of(Code.PERMISSION_NOT_IN_SCOPE, LONG_PATH, null, "\u3042".repeat(5_000))
                .at(1_000_000, 1_000_000);
        IntStream.range(0, count).forEach(i -> collector.add(violation));
        assertThat(thrown(collector).getMessage().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(KILOBYTE);
    }

    @Test
    void the_message_of_many_long_violations_shows_the_first_at_least() {
        Violation.Collector collector = new Violation.Collector();
        Violation violation = Violation.of(Code.PERMISSION_NOT_IN_SCOPE, LONG_PATH, null, "x".repeat(5_000));
        collector.add(violation);
        collector.add(violation);
        assertThat(thrown(collector)).hasMessageContaining("PERMISSION_NOT_IN_SCOPE at /roles/1/rights/ggg");
    }

    @Test
    void the_first_thousand_are_kept_and_all_are_counted() {
        PolicyViolationException exception = thrown(1_500, "m");
        assertThat(exception.total()).isEqualTo(1_500);
        assertThat(exception.violations()).hasSize(1_000);
        assertThat(exception.violations().get(999).path()).isEqualTo("/teams/999");

        Violation.Collector collector = new Violation.Collector();
        assertThat(collector.isEmpty()).isTrue();
        assertThatCode(collector::throwIfAny).doesNotThrowAnyException();
        collector.add(Code.MALFORMED, "", null, "first");
        collector.addAll(exception);
        assertThat(collector.isEmpty()).isFalse();
        assertThat(collector.total()).isEqualTo(1_501);
        assertThat(collector.violations()).hasSize(1_000);
        assertThat(collector.violations().get(0).message()).isEqualTo("first");
        assertThat(thrown(collector).total()).isEqualTo(1_501);
    }

    @Test
    void names_are_suggested_until_ten_violations_were_gathered() {
        Violation.Collector collector = new Violation.Collector();
        for (int i = 0; i < 10; i++) {
            assertThat(collector.didYouMean("reed", List.of("read"))).isEqualTo("; did you mean `read`?");
            collector.add(Code.MALFORMED, "", null, "m");
        }
        assertThat(collector.didYouMean("reed", List.of("read"))).isEmpty();
    }

    @Test
    void what_was_thrown_does_not_change_with_its_collector() {
        Violation.Collector collector = new Violation.Collector();
        collector.add(Code.MALFORMED, "", null, "first");
        List<Violation> seen = collector.violations();
        PolicyViolationException exception = thrown(collector);
        collector.add(Code.MALFORMED, "", null, "second");
        assertThat(seen).hasSize(1);
        assertThat(exception.violations()).hasSize(1);
        assertThat(exception.total()).isEqualTo(1);
    }
}
