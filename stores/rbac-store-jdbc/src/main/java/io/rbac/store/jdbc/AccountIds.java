package io.rbac.store.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Strings that may be ids: no other reaches the database. */
final class AccountIds {

    /** The most chars of an id: each of its code points may take two. */
    private static final int MAX_CHARS = 2 * 256;

    /** The first code point that is greater than all surrogates. No id has it. */
    private static final String AFTER_SURROGATES = "\uE000";

    private AccountIds() {}

    /** Returns whether a string may be an id: it is short enough, and has no U+0000 and no lone surrogate. */
    static boolean mayBe(String id) {
        return id.length() <= MAX_CHARS && faultAt(id) == id.length();
    }

    /** Returns those that may be ids, once each. */
    static List<String> of(Iterable<String> strings) {
        Set<String> ids = new LinkedHashSet<>();
        for (String string : strings) {
            if (mayBe(string)) {
                ids.add(string);
            }
        }
        return new ArrayList<>(ids);
    }

    /** Returns a string that the database can compare ids with: the same ids are greater than it. */
    static String lowerBound(String string) {
        int fault = faultAt(string);
        if (fault == string.length()) {
            return string;
        }
        String before = string.substring(0, fault);
        return string.charAt(fault) == 0 ? before : before + AFTER_SURROGATES;
    }

    /** Returns the position of the first U+0000 or lone surrogate, the length if there is none. */
    private static int faultAt(String string) {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < string.length()
                    && Character.isLowSurrogate(string.charAt(i + 1));
            if (isPair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return i;
            }
        }
        return string.length();
    }
}
