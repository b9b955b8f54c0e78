package io.rbac.table;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row: the number of its owner, and values by key, in ascending order of keys. No value is zero, which means none.
 *
 * <p>Every check reads a row, and there is one per user, so all but the longest are bare arrays without a wrapper.
 */
public final class Row {

    /*
     * Three forms, distinguished by their type:
     *
     * int[]: if the highest key and the highest value fit into 31 bits together. The head holds the owner (OWNER_BITS)
     *        and how many bits a value takes (5 bits); each entry is key << bits | value.
     * long[]: if they do not. The head is the owner; each entry is key << 32 | value.
     * Paged: if there are more than MAX_FLAT entries, each of which is key << 32 | value.
     */

    /** How many bits a value takes at most, so that three fit into a {@code long}. */
    private static final int VALUE_BITS = 21;

    /** The highest value. */
    public static final int MAX_VALUE = (1 << VALUE_BITS) - 1;

    private static final int OWNER_BITS = 27;

    /** The maximum number of owners. */
    public static final int MAX_OWNERS = 1 << OWNER_BITS;

    private static final int MAX_FLAT = 256;

    /** Up to this length, counting entries takes no longer than binary search. */
    private static final int MAX_COUNTED = 48;

    private static final int ENTRY_BITS = 31;

    /** If less than one in this many entries changes, changing them one by one is cheaper than building a new row. */
    private static final int MERGE_SHARE = 64;

    private record Paged(int owner, SortedLongs entries) {}

    private Row() {}

    /** Returns an entry: a key and its value. */
    public static long entry(int key, int value) {
        return (long) key << Integer.SIZE | value;
    }

    /** Returns the key of an entry. */
    public static int key(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    /** Returns the value of an entry. */
    public static int value(long entry) {
        return (int) entry;
    }

    /** Returns the row with the first {@code count} entries, at least one, which must be ascending. */
    public static Object of(int owner, long[] entries, int count) {
        if (count > MAX_FLAT) {
            return new Paged(owner, SortedLongs.of(entries, count));
        }
        int highest = 0;
        for (int i = 0; i < count; i++) {
            highest = Math.max(highest, value(entries[i]));
        }
        int valueBits = bits(highest);
        if (valueBits + bits(key(entries[count - 1])) > ENTRY_BITS) {
            long[] row = new long[count + 1];
            row[0] = owner;
            System.arraycopy(entries, 0, row, 1, count);
            return row;
        }
        int[] row = new int[count + 1];
        row[0] = valueBits << OWNER_BITS | owner;
        for (int i = 0; i < count; i++) {
            row[i + 1] = key(entries[i]) << valueBits | value(entries[i]);
        }
        return row;
    }

    private static int bits(int number) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(number);
    }

    private static int valueBits(int[] row) {
        return row[0] >>> OWNER_BITS;
    }

    /** Returns all entries of a row, in the order of their keys, in a new array. */
    public static long[] entries(Object row) {
        if (row instanceof Paged paged) {
            return paged.entries().toArray();
        }
        if (row instanceof long[] longs) {
            return Arrays.copyOfRange(longs, 1, longs.length);
        }
        int[] ints = (int[]) row;
        int valueBits = valueBits(ints);
        long[] entries = new long[ints.length - 1];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(ints[i + 1] >>> valueBits, ints[i + 1] & (1 << valueBits) - 1);
        }
        return entries;
    }

    /** Returns how many entries a row has. */
    public static int size(Object row) {
        if (row instanceof int[] ints) {
            return ints.length - 1;
        }
        return row instanceof long[] longs
                ? longs.length - 1
                : ((Paged) row).entries().size();
    }

    /** Returns roughly how many bytes a row takes. */
    public static long retainedBytes(Object row) {
        if (row instanceof int[] ints) {
            return 16 + 4L * ints.length;
        }
        return row instanceof long[] longs
                ? 16 + 8L * longs.length
                : 24 + ((Paged) row).entries().retainedBytes();
    }

    /** Returns the number of the owner. */
    public static int owner(Object row) {
        if (row instanceof int[] ints) {
            return ints[0] & MAX_OWNERS - 1;
        }
        return row instanceof long[] longs ? (int) longs[0] : ((Paged) row).owner();
    }

    /** Returns whether a key of this row is found by counting entries rather than by searching. */
    public static boolean isCounted(Object row) {
        return row instanceof int[] ints && ints.length <= MAX_COUNTED;
    }

    /**
     * Returns the values of key zero, of a second and of a third key, for {@link #first}, {@link #second} and {@link
     * #third}.
     *
     * @param isCounted what {@link #isCounted} returns for the row
     * @param second the second key, negative for none
     * @param third the third key
     */
    public static long values(Object row, boolean isCounted, int second, int third) {
        if (isCounted) {
            return countedValues((int[]) row, second, third);
        }
        int atSecond = second < 0 ? 0 : value(row, second);
        return packed(firstValue(row), atSecond, value(row, third));
    }

    private static long packed(long first, long second, long third) {
        return first | second << VALUE_BITS | third << 2 * VALUE_BITS;
    }

    /** Returns the first of three packed values. */
    public static int first(long values) {
        return (int) values & MAX_VALUE;
    }

    /** Returns the second of three packed values. */
    public static int second(long values) {
        return (int) (values >>> VALUE_BITS) & MAX_VALUE;
    }

    /** Returns the third of three packed values. */
    public static int third(long values) {
        return (int) (values >>> 2 * VALUE_BITS) & MAX_VALUE;
    }

    /*
     * The number of entries below the end of a key's range is the position of the key's entry. All entries are counted,
     * because no processor can predict where a search would stop, and a mispredicted branch costs more than reading the
     * rest of the row. A key beyond the 31 bits of an entry leads to some entry of another key, which valueAt rejects.
     */
    private static long countedValues(int[] row, int second, int third) {
        int valueBits = valueBits(row);
        int secondEnd = second + 1 << valueBits;
        int thirdEnd = third + 1 << valueBits;
        int belowSecondEnd = 0;
        int belowThirdEnd = 0;
        for (int i = 1; i < row.length; i++) {
            belowSecondEnd += row[i] - secondEnd >>> 31;
            belowThirdEnd += row[i] - thirdEnd >>> 31;
        }
        return packed(
                valueAt(row, 1, 0),
                valueAt(row, Math.max(1, belowSecondEnd), second),
                valueAt(row, Math.max(1, belowThirdEnd), third));
    }

    /** Returns the value of key zero, or zero if there is none. */
    public static int firstValue(Object row) {
        return row instanceof int[] ints ? valueAt(ints, 1, 0) : value(row, 0);
    }

    /** Returns the value of a key, or zero if there is none. */
    public static int value(Object row, int key) {
        if (row instanceof int[] ints) {
            return value(ints, key);
        }
        if (row instanceof long[] longs) {
            return value(longs, key);
        }
        long entry = ((Paged) row).entries().ceiling(entry(key, 0));
        return entry >= 0 && key(entry) == key ? value(entry) : 0;
    }

    /**
     * Returns what {@link #value} returns, without a branch that depends on the keys. Sooner where several keys are looked
     * up in one row, as the searches overlap.
     */
    public static int valueWithoutBranch(Object row, int key) {
        return row instanceof int[] ints ? valueAt(ints, lastUpTo(ints, key), key) : value(row, key);
    }

    /** Returns the index of the last entry whose key is at most {@code key}, or of the first entry if none is. */
    private static int lastUpTo(int[] row, int key) {
        int valueBits = valueBits(row);
        int index = 1;
        for (int length = row.length - 1; length > 1; ) {
            int half = length >>> 1;
            index += half & (row[index + half] >>> valueBits) - key - 1 >> 31;
            length -= half;
        }
        return index;
    }

    /**
     * Returns the value of a key in each of several rows, none of them null. Batched so that cache misses overlap: a
     * first pass that only looks at the form of the rows fetches all their heads at once.
     */
    public static int[] values(@Nullable Object[] rows, int key) {
        boolean[] areInts = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            areInts[i] = rows[i] instanceof int[];
        }
        int[] values = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            Object row = requireNonNull(rows[i]);
            values[i] = areInts[i] ? value((int[]) row, key) : value(row, key);
        }
        return values;
    }

    private static int value(int[] row, int key) {
        return valueAt(row, Math.min(ceiling(row, key), row.length - 1), key);
    }

    /** Returns the index of the first entry whose key is not below {@code key}, or the length of the row if none is. */
    private static int ceiling(int[] row, int key) {
        int valueBits = valueBits(row);
        int index = 1;
        int above = row.length;
        while (index < above) {
            int middle = index + above >>> 1;
            if (row[middle] >>> valueBits < key) {
                index = middle + 1;
            } else {
                above = middle;
            }
        }
        return index;
    }

    /** Returns the value at an index if its key is {@code key}, which may be negative, or else zero; branch-free. */
    private static int valueAt(int[] row, int index, int key) {
        int valueBits = valueBits(row);
        int other = row[index] >>> valueBits ^ key;
        return row[index] & (1 << valueBits) - 1 & (other - 1 & ~other) >> 31;
    }

    private static int value(long[] row, int key) {
        int index = 1;
        int above = row.length;
        while (index < above) {
            int middle = index + above >>> 1;
            if (key(row[middle]) < key) {
                index = middle + 1;
            } else {
                above = middle;
            }
        }
        return index < row.length && key(row[index]) == key ? value(row[index]) : 0;
    }

    /** Returns the least key above {@code after}, or -1 if there is none. */
    public static int nextKey(Object row, int after) {
        if (row instanceof Paged paged) {
            long entry = after == Integer.MAX_VALUE ? -1 : paged.entries().ceiling(entry(after + 1, 0));
            return entry < 0 ? -1 : key(entry);
        }
        return row instanceof int[] ints ? nextKey(ints, after) : nextKey((long[]) row, after);
    }

    private static int nextKey(int[] row, int after) {
        int valueBits = valueBits(row);
        for (int i = 1; i < row.length; i++) {
            if (row[i] >>> valueBits > after) {
                return row[i] >>> valueBits;
            }
        }
        return -1;
    }

    private static int nextKey(long[] row, int after) {
        for (int i = 1; i < row.length; i++) {
            if (key(row[i]) > after) {
                return key(row[i]);
            }
        }
        return -1;
    }

    /** Returns an editor of a copy of a row, or of a new row if {@code row} is null. */
    public static Editor edit(int owner, @Nullable Object row) {
        return new Editor(owner, row);
    }

    /** Edits a copy of a row. Not thread-safe. */
    public static final class Editor {

        private final int owner;
        private @Nullable Object row;

        /** The changed values by key, zero for a key that is removed. */
        private final NavigableMap<Integer, Integer> changes = new TreeMap<>();

        private Editor(int owner, @Nullable Object row) {
            this.owner = owner;
            this.row = row;
        }

        /** Returns the value of a key, or zero if there is none. */
        public int value(int key) {
            Integer changed = changes.get(key);
            return changed != null ? changed : row == null ? 0 : Row.value(row, key);
        }

        /** Sets the value of a key; zero removes it. */
        public void put(int key, int value) {
            changes.put(key, value);
        }

        /** Returns the row as it is now, or null if no entry is left. Later writes go to copies. */
        public @Nullable Object seal() {
            Object old = row;
            if (old instanceof Paged paged && (long) changes.size() * MERGE_SHARE < Row.size(old)) {
                row = of(owner, changed(paged.entries()));
            } else if (!changes.isEmpty()) {
                row = merged(old == null ? new long[0] : entries(old));
            }
            changes.clear();
            return row;
        }

        private SortedLongs changed(SortedLongs entries) {
            SortedLongs changed = entries;
            for (Map.Entry<Integer, Integer> change : changes.entrySet()) {
                int old = row == null ? 0 : Row.value(row, change.getKey());
                if (old != 0) {
                    changed = changed.without(entry(change.getKey(), old));
                }
                if (change.getValue() != 0) {
                    changed = changed.with(entry(change.getKey(), change.getValue()));
                }
            }
            return changed;
        }

        private static Object of(int owner, SortedLongs entries) {
            return entries.size() > MAX_FLAT / 2
                    ? new Paged(owner, entries)
                    : Row.of(owner, entries.toArray(), entries.size());
        }

        private @Nullable Object merged(long[] entries) {
            long[] merged = new long[entries.length + changes.size()];
            int count = 0;
            int next = 0;
            for (Map.Entry<Integer, Integer> change : changes.entrySet()) {
                int key = change.getKey();
                while (next < entries.length && key(entries[next]) < key) {
                    merged[count++] = entries[next++];
                }
                if (next < entries.length && key(entries[next]) == key) {
                    next++;
                }
                if (change.getValue() != 0) {
                    merged[count++] = entry(key, change.getValue());
                }
            }
            System.arraycopy(entries, next, merged, count, entries.length - next);
            count += entries.length - next;
            return count == 0 ? null : Row.of(owner, merged, count);
        }
    }
}
