package io.rbac.test;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What ids and names may be (S14, S15), code point by code point.
 *
 * <p>This class is stateless and thread-safe.
 *
 * @since 0.1
 */
public final class Spelling {
    private static final int MAX_ID_LENGTH = 256;
    private static final int MAX_TEXT_LENGTH = 100_000;

    /** White space above U+0020, as pairs of first and last code point. */
    private static final int[][] WHITE_SPACE = {
        {0x0085, 0x0085},
        {0x00A0, 0x00A0},
        {0x1680, 0x1680},
        {0x2000, 0x200A},
        {0x2028, 0x2028},
        {0x2029, 0x2029},
        {0x202F, 0x202F},
        {0x205F, 0x205F},
        {0x3000, 0x3000},
    };

    /** General category Cf as of Unicode 15.0. */
    private static final int[][] FORMAT = {
        {0x00AD, 0x00AD},
        {0x0600, 0x0605},
        {0x061C, 0x061C},
        {0x06DD, 0x06DD},
        {0x070F, 0x070F},
        {0x0890, 0x0891},
        {0x08E2, 0x08E2},
        {0x180E, 0x180E},
        {0x200B, 0x200F},
        {0x202A, 0x202E},
        {0x2060, 0x2064},
        {0x2066, 0x206F},
        {0xFEFF, 0xFEFF},
        {0xFFF9, 0xFFFB},
        {0x110BD, 0x110BD},
        {0x110CD, 0x110CD},
        {0x13430, 0x1343F},
        {0x1BCA0, 0x1BCA3},
        {0x1D173, 0x1D17A},
        {0xE0001, 0xE0001},
        {0xE0020, 0xE007F},
    };

    /** Letters and symbols that are drawn as nothing. */
    private static final int[][] FILLER = {
        {0x115F, 0x115F},
        {0x1160, 0x1160},
        {0x17B4, 0x17B4},
        {0x17B5, 0x17B5},
        {0x2800, 0x2800},
        {0x3164, 0x3164},
        {0xFFA0, 0xFFA0},
    };

    /** The other default-ignorable code points of Unicode 16. */
    private static final int[][] IGNORABLE = {
        {0x034F, 0x034F},
        {0x180B, 0x180F},
        {0x2065, 0x2065},
        {0xFE00, 0xFE0F},
        {0xFFF0, 0xFFF8},
        {0xE0000, 0xE0FFF},
    };

    /** Default-ignorable code points among the format characters and fillers. */
    private static final int[][] IGNORABLE_FORMAT_AND_FILLER = {
        {0x00AD, 0x00AD},
        {0x061C, 0x061C},
        {0x115F, 0x1160},
        {0x17B4, 0x17B5},
        {0x200B, 0x200F},
        {0x202A, 0x202E},
        {0x2060, 0x206F},
        {0x3164, 0x3164},
        {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0},
        {0x1BCA0, 0x1BCA3},
        {0x1D173, 0x1D17A},
    };

    /** White space up to U+0020. */
    private static final int[][] ASCII_WHITE_SPACE = {{0x0009, 0x000D}, {0x0020, 0x0020}};

    private static final int[][] PRIVATE_USE = {{0xE000, 0xF8FF}, {0xF0000, 0xFFFFD}, {0x100000, 0x10FFFD}};

    /** Not allowed in a name: control characters, line and paragraph separators, directions, lone surrogates. */
    private static final int[][] NOT_IN_A_NAME = {
        {0x0000, 0x001F}, {0x007F, 0x009F}, {0x2028, 0x2029}, {0x202A, 0x202E}, {0x2066, 0x2069}, {0xD800, 0xDFFF},
    };

    private Spelling() {}

    /**
     * Returns whether a string is an id (S14): 1 to 256 code points; none of U+0000-0020 and 007F-00A0, surrogates,
     * noncharacters, private use, white space, format characters, fillers and default-ignorable code points, except
     * single spaces between other characters.
     */
    public static boolean isId(String text) {
        int[] points = text.codePoints().toArray();
        if (points.length < 1 || points.length > MAX_ID_LENGTH) {
            return false;
        }
        for (int i = 0; i < points.length; i++) {
            if (points[i] == ' ') {
                boolean between = i > 0 && i < points.length - 1 && points[i - 1] != ' ' && points[i + 1] != ' ';
                if (!between) {
                    return false;
                }
            } else if (isBarredFromId(points[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBarredFromId(int point) {
        return point <= 0x20
                || (point >= 0x7F && point <= 0xA0)
                || (point >= 0xD800 && point <= 0xDFFF)
                || (point >= 0xFDD0 && point <= 0xFDEF)
                || (point & 0xFFFE) == 0xFFFE
                || isIn(PRIVATE_USE, point)
                || isIn(WHITE_SPACE, point)
                || isIn(FORMAT, point)
                || isIn(FILLER, point)
                || isIn(IGNORABLE, point);
    }

    /** Returns whether a name is blank (S15): nothing but white space and invisible characters, or empty. */
    public static boolean isBlank(String name) {
        return name.codePoints()
                .allMatch(point ->
                        isWhiteSpace(point) || isIn(FORMAT, point) || isIn(FILLER, point) || isIn(IGNORABLE, point));
    }

    private static boolean isWhiteSpace(int point) {
        return isIn(ASCII_WHITE_SPACE, point) || isIn(WHITE_SPACE, point);
    }

    /**
     * Returns the form in which names are compared if they must be unique (S15): Unicode form NFKC without differences
     * in letter case, default-ignorable code points, and white space around words and how much of it is between them.
     */
    public static String comparableName(String name) {
        StringBuilder visible = new StringBuilder();
        name.codePoints()
                .filter(point -> !isIn(IGNORABLE, point) && !isIn(IGNORABLE_FORMAT_AND_FILLER, point))
                .map(point -> isWhiteSpace(point) ? ' ' : point)
                .forEach(visible::appendCodePoint);
        String composed = Normalizer.normalize(visible, Normalizer.Form.NFKC);
        String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return String.join(
                " ",
                Arrays.stream(folded.split(" ")).filter(word -> !word.isEmpty()).toList());
    }

    /**
     * Returns the code of the first violation of the name of a role (S15): missing, blank, too long, invalid; {@code
     * null} if there is none. An empty name is blank unless the rules ask for no character at all; any other name that
     * is too short is invalid.
     *
     * @param name the name; {@code null}: none is given
     */
    public static @Nullable String nameViolation(@Nullable String name, PlainRules rules) {
        if (name == null) {
            return "NAME_MISSING";
        }
        int length = name.codePointCount(0, name.length());
        Integer most = rules.name().max();
        if ((isBlank(name) && !rules.name().blank())
                || (name.isEmpty() && rules.name().min() > 0)) {
            return "NAME_BLANK";
        }
        if (length > MAX_TEXT_LENGTH || (most != null && length > most)) {
            return "NAME_TOO_LONG";
        }
        boolean barred = name.codePoints().anyMatch(point -> isIn(NOT_IN_A_NAME, point));
        return barred || length < rules.name().min() ? "NAME_INVALID" : null;
    }

    /**
     * Compares two strings by their code points, which is not the order of {@link String#compareTo(String)}; the result
     * is negative, zero or positive as {@code left} comes before, equals or comes after {@code right}.
     */
    public static int compare(String left, String right) {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        for (int i = 0; i < a.length && i < b.length; i++) {
            if (a[i] != b[i]) {
                return Integer.compare(a[i], b[i]);
            }
        }
        return Integer.compare(a.length, b.length);
    }

    /**
     * Returns the code of the first violation of the description of a role; {@code null} if there is none.
     *
     * @param description the description; {@code null}: none is given
     */
    static @Nullable String descriptionViolation(@Nullable String description, PlainRules rules) {
        if (description == null) {
            return null;
        }
        Integer most = rules.description().max();
        int length = description.codePointCount(0, description.length());
        if (!rules.description().allowed()) {
            return "DESCRIPTION_UNSUPPORTED";
        }
        return length > MAX_TEXT_LENGTH || (most != null && length > most) ? "DESCRIPTION_TOO_LONG" : null;
    }

    private static boolean isIn(int[][] ranges, int point) {
        for (int[] range : ranges) {
            if (point >= range[0] && point <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
