package io.rbac.table;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Ascending lists of ordinals, such as the users of a target or the targets that lie in another one. There may be millions of lists, so
 * a short one is a bare {@code int[]} without a wrapper; a long one is paged.
 */
public final class Ordinals {

    static final int MAX_FLAT = 256;

    /** If less than one in this many ordinals changes, changing them one by one is cheaper than building a new list. */
    private static final int MERGE_SHARE = 64;

    private static final int[] NONE = {};

    private Ordinals() {}

    /** Returns the empty list. */
    public static Object none() {
        return NONE;
    }

    /** Returns the list of the ordinals at {@code from} inclusive to {@code to} exclusive, which must be ascending. */
    public static Object of(int[] ascending, int from, int to) {
        if (from == to) {
            return NONE;
        }
        if (to - from <= MAX_FLAT) {
            return Arrays.copyOfRange(ascending, from, to);
        }
        long[] numbers = new long[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ascending[from + i];
        }
        return SortedLongs.of(numbers, numbers.length);
    }

    /** Returns how many ordinals there are. */
    public static int size(Object ordinals) {
        return ordinals instanceof int[] flat ? flat.length : ((SortedLongs) ordinals).size();
    }

    /** Returns all ordinals, in an array that must not be written to. */
    public static int[] toArray(Object ordinals) {
        return ordinals instanceof int[] flat
                ? flat
                : Arrays.stream(((SortedLongs) ordinals).toArray())
                        .mapToInt(number -> (int) number)
                        .toArray();
    }

    /** Returns the least ordinal above {@code after}, or -1 if there is none. */
    public static int next(Object ordinals, int after) {
        if (!(ordinals instanceof int[] flat)) {
            return (int) ((SortedLongs) ordinals).ceiling(after + 1L);
        }
        int index = Arrays.binarySearch(flat, after);
        int from = index >= 0 ? index + 1 : -index - 1;
        return from < flat.length ? flat[from] : -1;
    }

    private static boolean contains(Object ordinals, int ordinal) {
        return next(ordinals, ordinal - 1) == ordinal;
    }

    /** Returns roughly how many bytes a list takes. */
    public static long retainedBytes(Object ordinals) {
        return ordinals instanceof int[] flat ? 16 + 4L * flat.length : ((SortedLongs) ordinals).retainedBytes();
    }

    /** Returns an editor of a copy of a list. */
    public static Editor edit(Object ordinals) {
        return new Editor(ordinals);
    }

    /** Edits a copy of a list. Not thread-safe. */
    public static final class Editor {

        private Object ordinals;

        /** The changed ordinals: true if added, false if removed. */
        private final NavigableMap<Integer, Boolean> changes = new TreeMap<>();

        private Editor(Object ordinals) {
            this.ordinals = ordinals;
        }

        /** Adds an ordinal if it is missing. */
        public void add(int ordinal) {
            changes.put(ordinal, true);
        }

        /** Removes an ordinal if it is present. */
        public void remove(int ordinal) {
            changes.put(ordinal, false);
        }

        /** Returns all ordinals as they are now, in an array that must not be written to. */
        public int[] toArray() {
            return Ordinals.toArray(seal());
        }

        /** Returns the list as it is now. Later writes go to copies. */
        public Object seal() {
            if (ordinals instanceof SortedLongs paged && (long) changes.size() * MERGE_SHARE < paged.size()) {
                ordinals = of(changed(paged));
            } else if (!changes.isEmpty()) {
                ordinals = merged(Ordinals.toArray(ordinals));
            }
            changes.clear();
            return ordinals;
        }

        private SortedLongs changed(SortedLongs paged) {
            SortedLongs changed = paged;
            for (Map.Entry<Integer, Boolean> change : changes.entrySet()) {
                int ordinal = change.getKey();
                if (contains(paged, ordinal) != change.getValue()) {
                    changed = change.getValue() ? changed.with(ordinal) : changed.without(ordinal);
                }
            }
            return changed;
        }

        private static Object of(SortedLongs paged) {
            return paged.size() > MAX_FLAT / 2 ? paged : Ordinals.toArray(paged);
        }

        private Object merged(int[] flat) {
            int[] merged = new int[flat.length + changes.size()];
            int count = 0;
            int next = 0;
            for (Map.Entry<Integer, Boolean> change : changes.entrySet()) {
                int ordinal = change.getKey();
                while (next < flat.length && flat[next] < ordinal) {
                    merged[count++] = flat[next++];
                }
                if (next < flat.length && flat[next] == ordinal) {
                    next++;
                }
                if (change.getValue()) {
                    merged[count++] = ordinal;
                }
            }
            System.arraycopy(flat, next, merged, count, flat.length - next);
            return Ordinals.of(merged, 0, count + flat.length - next);
        }
    }
}
