package io.rbac.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes a copy of a table; not for several threads. */
final class IdTableEditor<V> {

    private final Set<Object> owned = Collections.newSetFromMap(new IdentityHashMap<>());
    private final boolean seeded;
    private @Nullable Object[][] directory;
    private int shift;
    private int mask;
    private int size;
    private boolean ownsDirectory;

    IdTableEditor(IdTable<V> table) {
        this.seeded = table.seeded;
        this.directory = table.directory;
        this.shift = table.shift;
        this.mask = table.mask;
        this.size = table.size;
    }

    /** Returns the value of an id, null for an unknown one. */
    @Nullable
    V get(String id) {
        return new IdTable<V>(directory, shift, mask, seeded, size).get(id);
    }

    /** Replaces the value of an id, or adds both. */
    void put(String id, V value) {
        long hash = IdTable.hash(id, seeded);
        int index = IdTable.index(hash, shift);
        @Nullable Object[] page = directory[index];
        if (IdTable.isNested(page)) {
            IdTable<V> table = IdTable.nested(page);
            IdTableEditor<V> nested = table.edit();
            nested.put(id, value);
            size += nested.size - table.size;
            replace(index, IdTable.nest(nested.done()));
            return;
        }
        @Nullable Object[] slots = ownPage(index, page);
        int slot = IdTable.slot(hash, mask);
        int probes = 0;
        while (slots[slot] != null && !slots[slot].equals(id)) {
            slot = slot + 2 & mask;
            probes++;
        }
        if (slots[slot] != null) {
            slots[slot + 1] = value;
            return;
        }
        size++;
        if (count(slots) < room(slots) && (seeded || probes < IdTable.MAX_PROBES)) {
            slots[slot] = id;
            slots[slot + 1] = value;
        } else {
            spread(index, entries(slots, id, value));
        }
    }

    private static int count(@Nullable Object[] slots) {
        int count = 0;
        for (int i = 0; i < slots.length; i += 2) {
            count += slots[i] == null ? 0 : 1;
        }
        return count;
    }

    /** How many ids a page may hold before its probes get long. */
    private static int room(@Nullable Object[] slots) {
        return Math.min(IdTable.MAX_PAGE, slots.length / 2 * 5 / 8);
    }

    private IdEntries entries(@Nullable Object[] slots, String id, Object value) {
        int count = count(slots) + 1;
        String[] ids = new String[count];
        @Nullable Object[] values = new Object[count];
        ids[0] = id;
        values[0] = value;
        for (int slot = 0, i = 1; slot < slots.length; slot += 2) {
            if (slots[slot] != null) {
                ids[i] = (String) slots[slot];
                values[i++] = slots[slot + 1];
            }
        }
        return new IdEntries(ids, values, seeded);
    }

    /** Puts entries in the place of the page that they come from, in as few pages as will do. */
    private void spread(int index, IdEntries entries) {
        int count = entries.size();
        int at = index;
        int length = run(at);
        boolean mayGrow = seeded || Long.SIZE - 1 - shift < IdTable.maxDepth(size);
        if (count > IdTable.MAX_PAGE && length == 1 && mayGrow) {
            @Nullable Object[][] doubled = new Object[2 * directory.length][];
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] = directory[i / 2];
            }
            directory = doubled;
            ownsDirectory = true;
            mask = IdTable.FULL_MASK;
            shift--;
            at *= 2;
            length = 2;
        }
        if (directory.length == 1) {
            mask = IdTable.mask(count);
        }
        int start = start(at);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        spread(start, length, entries, order, 0, count);
    }

    private void spread(int start, int length, IdEntries entries, int[] order, int from, int to) {
        if (to - from <= IdTable.MAX_PAGE || length == 1) {
            @Nullable Object[] page = entries.page(order, from, to, mask);
            owned.add(page);
            ownDirectory();
            Arrays.fill(directory, start, start + length, page);
            return;
        }
        int half = length / 2;
        int below = from;
        for (int i = from; i < to; i++) {
            if (IdTable.index(entries.hash(order[i]), shift) < start + half) {
                int swap = order[below];
                order[below++] = order[i];
                order[i] = swap;
            }
        }
        spread(start, half, entries, order, from, below);
        spread(start + half, half, entries, order, below, to);
    }

    /** Removes an id that is in the table. */
    void remove(String id) {
        long hash = IdTable.hash(id, seeded);
        int index = IdTable.index(hash, shift);
        @Nullable Object[] page = directory[index];
        size--;
        if (IdTable.isNested(page)) {
            IdTableEditor<V> nested = IdTable.<V>nested(page).edit();
            nested.remove(id);
            replace(index, IdTable.nest(nested.done()));
            return;
        }
        @Nullable Object[] slots = ownPage(index, page);
        int hole = IdTable.slot(hash, mask);
        while (!id.equals(slots[hole])) {
            hole = hole + 2 & mask;
        }
        // Those behind the hole that could not stand where they belong move up, so that no probe ends too early.
        for (int slot = hole + 2 & mask; slots[slot] != null; slot = slot + 2 & mask) {
            int home = IdTable.slot(IdTable.hash((String) slots[slot], seeded), mask);
            if ((slot - home & mask) >= (slot - hole & mask)) {
                slots[hole] = slots[slot];
                slots[hole + 1] = slots[slot + 1];
                hole = slot;
            }
        }
        slots[hole] = null;
        slots[hole + 1] = null;
    }

    private @Nullable Object[] ownPage(int index, @Nullable Object[] slots) {
        if (owned.contains(slots)) {
            return slots;
        }
        @Nullable Object[] copy = slots.clone();
        owned.add(copy);
        replace(index, copy);
        return copy;
    }

    private void replace(int index, @Nullable Object[] page) {
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

    /** The first entry of the directory that leads to the same page. */
    private int start(int index) {
        int start = index;
        while (start > 0 && isSame(directory[start - 1], directory[index])) {
            start--;
        }
        return start;
    }

    /** How many entries of the directory lead to the same page: a power of two. */
    private int run(int index) {
        int end = index + 1;
        while (end < directory.length && isSame(directory[end], directory[index])) {
            end++;
        }
        return end - start(index);
    }

    @SuppressWarnings("ReferenceEquality") // pages are told apart by identity
    private static boolean isSame(@Nullable Object[] page, @Nullable Object[] other) {
        return page == other;
    }

    /** Returns the table as it is now; the editor is not used afterwards. */
    IdTable<V> done() {
        owned.clear();
        return new IdTable<>(directory, shift, mask, seeded, size);
    }
}
