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
     * of the directory, which refers to a page. A full page splits in two without touching the others; a table is never
     * rebuilt.
     *
     * The directory is bounded, because maliciously chosen ids could make it grow without limit. Ids that a page has no
     * slots for go to a table under the seeded hash. So equal hash codes cost one more hash and one more page, never a
     * linear search.
     */
    private static final int PREFERRED_PAGE = 256;
    private static final int MAX_EXTRA_DEPTH = 2;

    private final IdPage[] directory;
    private final int shift;
    private final boolean seeded;
    private final int size;

    private IdTable(IdPage[] directory, int shift, boolean seeded, int size) {
        this.directory = directory;
        this.shift = shift;
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
        while (largest(ends) > IdPage.MAX_IDS && depth < maxDepth(count)) {
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
        int slotCount = directory.length == 1 ? IdPage.slotCount(count) : IdPage.MAX_SLOTS;
        for (int bucket = 0, from = 0; bucket < directory.length; from = ends[bucket++]) {
            directory[bucket] = IdPage.of(entries, order, from, ends[bucket], slotCount, null);
        }
        return new IdTable<>(directory, shift, entries.isSeeded(), count);
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
        return (V) page(hash).get(hash, id);
    }

    private IdPage page(long hash) {
        return directory[index(hash, shift)];
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
        @Nullable Object[] likelyIds = new Object[count];
        for (int i = 0; i < count; i++) {
            likelyIds[i] = page(hashes[i]).likelyId(hashes[i]);
        }
        @Nullable Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            String id = ids.get(i);
            values[i] = id.equals(likelyIds[i]) ? page(hashes[i]).likelyValue(hashes[i]) : get(id);
        }
        return values;
    }

    IdTable<V> with(String id, V value) {
        Editor<V> editor = edit();
        editor.put(id, value);
        return editor.seal();
    }

    IdTable<V> without(String id) {
        Editor<V> editor = edit();
        editor.remove(id);
        return editor.seal();
    }

    /** Copies all ids and values into arrays, and returns where they end. */
    @SuppressWarnings("ReferenceEquality") // entries of the directory that refer to the same page are side by side
    int copyTo(String[] ids, @Nullable Object[] values, int start) {
        int end = start;
        for (int i = 0; i < directory.length; i++) {
            if (i == 0 || directory[i] != directory[i - 1]) {
                end = directory[i].copyTo(ids, values, end);
            }
        }
        return end;
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
        int size = page.size();
        String[] ids = new String[size];
        @Nullable Object[] values = new Object[size];
        page.copyTo(ids, values, 0);
        for (int i = 0; i < size; i++) {
            if (values[i] != other.get(ids[i])) {
                visitor.accept(ids[i]);
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
        private int size;
        private boolean ownsDirectory;

        private Editor(IdTable<V> table) {
            this.seeded = table.seeded;
            this.directory = table.directory;
            this.shift = table.shift;
            this.size = table.size;
        }

        /** Returns the value of an id, or null if the id is unknown. */
        @SuppressWarnings("unchecked") // only values of type V were put in
        public @Nullable V get(String id) {
            long hash = IdHash.of(id, seeded);
            return (V) directory[index(hash, shift)].get(hash, id);
        }

        /** Returns the values of ids, null for unknown ones: see {@link IdTable#getAll}. */
        public @Nullable Object[] getAll(List<String> ids) {
            return view().getAll(ids);
        }

        /** Returns the table as it is now, valid until something is written. */
        private IdTable<V> view() {
            return new IdTable<>(directory, shift, seeded, size);
        }

        /** Returns how many ids there are. */
        public int size() {
            return size;
        }

        /** Sets the value of an id, and adds the id if it is unknown. */
        public void put(String id, V value) {
            long hash = IdHash.of(id, seeded);
            int index = index(hash, shift);
            if (own(index).replace(hash, id, value)) {
                return;
            }
            size++;
            IdPage page = directory[index];
            if (!page.isFull()) {
                page.add(hash, id, value, seeded);
            } else if (canSpread(index)) {
                spread(index, entries(page, id, value));
            } else {
                page.addToOverflow(id, value);
            }
        }

        private boolean canSpread(int index) {
            return run(index) > 1 || mayGrow() || directory[index].slotCount() < IdPage.MAX_SLOTS;
        }

        private boolean mayGrow() {
            return shift > shift(maxDepth(size));
        }

        private IdEntries entries(IdPage page, String id, Object value) {
            int count = page.size() + 1;
            String[] ids = new String[count];
            @Nullable Object[] values = new Object[count];
            ids[0] = id;
            values[0] = value;
            page.copyTo(ids, values, 1);
            return new IdEntries(ids, values, seeded);
        }

        /** Replaces the page that these entries come from by as few pages as can hold them. */
        private void spread(int index, IdEntries entries) {
            int count = entries.size();
            int at = index;
            int length = run(at);
            if (count > IdPage.MAX_IDS && length == 1 && mayGrow()) {
                IdPage[] doubled = new IdPage[2 * directory.length];
                for (int i = 0; i < doubled.length; i++) {
                    doubled[i] = directory[i / 2];
                }
                directory = doubled;
                ownsDirectory = true;
                shift--;
                at *= 2;
                length = 2;
            }
            int[] order = new int[count];
            for (int i = 0; i < count; i++) {
                order[i] = i;
            }
            spread(start(at), length, entries, order, 0, count);
        }

        private void spread(int start, int length, IdEntries entries, int[] order, int from, int to) {
            if (to - from <= IdPage.MAX_IDS || length == 1) {
                ownDirectory();
                int slotCount = directory.length == 1 ? IdPage.slotCount(to) : IdPage.MAX_SLOTS;
                IdPage page = IdPage.of(entries, order, from, to, slotCount, owner);
                Arrays.fill(directory, start, start + length, page);
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
            own(index(hash, shift)).remove(hash, id);
            size--;
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
