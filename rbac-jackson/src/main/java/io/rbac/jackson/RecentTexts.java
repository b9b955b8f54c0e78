package io.rbac.jackson;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Texts that were read lately, so that one which comes again is found here rather than made again. */
final class RecentTexts {

    private static final int SLOTS = 1 << 10;
    private static final int MAX_LENGTH = 256;
    private static final int LAST = 4;

    private final @Nullable String[] texts = new String[SLOTS];

    /** Returns the text that a parser stands at. */
    String text(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length > MAX_LENGTH) {
            return parser.getText();
        }
        char[] chars = parser.getTextCharacters();
        int end = parser.getTextOffset() + length;
        int slot = slot(chars, end - Math.min(length, LAST), end);
        String known = texts[slot];
        if (known != null && isEqual(known, chars, end - length, end)) {
            return known;
        }
        String text = parser.getText();
        texts[slot] = text;
        return text;
    }

    /** By the last characters: of ids that are counted up, or of random digits, those differ most. */
    private static int slot(char[] chars, int from, int end) {
        int hash = 0;
        for (int i = from; i < end; i++) {
            hash = 31 * hash + chars[i];
        }
        return (hash ^ hash >>> 10) & SLOTS - 1;
    }

    private static boolean isEqual(String text, char[] chars, int from, int end) {
        if (text.length() != end - from) {
            return false;
        }
        for (int i = from; i < end; i++) {
            if (text.charAt(i - from) != chars[i]) {
                return false;
            }
        }
        return true;
    }
}
