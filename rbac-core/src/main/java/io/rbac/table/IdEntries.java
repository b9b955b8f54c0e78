package io.rbac.table;

import org.jspecify.annotations.Nullable;

/** Ids with their values and hashes, to be stored in pages. */
final class IdEntries {

    private final String[] ids;
    private final @Nullable Object[] values;
    private final long[] hashes;
    private final boolean seeded;

    IdEntries(String[] ids, @Nullable Object[] values, boolean seeded) {
        this.ids = ids;
        this.values = values;
        this.seeded = seeded;
        this.hashes = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            hashes[i] = IdHash.of(ids[i], seeded);
        }
    }

    boolean isSeeded() {
        return seeded;
    }

    int size() {
        return ids.length;
    }

    long hash(int entry) {
        return hashes[entry];
    }

    /** Returns a page with some of the entries, in a nested table if the page itself cannot hold them. */
    IdPage page(int[] order, int from, int to, int mask, @Nullable Object owner) {
        int count = to - from;
        if (count <= IdTable.MAX_PAGE) {
            IdPage page = IdPage.empty(mask + 1, owner);
            if (fill(page, order, from, to)) {
                return page;
            }
        }
        String[] pageIds = new String[count];
        @Nullable Object[] pageValues = new Object[count];
        for (int i = 0; i < count; i++) {
            pageIds[i] = ids[order[from + i]];
            pageValues[i] = values[order[from + i]];
        }
        return IdPage.nesting(IdTable.of(new IdEntries(pageIds, pageValues, true)));
    }

    private boolean fill(IdPage page, int[] order, int from, int to) {
        int maxProbes = IdTable.maxProbes(seeded);
        for (int i = from; i < to; i++) {
            int entry = order[i];
            if (!page.add(hashes[entry], ids[entry], values[entry], maxProbes)) {
                return false;
            }
        }
        return true;
    }
}
