package io.rbac.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    private static final String SPACE =
            "has a space that does not stand alone between two other characters, at position ";
    private static final String EMOJI = "\uD83D\uDE00";

    private static String text(int codePoint) {
        return new String(new int[] {codePoint}, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a b",
                "a b c",
                "*",
                "!",
                "~",
                "a$$b",
                "a|b",
                "a:b",
                "a/b",
                "..",
                "../x",
                "%2f",
                "a;b",
                "'); DROP",
                "${jndi:x}",
                "<script>",
                "1",
                "01",
                "1.0",
                "\uFF11",
                "null",
                "undefined",
                "true",
                "system",
                "default",
                "none",
                "\u0430dmin",
                "\u212A",
                "\u0131",
                "\uFF41",
                "e\u0301",
                "\u00E9",
                "\u00A1",
                "\uFFFD",
                "\uF900",
                "\uD83D\uDE00",
                "\u3042",
                "\uD840\uDC00"
            })
    @Tag("B36")
    @Tag("B40")
    @Tag("B42")
    @Tag("B43")
    void these_are_ids(String id) {
        assertThat(Ids.fault(id)).isNull();
    }

    static Stream<Arguments> textsThatAreNoIds() {
        return Stream.of(
                Arguments.of("", "is empty"),
                Arguments.of(" ", SPACE + 1),
                Arguments.of("   ", SPACE + 1),
                Arguments.of(" a", SPACE + 1),
                Arguments.of("a ", SPACE + 2),
                Arguments.of("a  b", SPACE + 3),
                Arguments.of(EMOJI + "  b", SPACE + 3),
                Arguments.of("\t", "has U+0009 at position 1"),
                Arguments.of("ab\r\n", "has U+000D at position 3"),
                Arguments.of(EMOJI + EMOJI + "\u0000", "has U+0000 at position 3"),
                Arguments.of("a\uD800", "has U+D800 at position 2"),
                Arguments.of("\uDC00\uD800", "has U+DC00 at position 1"),
                Arguments.of("a\uD83D", "has U+D83D at position 2"),
                Arguments.of("\uFE0F", "has U+FE0F at position 1"),
                Arguments.of("\u034F \uFE00", "has U+034F at position 1"),
                Arguments.of("x".repeat(257), "is longer than 256 characters"),
                Arguments.of(EMOJI.repeat(257), "is longer than 256 characters"),
                Arguments.of("x".repeat(1_000_000), "is longer than 256 characters"),
                Arguments.of("x".repeat(255) + " ", SPACE + 256));
    }

    @ParameterizedTest
    @MethodSource("textsThatAreNoIds")
    @Tag("B29")
    @Tag("B31")
    @Tag("B34")
    void what_is_wrong_with_an_id_is_reported_with_its_position(String text, String fault) {
        assertThat(Ids.fault(text)).isEqualTo(fault);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x034F, 0x180B, 0x180D, 0x180F, 0x17B5, 0x2065, 0xFE00, 0xFE0F, 0xFFF0, 0xFFF8, 0xE0000, 0xE0100,
                0xE01EF, 0xE0FFF, 0x0000, 0x001F, 0x007F, 0x0080, 0x0085, 0x009F, 0x00A0, 0x00AD, 0x0600, 0x0605,
                0x061C, 0x06DD, 0x070F, 0x115F, 0x1160, 0x1680, 0x17B4, 0x180E, 0x2000, 0x2003, 0x200A, 0x200B, 0x200E,
                0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x202F, 0x205F, 0x2060, 0x2064, 0x2066, 0x2069, 0x206F, 0x2800,
                0x3000, 0x3164, 0xE000, 0xF8FF, 0xFDD0, 0xFDEF, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFB, 0xFFFE, 0xFFFF, 0x110BD,
                0x13430, 0x1343F, 0x1BCA0, 0x1D173, 0x1D17A, 0x1FFFE, 0x1FFFF, 0x2FFFE, 0xE0001, 0xE0020, 0xE007F,
                0xEFFFF, 0xF0000, 0xFFFFD, 0x100000, 0x10FFFD, 0x10FFFF
            })
    @Tag("B30")
    @Tag("B32")
    @Tag("B33")
    @Tag("B35")
    void these_characters_are_in_no_id_at_no_place(int codePoint) {
        String c = text(codePoint);
        String fault = String.format("has U+%04X at position ", codePoint);
        assertThat(Ids.fault(c)).isEqualTo(fault + 1);
        assertThat(Ids.fault("a" + c + "b")).isEqualTo(fault + 2);
        assertThat(Ids.fault(EMOJI + "a" + c)).isEqualTo(fault + 3);
    }

    @Test
    @Tag("S14")
    void each_code_point_is_judged_as_the_rules_for_ids_say() {
        List<Integer> wrong = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> mustBeRefused(c) && Ids.fault("a" + text(c) + "b") == null)
                .boxed()
                .toList();
        assertThat(wrong).isEmpty();
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(c -> Character.isLetterOrDigit(c) && !isFiller(c))
                        .filter(c -> Ids.fault(text(c)) != null))
                .isEmpty();
    }

    /** By the JDK, whose Unicode is older than the fixed list or as old: what it calls white space or format. */
    private static boolean mustBeRefused(int c) {
        return c <= 0x1F
                || (c >= 0x7F && c <= 0xA0)
                || (c >= 0xFDD0 && c <= 0xFDEF)
                || (c & 0xFFFF) >= 0xFFFE
                || switch (Character.getType(c)) {
                    case Character.SPACE_SEPARATOR -> c != ' ';
                    case Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.FORMAT,
                            Character.CONTROL,
                            Character.SURROGATE,
                            Character.PRIVATE_USE -> true;
                    default -> false;
                };
    }

    private static boolean isFiller(int c) {
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
    }

    @Test
    void an_id_has_at_most_256_code_points_however_many_chars_they_take() {
        assertThat(Ids.fault("x".repeat(256))).isNull();
        assertThat(Ids.fault(EMOJI.repeat(256))).isNull();
        assertThat(Ids.fault("e\u0301".repeat(128))).isNull();
        assertThat(Ids.fault("e\u0301".repeat(128) + "e")).isEqualTo("is longer than 256 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a ",
                "a\u00A0",
                "a\u200D",
                "a\u200F",
                "a\u2027",
                "a\u202F",
                "a\u2065",
                "a\u206A",
                "\uE000",
                "\uFFFE",
                "Team lead",
                "'); DROP TABLE",
                "${jndi:x}",
                "<script>",
                "null",
                "\uD83D\uDE00"
            })
    void these_are_names_if_their_length_is_right(String name) {
        assertThat(Names.fault(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x09, 0x0A, 0x0D, 0x1F, 0x7F, 0x80, 0x85, 0x9F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D,
                0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xD800, 0xDBFF, 0xDC00, 0xDFFF
            })
    @Tag("B32")
    @Tag("B33")
    @Tag("B34")
    void controls_line_ends_directions_and_lone_surrogates_are_in_no_name(int codePoint) {
        String fault = String.format("has U+%04X at position ", codePoint);
        assertThat(Names.fault(text(codePoint))).isEqualTo(fault + 1);
        assertThat(Names.fault(EMOJI + " " + text(codePoint))).isEqualTo(fault + 3);
    }

    @Test
    void a_longer_text_may_have_line_ends_but_neither_nul_nor_lone_surrogates() {
        assertThat(Names.proseFault("a\r\n\tb\u202E" + EMOJI)).isNull();
        assertThat(Names.proseFault("a\u0000")).isEqualTo("has U+0000");
        assertThat(Names.proseFault("\uDC00a")).isEqualTo("has U+DC00");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x09, 0x0A, 0x0D, 0x20, 0x85, 0xA0, 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x1680, 0x17B4, 0x180B,
                0x180E, 0x2000, 0x2003, 0x200B, 0x200D, 0x2028, 0x202F, 0x205F, 0x2060, 0x2065, 0x206F, 0x2800, 0x3000,
                0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xE0001, 0xE0041, 0xE0100, 0xE01EF
            })
    @Tag("B30")
    void white_space_and_what_shows_nothing_is_blank(int codePoint) {
        assertThat(Names.isBlank(text(codePoint))).isTrue();
        assertThat(Names.isBlank(" " + text(codePoint) + "\u200B")).isTrue();
        assertThat(Names.isBlank(text(codePoint) + "a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", ".", "\u0000", "\u0301", "\uE000", "\uD83D\uDE00", "\uD800", "\u2027"})
    void what_shows_something_is_not_blank(String text) {
        assertThat(Names.isBlank(text)).isFalse();
    }

    @Test
    void the_empty_text_is_blank() {
        assertThat(Names.isBlank("")).isTrue();
    }

    @Provide
    Arbitrary<String> unicodeTexts() {
        Arbitrary<Integer> codePoints = Arbitraries.oneOf(
                Arbitraries.integers().between('a', 'c'),
                Arbitraries.integers().between(0xD7FE, 0xD7FF),
                Arbitraries.integers().between(0xE000, 0xE001),
                Arbitraries.of(0xFFFD, 0xFFFF, 0x10000, 0x10001, 0x103FF, 0x10400, 0x1F600, 0x10FFFF));
        return codePoints.list().ofMaxSize(4).map(list -> {
            StringBuilder text = new StringBuilder();
            list.forEach(text::appendCodePoint);
            return text.toString();
        });
    }

    @Property(tries = 3_000)
    void texts_are_ordered_by_code_points(@ForAll("unicodeTexts") String a, @ForAll("unicodeTexts") String b) {
        int naive = Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
        assertThat(Integer.signum(CodePoints.ORDER.compare(a, b))).isEqualTo(Integer.signum(naive));
    }

    @Test
    void a_character_beyond_the_basic_plane_comes_after_all_others() {
        assertThat(CodePoints.ORDER.compare("\uFFFD", EMOJI)).isNegative();
        assertThat("\uFFFD".compareTo(EMOJI)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "Admin, admin",
        "Admin, ADMIN",
        "Admin, ' Admin '",
        "Admin, Admin\u00A0",
        "Admin, \u3000Admin",
        "Admin, Ad\u200Bmin",
        "Admin, Admin\uFE0F",
        "Admin, A\u00ADdmin",
        "Admin, \uFF21dmin",
        "Caf\u00E9, Cafe\u0301",
        "Caf\u00E9, CAFE\u0301",
        "team lead, 'Team   Lead'",
        "team lead, Team\u2003\u00A0Lead",
        "stra\u00DFe, STRASSE",
        "stra\u00DFe, STRA\u1E9EE",
        "\u03BF\u03B4\u03BF\u03C2, \u039F\u0394\u039F\u03A3",
        "\uFB01le, File",
        "'', '  '"
    })
    @Tag("B37")
    void names_that_look_alike_are_compared_as_the_same(String name, String other) {
        assertThat(Names.comparable(name)).isEqualTo(Names.comparable(other));
    }

    @ParameterizedTest
    @CsvSource({
        "Admin, Admins",
        "Admin, Adm in",
        "Admin, \u0430dmin",
        "team lead, teamlead",
        "Cafe, Caf\u00E9",
        "1, 01",
        "a, ''",
        "a\u2800b, a b",
        "a\u0600b, a b",
        "\u2800, '   '",
    })
    void names_of_other_letters_are_compared_as_different(String name, String other) {
        assertThat(Names.comparable(name)).isNotEqualTo(Names.comparable(other));
    }

    @Test
    void the_form_in_which_names_are_compared_does_not_change_when_it_is_taken_again() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(c -> Character.isDefined(c)
                                && Character.getType(c) != Character.SURROGATE
                                && Character.getType(c) != Character.PRIVATE_USE)
                        .mapToObj(TextTest::text)
                        .map(c -> Names.comparable('a' + c + 'B'))
                        .filter(name -> !Names.comparable(name).equals(name)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "plain `text` \"x\", plain `text` \"x\"",
                "\"a\r\nb\tc\", a\\u{D}\\u{A}b\\u{9}c",
                "\"\u0000\u001B[31m\", \\u{0}\\u{1B}[31m",
                "\"\u007F\u0085\u00A0\u00AD\", \\u{7F}\\u{85}\\u{A0}\\u{AD}",
                "\"\u200B\u202E\u2028\uFEFF\", \\u{200B}\\u{202E}\\u{2028}\\u{FEFF}",
                "\"\uE000\uFFFE\", \\u{E000}\\u{FFFE}",
                "caf\u00E9 \uD83D\uDE00, caf\u00E9 \uD83D\uDE00"
            })
    @Tag("B41")
    void what_could_harm_a_log_or_a_terminal_is_escaped(String text, String shown) {
        assertThat(Messages.printable(text, 80)).isEqualTo(shown);
    }

    @Test
    void lone_surrogates_are_escaped() {
        assertThat(Messages.printable("\uD800", 80)).isEqualTo("\\u{D800}");
        assertThat(Messages.printable("\uDC00\uD83D", 80)).isEqualTo("\\u{DC00}\\u{D83D}");
    }

    @Test
    void a_long_text_is_cut_between_two_characters() {
        assertThat(Messages.printable("x".repeat(80), 80)).isEqualTo("x".repeat(80));
        assertThat(Messages.printable("x".repeat(81), 80)).isEqualTo("x".repeat(80) + "...");
        assertThat(Messages.printable(EMOJI.repeat(81), 80)).isEqualTo(EMOJI.repeat(80) + "...");
        assertThat(Messages.printable("x".repeat(3), 0)).isEqualTo("...");
        assertThat(Messages.printable("", 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "user:raed, user:read",
        "user:rea, user:read",
        "user:readd, user:read",
        "usr:crate, user:create",
        "ab, a",
        "b, a",
        "user, ''",
        "manage, ''",
        "USER:READ, ''",
        "message:create:all, ''"
    })
    void the_nearest_known_name_is_offered_where_one_is_near(String unknown, String suggestion) {
        List<String> known = List.of("a", "user:create", "user:read", "user:update", "message:create");
        assertThat(Suggestions.didYouMean(unknown, known))
                .isEqualTo(suggestion.isEmpty() ? "" : "; did you mean `" + suggestion + "`?");
    }

    @Test
    void of_two_equally_near_names_the_first_is_offered() {
        assertThat(Suggestions.didYouMean("read", List.of("reads", "reap", "rea")))
                .isEqualTo("; did you mean `reads`?");
        assertThat(Suggestions.didYouMean("read", List.of())).isEmpty();
        assertThat(Suggestions.didYouMean("rexx", List.of("re\nxx"))).isEqualTo("; did you mean `re\\u{A}xx`?");
    }

    @Provide
    Arbitrary<String> shortWords() {
        return Arbitraries.strings().withChars('a', 'b').ofMaxLength(10);
    }

    @Property(tries = 2_000)
    void a_name_is_offered_if_few_enough_characters_differ(
            @ForAll("shortWords") String unknown, @ForAll("shortWords") String known) {
        int allowed = Math.min(3, Math.max(1, unknown.length() / 3));
        boolean near = distance(unknown, known) <= allowed;
        assertThat(Suggestions.didYouMean(unknown, List.of(known)).isEmpty()).isNotEqualTo(near);
    }

    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0
                        ? i + j
                        : Math.min(
                                d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1),
                                1 + Math.min(d[i - 1][j], d[i][j - 1]));
            }
        }
        return d[a.length()][b.length()];
    }

    @Test
    void null_is_no_text() {
        assertThatNullPointerException().isThrownBy(() -> Ids.fault(null));
        assertThatNullPointerException().isThrownBy(() -> Names.fault(null));
        assertThatNullPointerException().isThrownBy(() -> Names.isBlank(null));
        assertThatNullPointerException().isThrownBy(() -> Messages.printable(null, 80));
    }
}
