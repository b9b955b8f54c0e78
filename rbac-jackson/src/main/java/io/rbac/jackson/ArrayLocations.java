package io.rbac.jackson;

import java.util.Arrays;

/** Where the elements of one array of the document are, and which of them were left out because they are unreadable. */
final class ArrayLocations {

    private static final int INITIAL_CAPACITY = 16;

    private long[] locations = new long[INITIAL_CAPACITY];
    private int count;
    private int[] omitted = new int[INITIAL_CAPACITY];
    private int omittedCount;

    void add(long location) {
        if (count == locations.length) {
            locations = Arrays.copyOf(locations, 2 * count);
        }
        locations[count++] = location;
    }

    /** Leaves out the element that was added last. */
    void omitLast() {
        if (omittedCount == omitted.length) {
            omitted = Arrays.copyOf(omitted, 2 * omittedCount);
        }
        omitted[omittedCount++] = count - 1;
    }

    /** Returns whether any element was left out. */
    boolean isIncomplete() {
        return omittedCount > 0;
    }

    /** Returns the position in the document of an element, given its position among those that were not left out. */
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

    /** Returns the location of the element at a position in the document. */
    long location(int position) {
        return position < count ? locations[position] : TextLocation.NONE;
    }
}
