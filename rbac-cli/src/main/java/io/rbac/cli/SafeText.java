package io.rbac.cli;

import java.util.Locale;

/** Foreign strings of any length, made safe to print on a terminal. */
final class SafeText {

    private SafeText() {}

    /** Returns a string in which everything is escaped that a terminal would interpret instead of showing. */
    static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (isSafe(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u{%X}", c));
            }
            i += Character.charCount(c);
        }
        return shown.toString();
    }

    private static boolean isSafe(int c) {
        return c >= 0x20 && c < 0x7F
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.UNASSIGNED -> false;
                    default -> true;
                };
    }
}
