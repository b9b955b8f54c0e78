package io.rbac.text;

import java.util.Collection;

/** Finds the known name that is nearest to an unknown one. */
public final class Suggestions {

    /** Nothing is suggested among more names than this, so that a message stays cheap whoever chose the names. */
    private static final int MAX_CANDIDATES = 10_000;

    private static final int MAX_DISTANCE = 3;

    private Suggestions() {}

    /** Returns the end of a message that suggests the known name nearest to an unknown one, empty if none is near. */
    public static String didYouMean(String unknown, Collection<String> known) {
        if (known.size() > MAX_CANDIDATES) {
            return "";
        }
        int best = Math.min(MAX_DISTANCE, Math.max(1, unknown.length() / 3)) + 1;
        String nearest = null;
        for (String candidate : known) {
            int distance = distance(unknown, candidate, best - 1);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest == null ? "" : "; did you mean `" + Messages.printable(nearest, Ids.MAX_CODE_POINTS) + "`?";
    }

    /*
     * The Levenshtein distance (Wagner, Fischer, 1974), or any number above the limit if the distance is above it.
     * Common prefixes and suffixes are cut off first. Only the diagonals of the table within the limit are filled
     * (Ukkonen, 1985), so that the cost is the length times the limit.
     */
    static int distance(String a, String b, int limit) {
        if (limit < 0 || Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int start = 0;
        int endOfA = a.length();
        int endOfB = b.length();
        while (start < Math.min(endOfA, endOfB) && a.charAt(start) == b.charAt(start)) {
            start++;
        }
        while (endOfA > start && endOfB > start && a.charAt(endOfA - 1) == b.charAt(endOfB - 1)) {
            endOfA--;
            endOfB--;
        }
        return bandedDistance(a.substring(start, endOfA), b.substring(start, endOfB), limit);
    }

    private static int bandedDistance(String a, String b, int limit) {
        int beyond = limit + 1;
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = Math.min(j, beyond);
        }
        for (int i = 1; i <= a.length(); i++) {
            int from = Math.max(1, i - limit);
            int to = Math.min(b.length(), i + limit);
            current[from - 1] = from == 1 ? Math.min(i, beyond) : beyond;
            int least = current[from - 1];
            for (int j = from; j <= to; j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int above = j <= i - 1 + limit ? previous[j] : beyond;
                current[j] = Math.min(beyond, Math.min(previous[j - 1] + change, 1 + Math.min(above, current[j - 1])));
                least = Math.min(least, current[j]);
            }
            if (least >= beyond) {
                return beyond;
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
