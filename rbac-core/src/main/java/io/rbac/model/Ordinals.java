package io.rbac.model;

import java.util.Arrays;

/**
 * Ascending lists of ordinals: the users of a target, the chats of a team. There is one for each of half a million
 * targets, so a short list is a plain {@code int[]} without an object around it; a long one is paged.
 */
final class Ordinals {

    static final int MAX_FLAT = 256;
    private static final int[] NONE = {};

    private Ordinals() {}

    /** Returns the empty list. */
    static Object none() {
        return NONE;
    }

    /** Returns the list of the ordinals from {@code from} up to {@code to}, which ascend. */
    static Object of(int[] ascending, int from, int to) {
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

    static int size(Object ordinals) {
        return ordinals instanceof int[] flat ? flat.length : ((SortedLongs) ordinals).size();
    }

    /** Returns all ordinals, to be read only. */
    static int[] toArray(Object ordinals) {
        return ordinals instanceof int[] flat
                ? flat
                : Arrays.stream(((SortedLongs) ordinals).toArray())
                        .mapToInt(number -> (int) number)
                        .toArray();
    }

    /** Returns the least ordinal above {@code after}, -1 if there is none. */
    static int next(Object ordinals, int after) {
        if (!(ordinals instanceof int[] flat)) {
            return (int) ((SortedLongs) ordinals).ceiling(after + 1L);
        }
        int from = indexOf(flat, after);
        from += from < flat.length && flat[from] == after ? 1 : 0;
        return from < flat.length ? flat[from] : -1;
    }

    private static int indexOf(int[] flat, int ordinal) {
        int index = Arrays.binarySearch(flat, ordinal);
        return index >= 0 ? index : -index - 1;
    }

    /** Returns a list with an ordinal that is not in it. */
    static Object with(Object ordinals, int ordinal) {
        if (ordinals instanceof SortedLongs paged) {
            return paged.with(ordinal);
        }
        int[] flat = (int[]) ordinals;
        int index = indexOf(flat, ordinal);
        int[] longer = Arrays.copyOf(flat, flat.length + 1);
        System.arraycopy(flat, index, longer, index + 1, flat.length - index);
        longer[index] = ordinal;
        return of(longer, 0, longer.length);
    }

    /** Returns a list without an ordinal that is in it. */
    static Object without(Object ordinals, int ordinal) {
        if (ordinals instanceof SortedLongs paged) {
            SortedLongs shorter = paged.without(ordinal);
            return shorter.size() > MAX_FLAT / 2 ? shorter : toArray(shorter);
        }
        int[] flat = (int[]) ordinals;
        int index = indexOf(flat, ordinal);
        int[] shorter = Arrays.copyOf(flat, flat.length - 1);
        System.arraycopy(flat, index + 1, shorter, index, shorter.length - index);
        return shorter;
    }

    /** About how many bytes a list takes. */
    static long retainedBytes(Object ordinals) {
        return ordinals instanceof int[] flat ? 16 + 4L * flat.length : ((SortedLongs) ordinals).retainedBytes();
    }
}
