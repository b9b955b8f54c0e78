package io.rbac.model;

import org.jspecify.annotations.Nullable;

/** Ids with their values and hashes, to be put into pages. */
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
            hashes[i] = IdTable.hash(ids[i], seeded);
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

    /** Makes one page of some of the entries, or a table of its own where one page will not do. */
    @Nullable
    Object[] page(int[] order, int from, int to, int mask) {
        int count = to - from;
        if (count <= IdTable.MAX_PAGE) {
            @Nullable Object[] slots = new Object[mask + 2];
            if (fill(slots, order, from, to)) {
                return slots;
            }
        }
        String[] pageIds = new String[count];
        @Nullable Object[] pageValues = new Object[count];
        for (int i = 0; i < count; i++) {
            pageIds[i] = ids[order[from + i]];
            pageValues[i] = values[order[from + i]];
        }
        return IdTable.nest(IdTable.of(new IdEntries(pageIds, pageValues, true)));
    }

    private boolean fill(@Nullable Object[] slots, int[] order, int from, int to) {
        int maxProbes = seeded ? slots.length : IdTable.MAX_PROBES;
        int mask = slots.length - 2;
        for (int i = from; i < to; i++) {
            int slot = IdTable.slot(hashes[order[i]], mask);
            for (int probes = 0; slots[slot] != null; probes++) {
                if (probes == maxProbes) {
                    return false;
                }
                slot = slot + 2 & mask;
            }
            slots[slot] = ids[order[i]];
            slots[slot + 1] = values[order[i]];
        }
        return true;
    }
}
