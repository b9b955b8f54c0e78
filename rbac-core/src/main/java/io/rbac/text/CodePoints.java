package io.rbac.text;

import java.util.Comparator;
import java.util.Locale;

/** Kinds of code points, and the order of strings by code points. */
public final class CodePoints {

    /** The order by code points; {@link String#compareTo} differs from it beyond the basic multilingual plane. */
    public static final Comparator<String> ORDER = CodePoints::compare;

    /*
     * The lists are fixed here rather than taken from the JDK, so that an id means the same under every Java release.
     * Each array holds ranges: first, last, first, last, in ascending order.
     */
    private static final int[] WHITE_SPACE = {
        0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000
    };

    /** General category Cf of Unicode 15. */
    private static final int[] FORMAT = {
        0x00AD, 0x00AD, 0x0600, 0x0605, 0x061C, 0x061C, 0x06DD, 0x06DD, 0x070F, 0x070F, 0x0890, 0x0891, 0x08E2, 0x08E2,
        0x180E, 0x180E, 0x200B, 0x200F, 0x202A, 0x202E, 0x2060, 0x2064, 0x2066, 0x206F, 0xFEFF, 0xFEFF, 0xFFF9, 0xFFFB,
        0x110BD, 0x110BD, 0x110CD, 0x110CD, 0x13430, 0x1343F, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0001, 0xE0001,
        0xE0020, 0xE007F
    };

    /** Letters and symbols without a visible glyph: fillers and the blank Braille pattern. */
    private static final int[] FILLER = {0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x2800, 0x3164, 0x3164, 0xFFA0, 0xFFA0
    };

    /** Default-ignorable characters of Unicode 16: invisible by themselves. */
    private static final int[] DEFAULT_IGNORABLE = {
        0x00AD, 0x00AD, 0x034F, 0x034F, 0x061C, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F,
        0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFF8,
        0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
    };

    private CodePoints() {}

    /** Returns how many code points a string has. */
    public static int count(String text) {
        return text.codePointCount(0, text.length());
    }

    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xBeyond = Character.isSurrogate(x);
                return xBeyond == Character.isSurrogate(y) ? x - y : xBeyond ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }

    /** Returns whether ids may have a code point beyond ASCII; false within ASCII. */
    static boolean isAllowedInIds(int c) {
        return c > 0xA0
                && !isSurrogate(c)
                && !isNoncharacter(c)
                && !isPrivateUse(c)
                && !isIn(c, WHITE_SPACE)
                && !isIn(c, FORMAT)
                && !isIn(c, FILLER)
                && !isIn(c, DEFAULT_IGNORABLE);
    }

    /** Returns whether a code point is default-ignorable. */
    static boolean isIgnorable(int c) {
        return isIn(c, DEFAULT_IGNORABLE);
    }

    /** Returns whether a code point is white space. */
    static boolean isWhiteSpace(int c) {
        return c >= 0x09 && c <= 0x0D || c == ' ' || c == 0x85 || c == 0xA0 || isIn(c, WHITE_SPACE);
    }

    /** Returns whether a code point is white space or invisible. */
    static boolean isBlank(int c) {
        return isWhiteSpace(c) || isIn(c, FORMAT) || isIn(c, FILLER) || isIn(c, DEFAULT_IGNORABLE);
    }

    static boolean isSurrogate(int c) {
        return c >= 0xD800 && c <= 0xDFFF;
    }

    private static boolean isNoncharacter(int c) {
        return (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
    }

    private static boolean isPrivateUse(int c) {
        return c >= 0xE000 && c <= 0xF8FF || c >= 0xF0000;
    }

    static boolean isIn(int c, int[] ranges) {
        for (int i = 0; i < ranges.length && ranges[i] <= c; i += 2) {
            if (c <= ranges[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** Returns a code point in the form {@code U+00E9}. */
    static String name(int c) {
        return String.format(Locale.ROOT, "U+%04X", c);
    }
}
