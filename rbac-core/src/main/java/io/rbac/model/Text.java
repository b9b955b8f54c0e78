package io.rbac.model;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What ids, names and other texts may be (S14, S15), how they are ordered, and how they are shown in a message. */
final class Text {

    static final int MAX_ID_CODE_POINTS = 256;

    private static final int MAX_CANDIDATES = 100_000;
    private static final String CUT = "...";

    /** The order of Unicode code points; {@link String#compareTo} differs from it beyond the basic plane. */
    static final Comparator<String> CODE_POINT_ORDER = Text::compare;

    /*
     * The lists are fixed here and not asked from the JDK, so that an id means the same under every Java release.
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

    /** Letters and symbols that are drawn as nothing at all: fillers and the blank Braille pattern. */
    private static final int[] FILLER = {0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x2800, 0x3164, 0x3164, 0xFFA0, 0xFFA0
    };

    /** Marks and reserved characters that show nothing by themselves but may stand behind another character. */
    private static final int[] INVISIBLE_MARK = {
        0x034F, 0x034F, 0x180B, 0x180D, 0x180F, 0x180F, 0x2065, 0x2065, 0xFE00, 0xFE0F, 0xFFF0, 0xFFF8, 0xE0000, 0xE0FFF
    };

    /** Changes of direction and line ends, which can make a name look like another. */
    private static final int[] REFUSED_IN_NAMES = {0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069};

    private Text() {}

    /** Returns what keeps a text from being an id, or null when nothing does. */
    static @Nullable String idFault(String text) {
        int length = text.length();
        if (length == 0) {
            return "is empty";
        }
        if (length > 2 * MAX_ID_CODE_POINTS || text.codePointCount(0, length) > MAX_ID_CODE_POINTS) {
            return "is longer than " + MAX_ID_CODE_POINTS + " characters";
        }
        boolean blank = true;
        int position = 0;
        for (int i = 0; i < length; ) {
            int c = text.codePointAt(i);
            if (c == ' ') {
                if (i == 0 || i == length - 1 || text.charAt(i - 1) == ' ') {
                    return "has a space that does not stand alone between two other characters, at position "
                            + (position + 1);
                }
            } else if (c < 0x21 || c > 0x7E) {
                if (!isAllowedInIds(c)) {
                    return "has " + name(c) + " at position " + (position + 1);
                }
                blank &= isIn(c, INVISIBLE_MARK);
            } else {
                blank = false;
            }
            i += Character.charCount(c);
            position++;
        }
        return blank ? "is blank" : null;
    }

    private static boolean isAllowedInIds(int c) {
        return c > 0xA0
                && !isSurrogate(c)
                && !isNoncharacter(c)
                && !isPrivateUse(c)
                && !isIn(c, WHITE_SPACE)
                && !isIn(c, FORMAT)
                && !isIn(c, FILLER);
    }

    /** Returns what keeps a text from being a name, its length apart, or null when nothing does. */
    static @Nullable String nameFault(String text) {
        int position = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c < 0x20 || c >= 0x7F && c <= 0x9F || isSurrogate(c) || isIn(c, REFUSED_IN_NAMES)) {
                return "has " + name(c) + " at position " + (position + 1);
            }
            i += Character.charCount(c);
            position++;
        }
        return null;
    }

    /** Returns what keeps a longer text, such as a description, from being stored anywhere, or null. */
    static @Nullable String proseFault(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == 0 || isSurrogate(c)) {
                return "has " + name(c);
            }
            i += Character.charCount(c);
        }
        return null;
    }

    /** Whether a text is nothing but white space and characters that show nothing. */
    static boolean isBlank(String text) {
        return text.codePoints()
                .allMatch(c -> c >= 0x09 && c <= 0x0D
                        || c == ' '
                        || c == 0x85
                        || c == 0xA0
                        || isIn(c, WHITE_SPACE)
                        || isIn(c, FORMAT)
                        || isIn(c, FILLER)
                        || isIn(c, INVISIBLE_MARK));
    }

    static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The form in which names are compared where they must be unique. */
    static String comparableName(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
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

    private static boolean isSurrogate(int c) {
        return c >= 0xD800 && c <= 0xDFFF;
    }

    private static boolean isNoncharacter(int c) {
        return (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
    }

    private static boolean isPrivateUse(int c) {
        return c >= 0xE000 && c <= 0xF8FF || c >= 0xF0000;
    }

    private static boolean isIn(int c, int[] ranges) {
        for (int i = 0; i < ranges.length && ranges[i] <= c; i += 2) {
            if (c <= ranges[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static String name(int c) {
        return String.format(Locale.ROOT, "U+%04X", c);
    }

    /** A text as a message may show it: what could harm a log or a terminal is escaped, what is long is cut. */
    static String printable(String text, int maxCodePoints) {
        StringBuilder shown = new StringBuilder();
        int count = 0;
        for (int i = 0; i < text.length(); count++) {
            if (count == maxCodePoints) {
                return shown.append(CUT).toString();
            }
            int c = text.codePointAt(i);
            boolean plain = c >= 0x20 && c < 0x7F || c > 0xA0 && isAllowedInIds(c);
            if (plain) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u{%X}", c));
            }
            i += Character.charCount(c);
        }
        return shown.toString();
    }

    /** A text of at most so many bytes in UTF-8, cut between two characters where it is longer. */
    static String cut(String text, int maxBytes) {
        int bytes = 0;
        int kept = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            i += Character.charCount(c);
            if (bytes <= maxBytes - CUT.length()) {
                kept = i;
            }
            if (bytes > maxBytes) {
                return text.substring(0, kept) + CUT;
            }
        }
        return text;
    }

    /** The end of a message that names the known name nearest to an unknown one, or the empty text. */
    static String didYouMean(String unknown, Collection<String> known) {
        if (known.size() > MAX_CANDIDATES) {
            return "";
        }
        int allowed = Math.min(3, Math.max(1, unknown.length() / 3));
        String nearest = null;
        int best = allowed + 1;
        for (String candidate : known) {
            int distance = distance(unknown, candidate, best - 1);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest == null ? "" : "; did you mean `" + printable(nearest, MAX_ID_CODE_POINTS) + "`?";
    }

    /** The Levenshtein distance of two texts, or something above {@code limit} when it is above. */
    private static int distance(String a, String b, int limit) {
        if (limit < 0 || Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(previous[j - 1] + change, 1 + Math.min(previous[j], current[j - 1]));
                least = Math.min(least, current[j]);
            }
            if (least > limit) {
                return limit + 1;
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
