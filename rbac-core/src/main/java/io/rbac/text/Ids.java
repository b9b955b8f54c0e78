package io.rbac.text;

import org.jspecify.annotations.Nullable;

/** The rules for ids (S14). */
public final class Ids {

    /** The maximum number of code points of an id. */
    public static final int MAX_CODE_POINTS = 256;

    private Ids() {}

    /** Returns what keeps a string from being an id, or null if nothing does. */
    public static @Nullable String fault(String text) {
        int length = text.length();
        if (length == 0) {
            return "is empty";
        }
        if (length > 2 * MAX_CODE_POINTS || text.codePointCount(0, length) > MAX_CODE_POINTS) {
            return "is longer than " + MAX_CODE_POINTS + " characters";
        }
        int position = 0;
        for (int i = 0; i < length; ) {
            int c = text.codePointAt(i);
            if (c == ' ') {
                if (i == 0 || i == length - 1 || text.charAt(i - 1) == ' ') {
                    return "has a space that does not stand alone between two other characters, at position "
                            + (position + 1);
                }
            } else if (c < 0x21 || c > 0x7E) {
                if (!CodePoints.isAllowedInIds(c)) {
                    return "has " + CodePoints.name(c) + " at position " + (position + 1);
                }
            }
            i += Character.charCount(c);
            position++;
        }
        return null;
    }
}
