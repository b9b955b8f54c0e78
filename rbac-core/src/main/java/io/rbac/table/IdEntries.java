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

    /** Returns some of the entries under the seeded hash. */
    IdEntries seeded(int[] order) {
        String[] someIds = new String[order.length];
        @Nullable Object[] someValues = new Object[order.length];
        for (int i = 0; i < order.length; i++) {
            someIds[i] = ids[order[i]];
            someValues[i] = values[order[i]];
        }
        return new IdEntries(someIds, someValues, true);
    }

    boolean isSeeded() {
        return seeded;
    }

    int size() {
        return ids.length;
    }

    String id(int entry) {
        return ids[entry];
    }

    @Nullable
    Object value(int entry) {
        return values[entry];
    }

    long hash(int entry) {
        return hashes[entry];
    }
}
