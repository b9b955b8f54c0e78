package io.rbac.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A page of an {@link IdTable}: ids and values by linear probing, or a table of its own in the place of them. Changed only by
 * the editor that made it.
 */
final class IdPage {

    /** Eight bits of the hash of the id in each slot, 0 for a free slot: what tells most ids apart without a look at them. */
    private final byte[] tags;

    /** Two neighbours for each slot, id and value, so that both come with one cache line. */
    private final @Nullable Object[] slots;

    /** What may change the page, none once it is published. */
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

    @SuppressWarnings("ReferenceEquality") // an owner is told by identity
    boolean isOwnedBy(Object editor) {
        return owner == editor;
    }

    IdPage copy(Object newOwner) {
        return new IdPage(tags.clone(), slots.clone(), newOwner);
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

    /** Returns the slot of an id, -1 if it is not here. */
    int find(long hash, String id, int mask) {
        byte tag = tag(hash);
        for (int slot = IdTable.slot(hash, mask); ; slot = slot + 1 & mask) {
            byte there = tags[slot];
            if (there == 0) {
                return -1;
            }
            if (there == tag && id.equals(slots[2 * slot])) {
                return slot;
            }
        }
    }

    /** Returns the first slot that may hold an id of a hash, -1 if none may, or another page has to tell. */
    int likelySlot(long hash, int mask) {
        if (isNested()) {
            return -1;
        }
        byte tag = tag(hash);
        int slot = IdTable.slot(hash, mask);
        while (tags[slot] != tag && tags[slot] != 0) {
            slot = slot + 1 & mask;
        }
        return tags[slot] == 0 ? -1 : slot;
    }

    /** Adds an id that is not here, unless it would stand further than so many slots from where it belongs. */
    boolean add(long hash, String id, @Nullable Object value, int maxProbes) {
        int mask = tags.length - 1;
        int slot = IdTable.slot(hash, mask);
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
        // Those behind the hole that could not stand where they belong move up, so that no probe ends too early.
        for (int next = hole + 1 & mask; tags[next] != 0; next = next + 1 & mask) {
            int home = IdTable.slot(IdTable.hash(requireNonNull(id(next)), seeded), mask);
            if ((next - home & mask) >= (next - hole & mask)) {
                put(hole, tags[next], slots[2 * next], slots[2 * next + 1]);
                hole = next;
            }
        }
        put(hole, (byte) 0, null, null);
    }
}
