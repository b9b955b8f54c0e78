package io.rbac.model;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An immutable table from ids to values.
 *
 * @param <V> the values
 */
final class IdTable<V> {

    /*
     * Extendible hashing (Fagin, Nievergelt, Pippenger, Strong, 1979). The first bits of an id's hash choose an entry of
     * the directory, which leads to a page of at most 320 ids; within it the id is found by linear probing from the slot
     * that other bits choose. Of an id that is not the right one only eight bits of its hash are looked at, which stand
     * close together. A full page splits in two without touching the others; no table is ever rebuilt.
     *
     * All pages of a table have the same number of slots, so that the slot is known before the page is looked at.
     *
     * The hash is String.hashCode, spread by a multiplication. Whoever chooses the ids can make those hashes equal. A
     * page that would then need long probes, or more splits than its share of the directory, is a table of its own
     * instead, hashed by a random polynomial over a prime field: any two different ids meet there with probability
     * below length / 2^61, whatever they are (Carter, Wegman, 1979). So equal hash codes cost one more hash and one more
     * page, never a search through all of them.
     */
    static final int MAX_PAGE = 320;
    private static final int AIMED_PAGE = 256;
    private static final int MAX_SLOTS = 512;
    private static final int MAX_EXTRA_DEPTH = 2;
    private static final int MAX_PROBES = 48;

    /** What cuts a hash to a slot where there are several pages. */
    static final int FULL_MASK = MAX_SLOTS - 1;

    static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final long PRIME = (1L << 61) - 1;
    private static final long BASE = (new SplittableRandom().nextLong() & PRIME >>> 1) + (1L << 32);

    final IdPage[] directory;
    final int shift;
    final int mask;
    final boolean seeded;
    final int size;

    IdTable(IdPage[] directory, int shift, int mask, boolean seeded, int size) {
        this.directory = directory;
        this.shift = shift;
        this.mask = mask;
        this.seeded = seeded;
        this.size = size;
    }

    /** Returns the table of ids, which are all different, and the values beside them. */
    static <V> IdTable<V> of(String[] ids, Object[] values) {
        return of(new IdEntries(ids, values, false));
    }

    static <V> IdTable<V> of(IdEntries entries) {
        int count = entries.size();
        int depth = aimedDepth(count);
        int[] ends = bucketEnds(entries, depth);
        while (largest(ends) > MAX_PAGE && (entries.isSeeded() || depth < maxDepth(count))) {
            ends = bucketEnds(entries, ++depth);
        }
        int shift = Long.SIZE - 1 - depth;
        int[] order = new int[count];
        int[] next = new int[ends.length];
        System.arraycopy(ends, 0, next, 1, ends.length - 1);
        for (int i = 0; i < count; i++) {
            order[next[index(entries.hash(i), shift)]++] = i;
        }
        IdPage[] directory = new IdPage[ends.length];
        int mask = directory.length == 1 ? mask(count) : FULL_MASK;
        for (int bucket = 0, from = 0; bucket < directory.length; from = ends[bucket++]) {
            directory[bucket] = entries.page(order, from, ends[bucket], mask, null);
        }
        return new IdTable<>(directory, shift, mask, entries.isSeeded(), count);
    }

    /** How far from where it belongs an id may stand. */
    static int maxProbes(boolean seeded) {
        return seeded ? MAX_SLOTS : MAX_PROBES;
    }

    /** What cuts a hash to a slot of a page for so many ids, where there is no other page. */
    static int mask(int count) {
        int slots = Integer.highestOneBit(Math.max(2, count + count / 2 + count / 8)) << 1;
        return Math.min(slots, MAX_SLOTS) - 1;
    }

    /** How many bits of a hash the directory of a table of this size should look at. */
    private static int aimedDepth(int size) {
        return size <= AIMED_PAGE ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros((size - 1) / AIMED_PAGE);
    }

    /** How many bits it may look at, so that chosen ids cannot make it grow without limit. */
    static int maxDepth(int size) {
        return aimedDepth(size) + MAX_EXTRA_DEPTH;
    }

    static int index(long hash, int shift) {
        return (int) (hash >>> 1 >>> shift);
    }

    /** Where each bucket ends when the hashes are in the order of their buckets. */
    private static int[] bucketEnds(IdEntries entries, int depth) {
        int[] ends = new int[1 << depth];
        for (int i = 0; i < entries.size(); i++) {
            ends[index(entries.hash(i), Long.SIZE - 1 - depth)]++;
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        return ends;
    }

    private static int largest(int[] ends) {
        int largest = ends[0];
        for (int i = 1; i < ends.length; i++) {
            largest = Math.max(largest, ends[i] - ends[i - 1]);
        }
        return largest;
    }

    static int slot(long hash, int mask) {
        return (int) (hash >>> 32) & mask;
    }

    int size() {
        return size;
    }

    /** Returns the value of an id, null for an unknown one. */
    @SuppressWarnings("unchecked") // only values of type V were put in
    @Nullable
    V get(String id) {
        long hash = hash(id, seeded);
        IdPage page = page(hash);
        if (page.isNested()) {
            return page.<V>nested().get(id);
        }
        int slot = page.find(hash, id, mask);
        return slot < 0 ? null : (V) page.value(slot);
    }

    /**
     * Returns the values of ids, null for unknown ones. Sooner than one by one where no cache holds them: each pass waits
     * for what all of them need from memory at once.
     */
    @Nullable
    Object[] getAll(List<String> ids) {
        int count = ids.size();
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = hash(ids.get(i), seeded);
        }
        int[] slots = new int[count];
        for (int i = 0; i < count; i++) {
            slots[i] = page(hashes[i]).likelySlot(hashes[i], mask);
        }
        @Nullable Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            String id = ids.get(i);
            IdPage page = page(hashes[i]);
            values[i] = slots[i] >= 0 && id.equals(page.id(slots[i])) ? page.value(slots[i]) : get(id);
        }
        return values;
    }

    private IdPage page(long hash) {
        return directory[index(hash, shift)];
    }

    static long hash(String id, boolean seeded) {
        return (seeded ? polynomial(id) : id.hashCode()) * SPREAD;
    }

    /** Each three of the id's characters as a coefficient of a polynomial, evaluated at a secret point modulo a prime. */
    private static long polynomial(String id) {
        int length = id.length();
        long hash = length;
        for (int i = 0; i < length; i += 3) {
            long coefficient = (long) id.charAt(i) << 32
                    | (i + 1 < length ? id.charAt(i + 1) << 16 : 0) & 0xFFFF_FFFFL
                    | (i + 2 < length ? id.charAt(i + 2) : 0);
            long high = Math.multiplyHigh(hash, BASE);
            long low = hash * BASE;
            long sum = (low & PRIME) + (low >>> 61 | high << 3) + coefficient;
            hash = sum >= PRIME ? sum - PRIME : sum;
        }
        return hash;
    }

    /** Returns a changeable copy, which shares every page until it is written to. */
    IdTableEditor<V> edit() {
        return new IdTableEditor<>(this);
    }
}
