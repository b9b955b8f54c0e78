package io.rbac.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes a copy of a table; not for several threads. */
final class IdTableEditor<V> {

    /** By this the pages are known that were made here; it is not the editor, as pages outlive it. */
    private final Object owner = new Object();

    private final boolean seeded;
    private IdPage[] directory;
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
        return done().get(id);
    }

    /** Returns the values of ids, null for unknown ones: see {@link IdTable#getAll}. */
    @Nullable
    Object[] getAll(List<String> ids) {
        return done().getAll(ids);
    }

    /** Replaces the value of an id, or adds both. */
    void put(String id, V value) {
        long hash = IdTable.hash(id, seeded);
        int index = IdTable.index(hash, shift);
        IdPage page = directory[index];
        if (page.isNested()) {
            IdTable<V> table = page.nested();
            IdTableEditor<V> nested = table.edit();
            nested.put(id, value);
            size += nested.size - table.size;
            replace(index, IdPage.nesting(nested.done()));
            return;
        }
        int slot = page.find(hash, id, mask);
        if (slot >= 0) {
            own(index).setValue(slot, value);
            return;
        }
        size++;
        if (page.count() >= room() || !own(index).add(hash, id, value, IdTable.maxProbes(seeded))) {
            spread(index, entries(directory[index], id, value));
        }
    }

    /** How many ids a page may hold before its probes get long. */
    private int room() {
        return Math.min(IdTable.MAX_PAGE, (mask + 1) * 5 / 8);
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

    /** Puts entries in the place of the page that they come from, in as few pages as will do. */
    private void spread(int index, IdEntries entries) {
        int count = entries.size();
        int at = index;
        int length = run(at);
        boolean mayGrow = seeded || Long.SIZE - 1 - shift < IdTable.maxDepth(size);
        if (count > IdTable.MAX_PAGE && length == 1 && mayGrow) {
            IdPage[] doubled = new IdPage[2 * directory.length];
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
            ownDirectory();
            Arrays.fill(directory, start, start + length, entries.page(order, from, to, mask, owner));
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
        IdPage page = directory[index];
        size--;
        if (page.isNested()) {
            IdTableEditor<V> nested = page.<V>nested().edit();
            nested.remove(id);
            replace(index, IdPage.nesting(nested.done()));
            return;
        }
        own(index).remove(page.find(hash, id, mask), seeded);
    }

    /** The page of an entry of the directory, which may be changed. */
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
    private static boolean isSame(IdPage page, IdPage other) {
        return page == other;
    }

    /** Returns the table as it is now, and as long as the editor changes nothing more. */
    IdTable<V> done() {
        return new IdTable<>(directory, shift, mask, seeded, size);
    }
}
