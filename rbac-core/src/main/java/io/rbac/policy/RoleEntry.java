package io.rbac.policy;

import io.rbac.model.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** What a policy knows of one role. */
final class RoleEntry {

    /** Assignments are counted by blocks of this many targets. */
    static final int BLOCK_SIZE = 512;

    private final int ordinal;
    private final Role role;
    private final Role stored;
    private final int users;
    private final int[] blocks;

    /**
     * Creates an entry.
     *
     * @param ordinal the number of the role in the table
     * @param role the role, its rights being of the policy's own catalog instance
     * @param stored the role as it was stored: it may hold retired permissions too
     * @param users how many different users hold it
     * @param blocks how many of its assignments lie in each block of targets, up to the last block that has any
     */
    private RoleEntry(int ordinal, Role role, Role stored, int users, int[] blocks) {
        this.ordinal = ordinal;
        this.role = role;
        this.stored = stored;
        this.users = users;
        this.blocks = blocks;
    }

    static RoleEntry of(int ordinal, Role role, int users, int[] blocks) {
        return new RoleEntry(ordinal, role, role, users, blocks);
    }

    /** This entry after a change of the role; what changes nothing leaves it as it was stored. */
    RoleEntry withRole(Role newRole) {
        return newRole.equals(role) ? this : new RoleEntry(ordinal, newRole, newRole, users, blocks);
    }

    /** This entry with the stored role as another catalog has it. */
    RoleEntry seenAs(Role seen) {
        return new RoleEntry(ordinal, seen, stored.withScope(seen.scope()), users, blocks);
    }

    /** This entry with differences in the assignments of blocks and in the users. */
    RoleEntry counting(Map<Integer, Integer> moreByBlock, int moreUsers) {
        int length = blocks.length;
        for (int block : moreByBlock.keySet()) {
            length = Math.max(length, block + 1);
        }
        int[] counts = Arrays.copyOf(blocks, length);
        moreByBlock.forEach((block, more) -> counts[block] += more);
        int used = counts.length;
        while (used > 0 && counts[used - 1] == 0) {
            used--;
        }
        int[] newBlocks = used == counts.length ? counts : Arrays.copyOf(counts, used);
        return new RoleEntry(ordinal, role, stored, users + moreUsers, newBlocks);
    }

    int ordinal() {
        return ordinal;
    }

    Role role() {
        return role;
    }

    Role stored() {
        return stored;
    }

    int users() {
        return users;
    }

    int blocks() {
        return blocks.length;
    }

    int assignmentsIn(int block) {
        return blocks[block];
    }

    /** About how many bytes the entry and its role take. */
    long retainedBytes() {
        return 200
                + 2L * role.name().length()
                + 2L * role.description().orElse("").length()
                + 8L * ((role.rights().catalog().size() + Long.SIZE - 1) / Long.SIZE)
                + 4L * blocks.length;
    }

    /** Returns the ids of its users, in no particular order: they are users of the targets in its blocks. */
    List<String> userIds(PolicyTable table) {
        BitSet found = new BitSet();
        List<String> ids = new ArrayList<>();
        for (int block = 0; block < blocks.length && ids.size() < users; block++) {
            int end = blocks[block] > 0 ? Math.min(table.targets(), (block + 1) * BLOCK_SIZE) : 0;
            for (int target = block * BLOCK_SIZE; target < end; target++) {
                addUserIds(table, target, found, ids);
            }
        }
        return ids;
    }

    private void addUserIds(PolicyTable table, int target, BitSet found, List<String> ids) {
        for (int user = table.nextUser(target, -1); user >= 0; user = table.nextUser(target, user)) {
            String id = table.userIds.get(user);
            if (id != null && !found.get(user) && isIn(table, table.roleSet(user, target))) {
                found.set(user);
                ids.add(id);
            }
        }
    }

    private boolean isIn(PolicyTable table, int roleSet) {
        for (int i = 0; i < table.size(roleSet); i++) {
            if (table.role(roleSet, i) == ordinal) {
                return true;
            }
        }
        return false;
    }
}
