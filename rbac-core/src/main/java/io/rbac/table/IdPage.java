package io.rbac.table;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A page of an {@link IdTable}: ids and values, each in the one slot where it is looked for. Only the editor that created a
 * page changes it.
 */
final class IdPage {

    /*
     * Hash and displace (Pagh, 1999). Some bits of an id's hash select a bucket; other bits, times the odd number that the
     * bucket's seed stands for, the id's slot. So one look finds an id or tells that it has no slot here.
     *
     * If the slot of a new id is taken, its bucket gets another seed, with which all its ids have free slots. If none does
     * that, as for equal hashes, or the bucket or the page is full, the id goes to the overflow: a table under the seeded
     * hash. There are at most MAX_SEEDS seeds and MAX_BUCKET ids in a bucket, so the looks at slots for each new id are
     * bounded, whatever the ids are.
     *
     * An overflow may have overflows. They come to an end: the first id of an empty page always gets a slot, so an id goes
     * to the overflow only while another one has a slot of the page, and there are never more levels than ids.
     */
    static final int MAX_SLOTS = 512;

    /** How many ids get slots: so many that most seeds still lead to free ones. */
    static final int MAX_IDS = MAX_SLOTS * 5 / 8;

    private static final int SLOT_SHIFT = Integer.SIZE - 9;

    /** There are 128 buckets or fewer, so that a page's seeds take two cache lines and a bucket's number is a byte. */
    private static final int SLOTS_PER_BUCKET = 4;

    private static final int MAX_BUCKET = 16;
    private static final int MAX_SEEDS = 128;

    /** How many seeds are tried if the page has an overflow already: then its ids may be such that no seed helps. */
    private static final int FEW_SEEDS = 16;

    /** Stands for the seed of a bucket that never had an id, and for the bucket of a free slot. */
    private static final byte NONE = -1;

    private final byte[] seeds;

    /** The bucket of the id in each slot: an edit finds the ids of a bucket by it. */
    private final byte[] buckets;

    /** The overflow, nothing, then the id and the value of each slot, two by two, so that both are in one cache line. */
    private final @Nullable Object[] slots;

    /** Marks the editor that may change this page, null if none may. */
    private final @Nullable Object owner;

    private IdPage(byte[] seeds, byte[] buckets, @Nullable Object[] slots, @Nullable Object owner) {
        this.seeds = seeds;
        this.buckets = buckets;
        this.slots = slots;
        this.owner = owner;
    }

    /** Returns the page of some entries. */
    static IdPage of(IdEntries entries, int[] order, int from, int to, int slotCount, @Nullable Object owner) {
        byte[] seeds = new byte[slotCount / SLOTS_PER_BUCKET];
        byte[] buckets = new byte[slotCount];
        Arrays.fill(seeds, NONE);
        Arrays.fill(buckets, NONE);
        IdPage page = new IdPage(seeds, buckets, new Object[2 * slotCount + 2], owner);
        page.placeAll(entries, order, from, to);
        return page;
    }

    /** Returns how many slots the only page of a table of this many ids should have. */
    static int slotCount(int ids) {
        int slots = Integer.highestOneBit(Math.max(2, ids + ids / 2 + ids / 8)) << 1;
        return Math.min(slots, MAX_SLOTS);
    }

    IdPage copy(Object newOwner) {
        return new IdPage(seeds.clone(), buckets.clone(), slots.clone(), newOwner);
    }

    private int bucketOf(long hash) {
        return (int) (hash >>> Integer.SIZE) & seeds.length - 1;
    }

    private int slotOf(long hash, int seed) {
        return (int) hash * (2 * seed + 1) >>> SLOT_SHIFT & SLOTS_PER_BUCKET * seeds.length - 1;
    }

    private int slotOf(long hash) {
        return slotOf(hash, seeds[bucketOf(hash)]);
    }

    private @Nullable Object id(int slot) {
        return slots[2 * slot + 2];
    }

    private @Nullable Object value(int slot) {
        return slots[2 * slot + 3];
    }

    private void set(int slot, @Nullable String id, @Nullable Object value) {
        slots[2 * slot + 2] = id;
        slots[2 * slot + 3] = value;
    }

    /** Returns the ids without slots, or null if there are none. */
    @SuppressWarnings("unchecked") // nothing else is put there
    private @Nullable IdTable<Object> overflow() {
        return (IdTable<Object>) slots[0];
    }

    @SuppressWarnings("ReferenceEquality") // owners are compared by identity
    boolean isOwnedBy(Object other) {
        return owner == other;
    }

    int slotCount() {
        return buckets.length;
    }

    boolean isFull() {
        return count() >= room();
    }

    /** Returns how many ids may have slots. */
    private int room() {
        return buckets.length * 5 / 8;
    }

    private int count() {
        int count = 0;
        for (byte bucket : buckets) {
            count += bucket == NONE ? 0 : 1;
        }
        return count;
    }

    int size() {
        IdTable<Object> overflow = overflow();
        return overflow == null ? count() : count() + overflow.size();
    }

    /** Returns the value of an id, or null if this page does not have it. */
    @Nullable
    Object get(long hash, String id) {
        int slot = slotOf(hash);
        if (id.equals(id(slot))) {
            return value(slot);
        }
        IdTable<Object> overflow = overflow();
        return overflow == null ? null : overflow.get(id);
    }

    /** Returns the id in the only slot where one with this hash may be, or null if it is free. */
    @Nullable
    Object likelyId(long hash) {
        return id(slotOf(hash));
    }

    /** Returns the value beside it. */
    @Nullable
    Object likelyValue(long hash) {
        return value(slotOf(hash));
    }

    /** Copies all ids and values into arrays, and returns where they end. */
    int copyTo(String[] ids, @Nullable Object[] values, int start) {
        int end = start;
        for (int slot = 0; slot < buckets.length; slot++) {
            if (buckets[slot] != NONE) {
                ids[end] = (String) requireNonNull(id(slot));
                values[end++] = value(slot);
            }
        }
        IdTable<Object> overflow = overflow();
        return overflow == null ? end : overflow.copyTo(ids, values, end);
    }

    /** Replaces the value of an id. Returns false, without doing so, if this page does not have the id. */
    boolean replace(long hash, String id, Object value) {
        int slot = slotOf(hash);
        if (id.equals(id(slot))) {
            set(slot, id, value);
            return true;
        }
        IdTable<Object> overflow = overflow();
        if (overflow == null || overflow.get(id) == null) {
            return false;
        }
        slots[0] = overflow.with(id, value);
        return true;
    }

    /** Adds an id that this page, which is not full, does not have. */
    void add(long hash, String id, Object value, boolean seeded) {
        if (!place(hash, id, value, seeded)) {
            addToOverflow(id, value);
        }
    }

    /** Adds an id that this page does not have without giving it a slot. */
    void addToOverflow(String id, Object value) {
        IdTable<Object> overflow = overflow();
        slots[0] = overflow == null
                ? IdTable.of(new IdEntries(new String[] {id}, new Object[] {value}, true))
                : overflow.with(id, value);
    }

    /** Removes an id of this page. */
    void remove(long hash, String id) {
        int slot = slotOf(hash);
        IdTable<Object> overflow = overflow();
        if (id.equals(id(slot))) {
            clear(slot);
        } else if (overflow != null) {
            slots[0] = overflow.size() == 1 ? null : overflow.without(id);
        }
    }

    private void placeAll(IdEntries entries, int[] order, int from, int to) {
        int[] sorted = sortedByBucket(entries, order, from, to);
        int[] bucket = new int[MAX_BUCKET];
        int room = room();
        int rest = 0;
        for (int next = 0; next < sorted.length; ) {
            int number = bucketOf(entries.hash(sorted[next]));
            int size = 0;
            for (; next < sorted.length && bucketOf(entries.hash(sorted[next])) == number; next++) {
                if (size < MAX_BUCKET && isSeparable(entries, bucket, size, sorted[next])) {
                    bucket[size++] = sorted[next];
                } else {
                    sorted[rest++] = sorted[next];
                }
            }
            int placed = place(entries, bucket, Math.min(size, room), rest == 0 ? MAX_SEEDS : FEW_SEEDS);
            room -= placed;
            for (int i = placed; i < size; i++) {
                sorted[rest++] = bucket[i];
            }
        }
        if (rest > 0) {
            slots[0] = IdTable.of(entries.seeded(Arrays.copyOf(sorted, rest)));
        }
    }

    private int[] sortedByBucket(IdEntries entries, int[] order, int from, int to) {
        int[] ends = new int[seeds.length];
        for (int i = from; i < to; i++) {
            ends[bucketOf(entries.hash(order[i]))]++;
        }
        for (int bucket = 1; bucket < ends.length; bucket++) {
            ends[bucket] += ends[bucket - 1];
        }
        int[] sorted = new int[to - from];
        for (int i = to - 1; i >= from; i--) {
            sorted[--ends[bucketOf(entries.hash(order[i]))]] = order[i];
        }
        return sorted;
    }

    /** Returns whether some seed may give an entry another slot than each of the others of its bucket. */
    private static boolean isSeparable(IdEntries entries, int[] bucket, int size, int entry) {
        int hash = (int) entries.hash(entry);
        for (int i = 0; i < size; i++) {
            if ((int) entries.hash(bucket[i]) == hash) {
                return false;
            }
        }
        return true;
    }

    /**
     * Gives entries of a bucket that has no slots yet theirs, with the first seed that gives them to all or else to most of
     * the first ones. Returns how many, counted from the first, have slots now.
     */
    private int place(IdEntries entries, int[] bucket, int size, int maxSeeds) {
        int best = 0;
        int bestSeed = 0;
        for (int seed = 0; seed < maxSeeds && best < size; seed++) {
            int placed = put(entries, bucket, size, seed);
            if (placed > best) {
                best = placed;
                bestSeed = seed;
            }
            if (placed < size) {
                clear(entries, bucket, placed, seed);
            }
        }
        if (best > 0) {
            seeds[bucketOf(entries.hash(bucket[0]))] = (byte) bestSeed;
            if (best < size) {
                put(entries, bucket, best, bestSeed);
            }
        }
        return best;
    }

    /** Gives a new id a slot. Returns false, without doing so, if there is no seed for it and the others of its bucket. */
    private boolean place(long hash, String id, Object value, boolean seeded) {
        int slot = slotOf(hash);
        if (seeds[bucketOf(hash)] != NONE && buckets[slot] == NONE) {
            put(slot, bucketOf(hash), id, value);
            return true;
        }
        IdEntries bucket = bucketWith(hash, id, value, seeded);
        int others = bucket.size() - 1;
        int[] order = IntStream.rangeClosed(0, others).toArray();
        if (others == MAX_BUCKET || !isSeparable(bucket, order, others, others)) {
            return false;
        }
        int seed = seeds[bucketOf(hash)];
        clear(bucket, order, others, seed);
        int placed = place(bucket, order, order.length, overflow() == null ? MAX_SEEDS : FEW_SEEDS);
        if (placed < others) {
            clear(bucket, order, placed, seeds[bucketOf(hash)]);
            put(bucket, order, others, seed);
            seeds[bucketOf(hash)] = (byte) seed;
        }
        return placed == order.length;
    }

    /** Returns the ids of a bucket that have slots, and a new one. */
    private IdEntries bucketWith(long hash, String id, Object value, boolean seeded) {
        int bucket = bucketOf(hash);
        int others = 0;
        for (byte other : buckets) {
            others += other == bucket ? 1 : 0;
        }
        String[] ids = new String[others + 1];
        @Nullable Object[] values = new Object[others + 1];
        for (int slot = 0, i = 0; i < others; slot++) {
            if (buckets[slot] == bucket) {
                ids[i] = (String) requireNonNull(id(slot));
                values[i++] = value(slot);
            }
        }
        ids[others] = id;
        values[others] = value;
        return new IdEntries(ids, values, seeded);
    }

    /** Puts entries into the slots under a seed, until one is taken. Returns how many. */
    private int put(IdEntries entries, int[] bucket, int size, int seed) {
        int placed = 0;
        while (placed < size) {
            int entry = bucket[placed];
            long hash = entries.hash(entry);
            int slot = slotOf(hash, seed);
            if (buckets[slot] != NONE) {
                return placed;
            }
            put(slot, bucketOf(hash), entries.id(entry), entries.value(entry));
            placed++;
        }
        return placed;
    }

    private void put(int slot, int bucket, String id, @Nullable Object value) {
        buckets[slot] = (byte) bucket;
        set(slot, id, value);
    }

    private void clear(IdEntries entries, int[] bucket, int size, int seed) {
        for (int i = 0; i < size; i++) {
            clear(slotOf(entries.hash(bucket[i]), seed));
        }
    }

    private void clear(int slot) {
        buckets[slot] = NONE;
        set(slot, null, null);
    }
}
