package io.rbac.test;

import org.jspecify.annotations.Nullable;

/**
 * How ids and names are spelled (S14, S15), code point by code point. Stateless and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Spelling {
    private static final int MOST_CODE_POINTS_OF_AN_ID = 256;

    /** White space beyond the code points up to U+0020, as pairs of first and last. */
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

    /** Letters and signs that are drawn as nothing. */
    private static final int[][] FILLER = {
        {0x115F, 0x115F},
        {0x1160, 0x1160},
        {0x17B4, 0x17B4},
        {0x17B5, 0x17B5},
        {0x2800, 0x2800},
        {0x3164, 0x3164},
        {0xFFA0, 0xFFA0},
    };

    /** What else shows nothing by itself. */
    private static final int[][] INVISIBLE = {
        {0x0009, 0x000D},
        {0x0020, 0x0020},
        {0x034F, 0x034F},
        {0x180B, 0x180D},
        {0x180F, 0x180F},
        {0x2065, 0x2065},
        {0xFE00, 0xFE0F},
        {0xFFF0, 0xFFF8},
        {0xE0000, 0xE0FFF},
    };

    private static final int[][] PRIVATE_USE = {{0xE000, 0xF8FF}, {0xF0000, 0xFFFFD}, {0x100000, 0x10FFFD}};

    /** What no name contains: control characters, line and paragraph separators, directions, lone surrogates. */
    private static final int[][] NOT_IN_A_NAME = {
        {0x0000, 0x001F}, {0x007F, 0x009F}, {0x2028, 0x2029}, {0x202A, 0x202E}, {0x2066, 0x2069}, {0xD800, 0xDFFF},
    };

    private Spelling() {}

    /**
     * Whether a text is an id (S14): 1 to 256 code points; nothing of U+0000-0020 and 007F-00A0, no surrogate, no
     * noncharacter, no private use, no white space, no format character, no filler; but single spaces between other
     * characters. A text of which nothing would be seen is none.
     *
     * @param text the text
     * @return whether it may be the id of an account, user, role, team or chat
     * @since 0.1
     */
    public static boolean isId(String text) {
        int[] points = text.codePoints().toArray();
        if (points.length < 1 || points.length > MOST_CODE_POINTS_OF_AN_ID) {
            return false;
        }
        for (int i = 0; i < points.length; i++) {
            if (points[i] == ' ') {
                boolean between = i > 0 && i < points.length - 1 && points[i - 1] != ' ' && points[i + 1] != ' ';
                if (!between) {
                    return false;
                }
            } else if (isBarredFromIds(points[i])) {
                return false;
            }
        }
        return !isBlank(text);
    }

    private static boolean isBarredFromIds(int point) {
        return point <= 0x20
                || (point >= 0x7F && point <= 0xA0)
                || (point >= 0xD800 && point <= 0xDFFF)
                || (point >= 0xFDD0 && point <= 0xFDEF)
                || (point & 0xFFFE) == 0xFFFE
                || isIn(PRIVATE_USE, point)
                || isIn(WHITE_SPACE, point)
                || isIn(FORMAT, point)
                || isIn(FILLER, point);
    }

    /**
     * Whether a name is blank (S15): nothing but white space and invisible characters; the empty name is.
     *
     * @param name the name
     * @return whether nobody would see it
     * @since 0.1
     */
    public static boolean isBlank(String name) {
        return name.codePoints()
                .allMatch(point -> isIn(WHITE_SPACE, point)
                        || isIn(FORMAT, point)
                        || isIn(FILLER, point)
                        || isIn(INVISIBLE, point));
    }

    /**
     * What is wrong with the name of a role (S15): the first in the order missing, blank, too long, invalid. An empty
     * name is blank unless the rules ask for no character at all; another name that is too short is invalid.
     *
     * @param name the name, {@code null} when there is none
     * @param rules the rules of the policy
     * @return the code of the violation; {@code null}: the name is right
     * @since 0.1
     */
    public static @Nullable String nameProblem(@Nullable String name, SketchRules rules) {
        if (name == null) {
            return "NAME_MISSING";
        }
        int length = name.codePointCount(0, name.length());
        Integer most = rules.name().max();
        if ((isBlank(name) && !rules.name().blank())
                || (name.isEmpty() && rules.name().min() > 0)) {
            return "NAME_BLANK";
        }
        if (most != null && length > most) {
            return "NAME_TOO_LONG";
        }
        boolean barred = name.codePoints().anyMatch(point -> isIn(NOT_IN_A_NAME, point));
        return barred || length < rules.name().min() ? "NAME_INVALID" : null;
    }

    /**
     * Compares two texts by their code points, which is not the order of {@link String#compareTo(String)}.
     *
     * @param left a text
     * @param right a text
     * @return negative, zero or positive as {@code left} comes before, is, or comes after {@code right}
     * @since 0.1
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

    private static boolean isIn(int[][] ranges, int point) {
        for (int[] range : ranges) {
            if (point >= range[0] && point <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
