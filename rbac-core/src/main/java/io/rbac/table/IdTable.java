package io.rbac.table;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable table from ids to values.
 *
 * @param <V> the values
 */
public final class IdTable<V> {

    /*
     * Extendible hashing (Fagin, Nievergelt, Pippenger, Strong, 1979). The first bits of an id's hash select an entry
     * of the directory, which refers to a page of at most MAX_PAGE ids. Within the page, the id is found by linear
     * probing from the slot that other bits select. Most other ids are skipped by eight bits of their hash, which are
     * stored close together. A full page splits in two without touching the others; a table is never rebuilt.
     *
     * All pages of a table have the same number of slots, so that the slot is known before the page is read.
     *
     * A page that would need long probes, or more splits than its share of the directory, becomes a nested table under
     * the seeded hash instead. So equal hash codes cost one more hash and one more page, never a linear search.
     */
    static final int MAX_PAGE = 320;

    private static final int PREFERRED_PAGE = 256;
    private static final int MAX_SLOTS = 512;
    private static final int MAX_EXTRA_DEPTH = 2;
    private static final int MAX_PROBES = 48;

    /** The mask from a hash to a slot if there are several pages. */
    private static final int FULL_MASK = MAX_SLOTS - 1;

    private final IdPage[] directory;
    private final int shift;
    private final int mask;
    private final boolean seeded;
    private final int size;

    private IdTable(IdPage[] directory, int shift, int mask, boolean seeded, int size) {
        this.directory = directory;
        this.shift = shift;
        this.mask = mask;
        this.seeded = seeded;
        this.size = size;
    }

    /** Returns the table of ids, which must be distinct, and the values at the same positions. */
    public static <V> IdTable<V> of(String[] ids, Object[] values) {
        return of(new IdEntries(ids, values, false));
    }

    static <V> IdTable<V> of(IdEntries entries) {
        int count = entries.size();
        int depth = preferredDepth(count);
        int[] ends = bucketEnds(entries, depth);
        while (largest(ends) > MAX_PAGE && (entries.isSeeded() || depth < maxDepth(count))) {
            ends = bucketEnds(entries, ++depth);
        }
        int shift = shift(depth);
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

    /** Returns how many slots away from its home slot an id may be. */
    static int maxProbes(boolean seeded) {
        return seeded ? MAX_SLOTS : MAX_PROBES;
    }

    /** Returns the mask from a hash to a slot of the only page of a table of this many ids. */
    private static int mask(int count) {
        int slots = Integer.highestOneBit(Math.max(2, count + count / 2 + count / 8)) << 1;
        return Math.min(slots, MAX_SLOTS) - 1;
    }

    /** Returns how many bits of a hash the directory of a table of this size should use. */
    private static int preferredDepth(int size) {
        return size <= PREFERRED_PAGE ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros((size - 1) / PREFERRED_PAGE);
    }

    /** Returns how many bits it may use at most, so that maliciously chosen ids cannot make it grow without limit. */
    private static int maxDepth(int size) {
        return preferredDepth(size) + MAX_EXTRA_DEPTH;
    }

    private static int shift(int depth) {
        return Long.SIZE - 1 - depth;
    }

    private static int index(long hash, int shift) {
        return (int) (hash >>> 1 >>> shift);
    }

    /** Returns where each bucket ends if the entries are sorted by bucket. */
    private static int[] bucketEnds(IdEntries entries, int depth) {
        int[] ends = new int[1 << depth];
        for (int i = 0; i < entries.size(); i++) {
            ends[index(entries.hash(i), shift(depth))]++;
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

    /** Returns how many ids there are. */
    public int size() {
        return size;
    }

    /** Returns the value of an id, or null if the id is unknown. */
    @SuppressWarnings("unchecked") // only values of type V were put in
    public @Nullable V get(String id) {
        long hash = IdHash.of(id, seeded);
        return (V) find(directory[index(hash, shift)], hash, id, mask);
    }

    private static @Nullable Object find(IdPage page, long hash, String id, int mask) {
        if (page.isNested()) {
            return page.nested().get(id);
        }
        int slot = page.find(hash, id, mask);
        return slot < 0 ? null : page.value(slot);
    }

    /**
     * Returns the values of ids, null for unknown ones. Batched so that cache misses overlap: each pass fetches for all
     * ids what the next one reads.
     */
    public @Nullable Object[] getAll(List<String> ids) {
        int count = ids.size();
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = IdHash.of(ids.get(i), seeded);
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

    /**
     * Visits each id for which this table has another object than another table, or which that one lacks. Shared pages are
     * skipped.
     */
    public void forEachOther(IdTable<V> other, Consumer<String> visitor) {
        for (int i = 0; i < directory.length; i++) {
            IdPage page = directory[i];
            if (i == 0 || !isSame(page, directory[i - 1])) {
                IdPage there =
                        other.directory[other.shift < shift ? i << shift - other.shift : i >> other.shift - shift];
                if (!isSame(page, there)) {
                    visitOther(page, other, visitor);
                }
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // an identical value was not changed
    private static <V> void visitOther(IdPage page, IdTable<V> other, Consumer<String> visitor) {
        if (page.isNested()) {
            for (IdPage each : page.nested().directory) {
                visitOther(each, other, visitor);
            }
            return;
        }
        for (int slot = 0; slot < page.slots(); slot++) {
            String id = page.id(slot);
            if (id != null && page.value(slot) != other.get(id)) {
                visitor.accept(id);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // pages are compared by identity
    private static boolean isSame(IdPage page, IdPage other) {
        return page == other;
    }

    /** Returns an editor of a copy, which shares every page until that page is written to. */
    public Editor<V> edit() {
        return new Editor<>(this);
    }

    /**
     * Edits a copy of a table. Not thread-safe.
     *
     * @param <V> the values
     */
    public static final class Editor<V> {

        private final boolean seeded;

        /** Marks the pages created since the last seal. It is not the editor itself, because pages outlive that. */
        private Object owner = new Object();

        private IdPage[] directory;
        private int shift;
        private int mask;
        private int size;
        private boolean ownsDirectory;

        private Editor(IdTable<V> table) {
            this.seeded = table.seeded;
            this.directory = table.directory;
            this.shift = table.shift;
            this.mask = table.mask;
            this.size = table.size;
        }

        /** Returns the value of an id, or null if the id is unknown. */
        @SuppressWarnings("unchecked") // only values of type V were put in
        public @Nullable V get(String id) {
            long hash = IdHash.of(id, seeded);
            return (V) find(directory[index(hash, shift)], hash, id, mask);
        }

        /** Returns the values of ids, null for unknown ones: see {@link IdTable#getAll}. */
        public @Nullable Object[] getAll(List<String> ids) {
            return view().getAll(ids);
        }

        /** Returns the table as it is now, valid until something is written. */
        private IdTable<V> view() {
            return new IdTable<>(directory, shift, mask, seeded, size);
        }

        /** Returns how many ids there are. */
        public int size() {
            return size;
        }

        /** Sets the value of an id, and adds the id if it is unknown. */
        public void put(String id, V value) {
            long hash = IdHash.of(id, seeded);
            int index = index(hash, shift);
            IdPage page = directory[index];
            if (page.isNested()) {
                IdTable<V> table = page.nested();
                Editor<V> nested = table.edit();
                nested.put(id, value);
                size += nested.size - table.size;
                replace(index, IdPage.nesting(nested.seal()));
                return;
            }
            int slot = page.find(hash, id, mask);
            if (slot >= 0) {
                own(index).setValue(slot, value);
                return;
            }
            size++;
            if (page.count() >= room() || !own(index).add(hash, id, value, maxProbes(seeded))) {
                spread(index, entries(directory[index], id, value));
            }
        }

        /** Returns how many ids a page may hold before its probes get long. */
        private int room() {
            return Math.min(MAX_PAGE, (mask + 1) * 5 / 8);
        }

        private IdEntries entries(IdPage page, String id, Object value) {
            int count = page.count() + 1;
            String[] ids = new String[count];
            @Nullable Object[] values = new Object[count];
            ids[0] = id;
            values[0] = value;
            for (int slot = 0, i = 1; slot <= mask; slot++) {
                String known = page.id(slot);
                if (known != null) {
                    ids[i] = known;
                    values[i++] = page.value(slot);
                }
            }
            return new IdEntries(ids, values, seeded);
        }

        /** Replaces the page that these entries come from by as few pages as can hold them. */
        private void spread(int index, IdEntries entries) {
            int count = entries.size();
            int at = index;
            int length = run(at);
            boolean mayGrow = seeded || shift > shift(maxDepth(size));
            if (count > MAX_PAGE && length == 1 && mayGrow) {
                IdPage[] doubled = new IdPage[2 * directory.length];
                for (int i = 0; i < doubled.length; i++) {
                    doubled[i] = directory[i / 2];
                }
                directory = doubled;
                ownsDirectory = true;
                mask = FULL_MASK;
                shift--;
                at *= 2;
                length = 2;
            }
            if (directory.length == 1) {
                mask = mask(count);
            }
            int[] order = new int[count];
            for (int i = 0; i < count; i++) {
                order[i] = i;
            }
            spread(start(at), length, entries, order, 0, count);
        }

        private void spread(int start, int length, IdEntries entries, int[] order, int from, int to) {
            if (to - from <= MAX_PAGE || length == 1) {
                ownDirectory();
                Arrays.fill(directory, start, start + length, entries.page(order, from, to, mask, owner));
                return;
            }
            int half = length / 2;
            int below = from;
            for (int i = from; i < to; i++) {
                if (index(entries.hash(order[i]), shift) < start + half) {
                    int swap = order[below];
                    order[below++] = order[i];
                    order[i] = swap;
                }
            }
            spread(start, half, entries, order, from, below);
            spread(start + half, half, entries, order, below, to);
        }

        /** Removes an id that is in the table. */
        public void remove(String id) {
            long hash = IdHash.of(id, seeded);
            int index = index(hash, shift);
            IdPage page = directory[index];
            size--;
            if (page.isNested()) {
                Editor<V> nested = page.<V>nested().edit();
                nested.remove(id);
                replace(index, IdPage.nesting(nested.seal()));
                return;
            }
            own(index).remove(page.find(hash, id, mask), seeded);
        }

        /** Returns the page of an entry of the directory, replaced by a copy first if this editor does not own it. */
        private IdPage own(int index) {
            IdPage page = directory[index];
            if (page.isOwnedBy(owner)) {
                return page;
            }
            IdPage copy = page.copy(owner);
            replace(index, copy);
            return copy;
        }

        private void replace(int index, IdPage page) {
            int start = start(index);
            int length = run(index);
            ownDirectory();
            Arrays.fill(directory, start, start + length, page);
        }

        private void ownDirectory() {
            if (!ownsDirectory) {
                directory = directory.clone();
                ownsDirectory = true;
            }
        }

        /** Returns the first entry of the directory that refers to the same page. */
        private int start(int index) {
            int start = index;
            while (start > 0 && isSame(directory[start - 1], directory[index])) {
                start--;
            }
            return start;
        }

        /** Returns how many entries of the directory refer to the same page: a power of two. */
        private int run(int index) {
            int end = index + 1;
            while (end < directory.length && isSame(directory[end], directory[index])) {
                end++;
            }
            return end - start(index);
        }

        /** Returns the table as it is now, and gives up ownership of its pages: later writes go to copies. */
        public IdTable<V> seal() {
            owner = new Object();
            ownsDirectory = false;
            return view();
        }
    }
}
