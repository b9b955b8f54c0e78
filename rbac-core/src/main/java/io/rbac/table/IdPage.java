package io.rbac.table;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A page of an {@link IdTable}: ids and values under linear probing, or a nested table in their place. Only the editor
 * that created a page changes it.
 */
final class IdPage {

    /** Eight bits of the hash of the id in each slot, 0 for a free slot: rules out most ids without reading them. */
    private final byte[] tags;

    /** The id and the value of each slot, side by side so that both are in one cache line. */
    private final @Nullable Object[] slots;

    /** Marks the editor that may change this page, null if none may. */
    private final @Nullable Object owner;

    private IdPage(byte[] tags, @Nullable Object[] slots, @Nullable Object owner) {
        this.tags = tags;
        this.slots = slots;
        this.owner = owner;
    }

    static IdPage empty(int slotCount, @Nullable Object owner) {
        return new IdPage(new byte[slotCount], new Object[2 * slotCount], owner);
    }

    static IdPage nesting(IdTable<?> table) {
        return new IdPage(new byte[0], new Object[] {table}, null);
    }

    private static int slotOf(long hash, int mask) {
        return (int) (hash >>> 32) & mask;
    }

    private static byte tag(long hash) {
        return (byte) (hash >>> 24 | 1);
    }

    boolean isNested() {
        return tags.length == 0;
    }

    @SuppressWarnings("unchecked") // the nested table of a table has values of its type
    <V> IdTable<V> nested() {
        return (IdTable<V>) requireNonNull(slots[0]);
    }

    @SuppressWarnings("ReferenceEquality") // owners are compared by identity
    boolean isOwnedBy(Object other) {
        return owner == other;
    }

    IdPage copy(Object newOwner) {
        return new IdPage(tags.clone(), slots.clone(), newOwner);
    }

    /** Returns how many slots there are, free ones too; none where a table is nested. */
    int slots() {
        return tags.length;
    }

    int count() {
        int count = 0;
        for (byte tag : tags) {
            count += tag == 0 ? 0 : 1;
        }
        return count;
    }

    @Nullable
    String id(int slot) {
        return (String) slots[2 * slot];
    }

    @Nullable
    Object value(int slot) {
        return slots[2 * slot + 1];
    }

    void setValue(int slot, Object value) {
        slots[2 * slot + 1] = value;
    }

    /** Returns the slot of an id, or -1 if this page does not have it. */
    int find(long hash, String id, int mask) {
        byte tag = tag(hash);
        for (int slot = slotOf(hash, mask); ; slot = slot + 1 & mask) {
            byte there = tags[slot];
            if (there == 0) {
                return -1;
            }
            if (there == tag && id.equals(slots[2 * slot])) {
                return slot;
            }
        }
    }

    /** Returns the first slot that may hold an id with this hash, or -1 if none may or the page is nested. */
    int likelySlot(long hash, int mask) {
        if (isNested()) {
            return -1;
        }
        byte tag = tag(hash);
        int slot = slotOf(hash, mask);
        while (tags[slot] != tag && tags[slot] != 0) {
            slot = slot + 1 & mask;
        }
        return tags[slot] == 0 ? -1 : slot;
    }

    /**
     * Adds an id that this page does not have. Returns false, without adding it, if it would be more than {@code
     * maxProbes} slots away from its home slot.
     */
    boolean add(long hash, String id, @Nullable Object value, int maxProbes) {
        int mask = tags.length - 1;
        int slot = slotOf(hash, mask);
        for (int probes = 0; tags[slot] != 0; probes++) {
            if (probes == maxProbes) {
                return false;
            }
            slot = slot + 1 & mask;
        }
        put(slot, tag(hash), id, value);
        return true;
    }

    private void put(int slot, byte tag, @Nullable Object id, @Nullable Object value) {
        tags[slot] = tag;
        slots[2 * slot] = id;
        slots[2 * slot + 1] = value;
    }

    /** Frees a slot. */
    void remove(int slot, boolean seeded) {
        int mask = tags.length - 1;
        int hole = slot;
        // Ids that were pushed past the hole by others move up into it, so that no probe ends too early.
        for (int next = hole + 1 & mask; tags[next] != 0; next = next + 1 & mask) {
            int home = slotOf(IdHash.of(requireNonNull(id(next)), seeded), mask);
            if ((next - home & mask) >= (next - hole & mask)) {
                put(hole, tags[next], slots[2 * next], slots[2 * next + 1]);
                hole = next;
            }
        }
        put(hole, (byte) 0, null, null);
    }
}
