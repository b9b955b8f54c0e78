package io.rbac.text;

import java.util.Locale;

/** Makes foreign strings fit for messages. */
public final class Messages {

    private static final String CUT = "...";

    private Messages() {}

    /**
     * Returns a string in a form that is safe in a message: what could harm a log or a terminal is escaped, and what is
     * beyond {@code maxCodePoints} is cut off.
     */
    public static String printable(String text, int maxCodePoints) {
        StringBuilder shown = new StringBuilder();
        int count = 0;
        for (int i = 0; i < text.length(); count++) {
            if (count == maxCodePoints) {
                return shown.append(CUT).toString();
            }
            int c = text.codePointAt(i);
            boolean plain = c >= 0x20 && c < 0x7F || c > 0xA0 && CodePoints.isAllowedInIds(c);
            if (plain) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u{%X}", c));
            }
            i += Character.charCount(c);
        }
        return shown.toString();
    }

    /** Returns a string of at most {@code maxBytes} bytes in UTF-8; a longer one is cut between two characters. */
    public static String cut(String text, int maxBytes) {
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
}
