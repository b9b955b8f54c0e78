package io.rbac.table;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Numbers ids from zero, in the order in which they are first seen. Not thread-safe. */
public final class IdInterner {

    /*
     * Open addressing with linear probing, at most half full. A slot holds 32 bits of an id's hash and the id's number,
     * so that a lookup hardly ever reads another id than its own, and growing the table reads none. If maliciously
     * chosen ids make probes long, all ids are hashed again under the seeded hash of IdHash.
     */
    private static final int FIRST_CAPACITY = 16;
    private static final int MAX_PROBES = 64;
    private static final long LOW = 0xFFFF_FFFFL;

    private String[] ids = new String[FIRST_CAPACITY];

    /** The hash of an id and its number plus one, 0 for a free slot. */
    private long[] slots = new long[2 * FIRST_CAPACITY];

    private int size;
    private boolean seeded;

    public int size() {
        return size;
    }

    public String id(int number) {
        return ids[number];
    }

    /** Returns a view of the ids in the order of their numbers, to be read once all are numbered. */
    public List<String> ids() {
        return Collections.unmodifiableList(Arrays.asList(ids).subList(0, size));
    }

    /** Returns the number of an id, or -1 if it has none. */
    public int get(String id) {
        return number(slots[slot(id, hash(id))]);
    }

    /** Returns the number of an id, which is the next free one if the id is new. */
    public int number(String id) {
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
     * Numbers the first {@code count} ids of a batch in order, as {@link #number(String)} does. Batched so that cache
     * misses overlap: each pass fetches for all ids what the next one reads. No pass has a branch that depends on what
     * it fetches and is hard to predict, because a misprediction would have to wait for that one fetch.
     */
    public void number(String[] batch, int count, int[] numbers) {
        for (int i = 0; i < count; i++) {
            numbers[i] = hash(batch[i]);
        }
        long[] homeContents = new long[count];
        for (int i = 0; i < count; i++) {
            homeContents[i] = slots[home(numbers[i])];
        }
        String[] likely = new String[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = likelyNumber(homeContents[i], numbers[i]);
            likely[i] = numbers[i] < 0 ? "" : ids[numbers[i]];
        }
        for (int i = 0; i < count; i++) {
            numbers[i] = likely[i].length() == batch[i].length() ? numbers[i] : -1;
        }
        for (int i = 0; i < count; i++) {
            if (numbers[i] < 0 || !likely[i].equals(batch[i])) {
                numbers[i] = number(batch[i]);
            }
        }
    }

    /** Returns the number of the first id with this hash, or -1 if none has it, given the content of its home slot. */
    private int likelyNumber(long homeContent, int hash) {
        int slot = home(hash);
        long content = homeContent;
        while (content != 0 && (int) (content >>> Integer.SIZE) != hash) {
            slot = slot + 1 & slots.length - 1;
            content = slots[slot];
        }
        return number(content);
    }

    /** Returns the slot of an id, or the free slot where it would be added. */
    private int slot(String id, int hash) {
        int slot = home(hash);
        while (slots[slot] != 0
                && !((int) (slots[slot] >>> Integer.SIZE) == hash && ids[number(slots[slot])].equals(id))) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private int hash(String id) {
        return seeded ? (int) (IdHash.of(id, true) >>> Integer.SIZE) : id.hashCode();
    }

    private int home(int hash) {
        return (int) (hash * IdHash.SPREAD >>> Integer.SIZE) & slots.length - 1;
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
