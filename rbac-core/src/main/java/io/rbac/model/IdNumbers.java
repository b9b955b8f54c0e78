package io.rbac.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Numbers ids from zero up, in the order in which they are first named. Not for several threads. */
final class IdNumbers {

    /*
     * Open addressing with linear probing, at most half full. A slot holds 32 bits of the id's hash and its number, so that
     * almost only the id that is looked for is ever looked at, and a larger table is filled without a look at any. Where
     * chosen ids make probes long, all are hashed again under the secret of IdTable.
     */
    private static final int FIRST_CAPACITY = 16;
    private static final int MAX_PROBES = 64;
    private static final long LOW = 0xFFFF_FFFFL;

    private String[] ids = new String[FIRST_CAPACITY];

    /** Hash and number plus one of an id, 0 for a free slot. */
    private long[] slots = new long[2 * FIRST_CAPACITY];

    private int size;
    private boolean seeded;

    int size() {
        return size;
    }

    String id(int number) {
        return ids[number];
    }

    /** Returns the ids in the order of their numbers: a view, to be read when all are numbered. */
    List<String> ids() {
        return Collections.unmodifiableList(Arrays.asList(ids).subList(0, size));
    }

    /** Returns the number of an id, -1 if it has none. */
    int get(String id) {
        return number(slots[slot(id, hash(id))]);
    }

    /** Returns the number of an id, which gets the next one if it has none. */
    int number(String id) {
        int hash = hash(id);
        int slot = slot(id, hash);
        int known = number(slots[slot]);
        if (known >= 0) {
            return known;
        }
        if (!seeded && (slot - home(hash) & slots.length - 1) > MAX_PROBES) {
            seeded = true;
            hash = hash(id);
            rehash();
            slot = slot(id, hash);
        }
        if (size == ids.length) {
            grow();
            slot = slot(id, hash);
        }
        ids[size] = id;
        slots[slot] = slot(hash, size);
        return size++;
    }

    /**
     * Numbers the first {@code count} of some ids in their order, as {@link #number(String)} does. Sooner than one by one
     * where no cache holds them: each pass waits for what all of them need from memory at once. A pass that fetches has no
     * branch that is hard to guess before what it fetches is there, since a wrong guess waits for that alone.
     */
    void number(String[] some, int count, int[] numbers) {
        for (int i = 0; i < count; i++) {
            numbers[i] = hash(some[i]);
        }
        long[] there = new long[count];
        for (int i = 0; i < count; i++) {
            there[i] = slots[home(numbers[i])];
        }
        String[] likely = new String[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = likelyNumber(there[i], numbers[i]);
            likely[i] = numbers[i] < 0 ? "" : ids[numbers[i]];
        }
        for (int i = 0; i < count; i++) {
            numbers[i] = likely[i].length() == some[i].length() ? numbers[i] : -1;
        }
        for (int i = 0; i < count; i++) {
            if (numbers[i] < 0 || !likely[i].equals(some[i])) {
                numbers[i] = number(some[i]);
            }
        }
    }

    /** The number of the first id that has a hash, -1 if none has; {@code there} is what stands in its first slot. */
    private int likelyNumber(long there, int hash) {
        int slot = home(hash);
        while (there != 0 && (int) (there >>> Integer.SIZE) != hash) {
            slot = slot + 1 & slots.length - 1;
            there = slots[slot];
        }
        return number(there);
    }

    /** The slot of an id, or the free one where it would stand. */
    private int slot(String id, int hash) {
        int slot = home(hash);
        while (slots[slot] != 0
                && !((int) (slots[slot] >>> Integer.SIZE) == hash && ids[number(slots[slot])].equals(id))) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private int hash(String id) {
        return seeded ? (int) (IdTable.hash(id, true) >>> Integer.SIZE) : id.hashCode();
    }

    private int home(int hash) {
        return (int) (hash * IdTable.SPREAD >>> Integer.SIZE) & slots.length - 1;
    }

    private static long slot(int hash, int number) {
        return (long) hash << Integer.SIZE | number + 1;
    }

    private static int number(long slot) {
        return (int) (slot & LOW) - 1;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[Math.multiplyExact(2, old.length)];
        ids = Arrays.copyOf(ids, slots.length / 2);
        for (long slot : old) {
            if (slot != 0) {
                put(slot);
            }
        }
    }

    private void rehash() {
        Arrays.fill(slots, 0);
        for (int number = 0; number < size; number++) {
            put(slot(hash(ids[number]), number));
        }
    }

    private void put(long slot) {
        int at = home((int) (slot >>> Integer.SIZE));
        while (slots[at] != 0) {
            at = at + 1 & slots.length - 1;
        }
        slots[at] = slot;
    }
}
