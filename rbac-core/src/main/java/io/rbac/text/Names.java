package io.rbac.text;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules for names and descriptions (S15). */
public final class Names {

    /** Line separators and bidirectional controls, which can make one name look like another. */
    private static final int[] REFUSED_IN_NAMES = {0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069};

    /** The maximum number of code points of a name or a description, whatever the rules allow. */
    public static final int MAX_CODE_POINTS = 100_000;

    private Names() {}

    /** Returns what keeps a string from being a name, apart from its length, or null if nothing does. */
    public static @Nullable String fault(String text) {
        int position = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c < 0x20
                    || c >= 0x7F && c <= 0x9F
                    || CodePoints.isSurrogate(c)
                    || CodePoints.isIn(c, REFUSED_IN_NAMES)) {
                return "has " + CodePoints.name(c) + " at position " + (position + 1);
            }
            i += Character.charCount(c);
            position++;
        }
        return null;
    }

    /** Returns what keeps a longer string, such as a description, from being stored, or null if nothing does. */
    public static @Nullable String proseFault(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == 0 || CodePoints.isSurrogate(c)) {
                return "has " + CodePoints.name(c);
            }
            i += Character.charCount(c);
        }
        return null;
    }

    /** Returns whether a string has nothing but white space and invisible characters. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(CodePoints::isBlank);
    }

    /**
     * Returns the form in which names are compared if they must be unique: without differences in compatibility
     * variants, letter case, invisible characters, and the amount of white space.
     */
    public static String comparable(String name) {
        StringBuilder visible = new StringBuilder(name.length());
        name.codePoints().filter(c -> !CodePoints.isIgnorable(c)).forEach(visible::appendCodePoint);
        // Upper case in between, so that letters that differ only in lower case, such as the two sigmas, become equal;
        // lower
        // case first, as the upper case of a capital sharp s is not that of the small one.
        String folded = Normalizer.normalize(visible, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        StringBuilder collapsed = new StringBuilder(folded.length());
        boolean pendingSpace = false;
        for (int c :
                Normalizer.normalize(folded, Normalizer.Form.NFKC).codePoints().toArray()) {
            if (CodePoints.isWhiteSpace(c)) {
                pendingSpace = !collapsed.isEmpty();
            } else {
                collapsed.append(pendingSpace ? " " : "").appendCodePoint(c);
                pendingSpace = false;
            }
        }
        return collapsed.toString();
    }
}
