package io.rbac.jackson;

import java.util.Arrays;

/** Where the elements of one array of the document stand, and which of them were left out for being unreadable. */
final class Elements {

    private static final int FIRST_CAPACITY = 16;

    private long[] places = new long[FIRST_CAPACITY];
    private int count;
    private int[] omitted = new int[FIRST_CAPACITY];
    private int omittedCount;

    void add(long place) {
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
        }
        places[count++] = place;
    }

    /** Says that the element which was added last is left out. */
    void omit() {
        if (omittedCount == omitted.length) {
            omitted = Arrays.copyOf(omitted, 2 * omittedCount);
        }
        omitted[omittedCount++] = count - 1;
    }

    /** Whether any was left out. */
    boolean isIncomplete() {
        return omittedCount > 0;
    }

    /** The position in the document of the element at this position among those that were not left out. */
    int position(int kept) {
        int low = 0;
        int high = omittedCount;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (omitted[middle] - middle <= kept) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return kept + low;
    }

    /** The place of the element at this position in the document. */
    long place(int position) {
        return position < count ? places[position] : Place.NONE;
    }
}
