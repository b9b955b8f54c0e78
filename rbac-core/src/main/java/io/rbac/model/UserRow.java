package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The row of a user: his ordinal, and the number of the role set that he holds at each of his targets, in the order of
 * the targets' ordinals.
 */
final class UserRow {

    /*
     * Three forms, told apart by their type, because a check reads a row and there is one for every user:
     *
     * int[]: where the highest target and the highest role set of the row fit into 31 bits together. The head holds the
     *        user's ordinal (27 bits) and how many bits a role set takes (5 bits); then target << bits | set.
     * long[]: where they do not. The head is the ordinal; then target << 32 | set.
     * Paged: more than 256 entries, each target << 32 | set.
     */
    static final int MAX_USERS = 1 << 27;

    private static final int MAX_FLAT = 256;

    /** Up to this length counting entries takes no longer than a search that halves them. */
    private static final int MAX_COUNTED = 48;

    private static final int ENTRY_BITS = 31;

    private record Paged(int user, SortedLongs entries) {}

    private UserRow() {}

    /** Returns an entry: a target and the role set held there. */
    static long entry(int target, int roleSet) {
        return (long) target << Integer.SIZE | roleSet;
    }

    static int roleSet(long entry) {
        return (int) entry;
    }

    /** Returns the row of a user with the first {@code count} entries, which ascend; there is at least one. */
    static Object of(int user, long[] entries, int count) {
        if (count > MAX_FLAT) {
            return new Paged(user, SortedLongs.of(entries, count));
        }
        int highestSet = 0;
        for (int i = 0; i < count; i++) {
            highestSet = Math.max(highestSet, roleSet(entries[i]));
        }
        int setBits = bits(highestSet);
        if (setBits + bits(target(entries[count - 1])) > ENTRY_BITS) {
            long[] row = new long[count + 1];
            row[0] = user;
            System.arraycopy(entries, 0, row, 1, count);
            return row;
        }
        int[] row = new int[count + 1];
        row[0] = setBits << 27 | user;
        for (int i = 0; i < count; i++) {
            row[i + 1] = target(entries[i]) << setBits | roleSet(entries[i]);
        }
        return row;
    }

    private static int bits(int number) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(number);
    }

    static int target(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    /**
     * Returns a row that holds another role set at a target, none for zero.
     *
     * @return null when no entry is left
     */
    static @Nullable Object with(Object row, int target, int roleSet) {
        int old = roleSet(row, target);
        if (row instanceof Paged paged) {
            SortedLongs entries = paged.entries();
            if (roleSet != 0) {
                SortedLongs rest = old == 0 ? entries : entries.without(entry(target, old));
                return new Paged(paged.user(), rest.with(entry(target, roleSet)));
            }
            SortedLongs rest = old == 0 ? entries : entries.without(entry(target, old));
            return rest.size() > MAX_FLAT / 2
                    ? new Paged(paged.user(), rest)
                    : of(paged.user(), rest.toArray(), rest.size());
        }
        long[] entries = entries(row);
        long[] changed = new long[entries.length + 1];
        int count = 0;
        boolean placed = roleSet == 0;
        for (long entry : entries) {
            if (!placed && target(entry) >= target) {
                changed[count++] = entry(target, roleSet);
                placed = true;
            }
            if (target(entry) != target) {
                changed[count++] = entry;
            }
        }
        if (!placed) {
            changed[count++] = entry(target, roleSet);
        }
        return count == 0 ? null : of(user(row), changed, count);
    }

    /** Returns all entries of a row, in the order of their targets. */
    static long[] entries(Object row) {
        if (row instanceof Paged paged) {
            return paged.entries().toArray();
        }
        if (row instanceof long[] longs) {
            return Arrays.copyOfRange(longs, 1, longs.length);
        }
        int[] ints = (int[]) row;
        int setBits = ints[0] >>> 27;
        long[] entries = new long[ints.length - 1];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(ints[i + 1] >>> setBits, ints[i + 1] & (1 << setBits) - 1);
        }
        return entries;
    }

    /** About how many bytes a row takes. */
    static long retainedBytes(Object row) {
        if (row instanceof int[] ints) {
            return 16 + 4L * ints.length;
        }
        return row instanceof long[] longs
                ? 16 + 8L * longs.length
                : 24 + ((Paged) row).entries().retainedBytes();
    }

    /** Returns the ordinal of the user. */
    static int user(Object row) {
        if (row instanceof int[] ints) {
            return ints[0] & MAX_USERS - 1;
        }
        return row instanceof long[] longs ? (int) longs[0] : ((Paged) row).user();
    }

    /** Whether the entries of a row are counted rather than searched. */
    static boolean isCounted(Object row) {
        return row instanceof int[] ints && ints.length <= MAX_COUNTED;
    }

    /**
     * Returns the role sets that the user holds at the account, in a team and at a target itself, in three fields of
     * {@link PolicyTable#ROLE_SET_BITS}.
     *
     * @param isCounted what {@link #isCounted} says of the row
     * @param team the ordinal of the team, negative for none
     * @param target the ordinal of the target
     * @param shift where the field of the target begins
     */
    static long roleSets(Object row, boolean isCounted, int team, int target, int shift) {
        if (isCounted) {
            return countedRoleSets((int[]) row, team, target, shift);
        }
        long atTeam = team < 0 ? 0 : roleSet(row, team);
        return roleSetAtAccount(row) | atTeam << PolicyTable.ROLE_SET_BITS | (long) roleSet(row, target) << shift;
    }

    /*
     * Where a target's entry is, is told by how many entries lie below the target's end. All are counted, since no processor
     * foresees where a search would stop, and a wrong guess costs more than the rest of the row. A target that is beyond the
     * 31 bits of an entry finds some entry or other, and none of them is its own.
     */
    private static long countedRoleSets(int[] row, int team, int target, int shift) {
        int setBits = row[0] >>> 27;
        int teamEnd = team + 1 << setBits;
        int targetEnd = target + 1 << setBits;
        int belowTeamEnd = 0;
        int belowTargetEnd = 0;
        for (int i = 1; i < row.length; i++) {
            belowTeamEnd += row[i] - teamEnd >>> 31;
            belowTargetEnd += row[i] - targetEnd >>> 31;
        }
        long atTeam = roleSetAt(row, Math.max(1, belowTeamEnd), team);
        long atTarget = roleSetAt(row, Math.max(1, belowTargetEnd), target);
        return roleSetAt(row, 1, PolicyTable.ACCOUNT) | atTeam << PolicyTable.ROLE_SET_BITS | atTarget << shift;
    }

    /** Returns the role set that the user holds at the account, zero if none. */
    static int roleSetAtAccount(Object row) {
        return row instanceof int[] ints ? roleSetAt(ints, 1, PolicyTable.ACCOUNT) : roleSet(row, PolicyTable.ACCOUNT);
    }

    /** Returns the role set that the user holds at a target, zero if none. */
    static int roleSet(Object row, int target) {
        if (row instanceof int[] ints) {
            return roleSet(ints, target);
        }
        if (row instanceof long[] longs) {
            return roleSet(longs, target);
        }
        long entry = ((Paged) row).entries().ceiling(entry(target, 0));
        return entry >= 0 && target(entry) == target ? roleSet(entry) : 0;
    }

    /**
     * Returns the role sets that the users of rows, of which none is missing, hold at a target. Sooner than one by one where
     * no cache holds the rows: a pass that asks for their form only fetches the heads of all at once.
     */
    static int[] roleSets(@Nullable Object[] rows, int target) {
        boolean[] areInts = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            areInts[i] = rows[i] instanceof int[];
        }
        int[] roleSets = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            Object row = requireNonNull(rows[i]);
            roleSets[i] = areInts[i] ? roleSet((int[]) row, target) : roleSet(row, target);
        }
        return roleSets;
    }

    private static int roleSet(int[] row, int target) {
        return roleSetAt(row, Math.min(ceiling(row, target), row.length - 1), target);
    }

    /** The first entry whose target is not below another; the length of the row if there is none. */
    private static int ceiling(int[] row, int target) {
        int setBits = row[0] >>> 27;
        int index = 1;
        int above = row.length;
        while (index < above) {
            int middle = index + above >>> 1;
            if (row[middle] >>> setBits < target) {
                index = middle + 1;
            } else {
                above = middle;
            }
        }
        return index;
    }

    /** The role set of an entry if it is that of a target, which may be negative, else zero; without a branch. */
    private static int roleSetAt(int[] row, int index, int target) {
        int setBits = row[0] >>> 27;
        int other = row[index] >>> setBits ^ target;
        return row[index] & (1 << setBits) - 1 & (other - 1 & ~other) >> 31;
    }

    private static int roleSet(long[] row, int target) {
        int index = 1;
        int above = row.length;
        while (index < above) {
            int middle = index + above >>> 1;
            if (target(row[middle]) < target) {
                index = middle + 1;
            } else {
                above = middle;
            }
        }
        return index < row.length && target(row[index]) == target ? roleSet(row[index]) : 0;
    }

    /** Returns the least target above {@code after} at which the user holds a role, -1 if there is none. */
    static int nextTarget(Object row, int after) {
        if (row instanceof Paged paged) {
            long entry = after == Integer.MAX_VALUE ? -1 : paged.entries().ceiling(entry(after + 1, 0));
            return entry < 0 ? -1 : target(entry);
        }
        return row instanceof int[] ints ? nextTarget(ints, after) : nextTarget((long[]) row, after);
    }

    private static int nextTarget(int[] row, int after) {
        int setBits = row[0] >>> 27;
        for (int i = 1; i < row.length; i++) {
            if (row[i] >>> setBits > after) {
                return row[i] >>> setBits;
            }
        }
        return -1;
    }

    private static int nextTarget(long[] row, int after) {
        for (int i = 1; i < row.length; i++) {
            if (target(row[i]) > after) {
                return target(row[i]);
            }
        }
        return -1;
    }
}
