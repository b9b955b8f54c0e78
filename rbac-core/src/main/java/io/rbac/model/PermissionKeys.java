package io.rbac.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The positions of the keys of a catalog: one look finds a key. This class is immutable and thread-safe. */
final class PermissionKeys {

    /*
     * Hash and displace (Pagh, 1999). A key's hash selects a bucket, and the hash times the multiplier of that bucket the
     * key's slot. The multipliers are chosen so that no two keys have the same slot. The largest buckets choose first.
     *
     * At most MAX_TRIES multipliers are tried for a bucket. If none of them is right, as none is for keys of equal hashes,
     * the keys of the bucket are found in a map instead. So building ends after at most MAX_TRIES looks at each key, and
     * every key is found, whatever the keys are.
     */
    private static final int MAX_TRIES = 256;

    private static final int FIRST_MULTIPLIER = 0x9E3779B1;

    /** Its powers are odd, and the first 2 to the power of 30 of them are different. */
    private static final int NEXT_MULTIPLIER = 0x2C1B3C6D;

    /** There are a quarter as many buckets as slots. */
    private final int[] multipliers;

    /** The key in each slot; at most half of the slots are taken. */
    private final @Nullable String[] slots;

    private final char[] positions;
    private final int shift;

    /** The positions of the keys without slots. */
    private final Map<String, Integer> others = new HashMap<>();

    /** Makes the positions of keys, which must be distinct and at most {@link PermissionCatalog#MAX_PERMISSIONS}. */
    PermissionKeys(List<String> keys) {
        int slotBits = Integer.SIZE - Integer.numberOfLeadingZeros(keys.size() | 2) + 1;
        this.multipliers = new int[1 << slotBits - 2];
        this.slots = new String[1 << slotBits];
        this.positions = new char[1 << slotBits];
        this.shift = Integer.SIZE - slotBits;
        List<List<Integer>> buckets = new ArrayList<>();
        for (int i = 0; i < multipliers.length; i++) {
            buckets.add(new ArrayList<>());
        }
        for (int i = 0; i < keys.size(); i++) {
            buckets.get(bucket(keys.get(i).hashCode())).add(i);
        }
        buckets.sort(Comparator.comparing(List::size, Comparator.reverseOrder()));
        buckets.forEach(bucket -> add(keys, bucket));
    }

    private int bucket(int hash) {
        return (hash ^ hash >>> 16) & multipliers.length - 1;
    }

    private int slot(String key, int multiplier) {
        return key.hashCode() * multiplier >>> shift;
    }

    private void add(List<String> keys, List<Integer> bucket) {
        int multiplier = FIRST_MULTIPLIER;
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            if (addAll(keys, bucket, multiplier)) {
                return;
            }
            multiplier *= NEXT_MULTIPLIER;
        }
        bucket.forEach(position -> others.put(keys.get(position), position));
    }

    /** Gives all keys of a bucket slots, or none of them. */
    private boolean addAll(List<String> keys, List<Integer> bucket, int multiplier) {
        for (int i = 0; i < bucket.size(); i++) {
            String key = keys.get(bucket.get(i));
            int slot = slot(key, multiplier);
            if (slots[slot] != null) {
                bucket.subList(0, i).forEach(position -> slots[slot(keys.get(position), multiplier)] = null);
                return false;
            }
            slots[slot] = key;
            positions[slot] = (char) (int) bucket.get(i);
            multipliers[bucket(key.hashCode())] = multiplier;
        }
        return true;
    }

    /** Returns the position of a key, or -1 if there is no such key. */
    int find(String key) {
        int slot = slot(key, multipliers[bucket(key.hashCode())]);
        if (key.equals(slots[slot])) {
            return positions[slot];
        }
        return others.isEmpty() ? -1 : others.getOrDefault(key, -1);
    }
}
