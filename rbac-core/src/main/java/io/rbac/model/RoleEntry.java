package io.rbac.model;

import java.util.Arrays;

/** What a policy knows of one role. */
final class RoleEntry {

    /** Assignments are counted by blocks of this many targets. */
    static final int BLOCK_SIZE = 512;

    private final int ordinal;
    private final Role role;
    private final int users;
    private final int[] blocks;

    /**
     * Creates an entry.
     *
     * @param ordinal the number of the role in the table
     * @param role the role, its rights being of the policy's own catalog instance
     * @param users how many different users hold it
     * @param blocks how many of its assignments lie in each block of targets, up to the last block that has any
     */
    RoleEntry(int ordinal, Role role, int users, int[] blocks) {
        this.ordinal = ordinal;
        this.role = role;
        this.users = users;
        this.blocks = blocks;
    }

    RoleEntry withRole(Role newRole) {
        return new RoleEntry(ordinal, newRole, users, blocks);
    }

    /** This entry with a difference in the assignments of a block and in the users. */
    RoleEntry counting(int block, int assignmentsMore, int usersMore) {
        int[] counts = Arrays.copyOf(blocks, Math.max(blocks.length, block + 1));
        counts[block] += assignmentsMore;
        int used = counts.length;
        while (used > 0 && counts[used - 1] == 0) {
            used--;
        }
        return new RoleEntry(
                ordinal, role, users + usersMore, used == counts.length ? counts : Arrays.copyOf(counts, used));
    }

    int ordinal() {
        return ordinal;
    }

    Role role() {
        return role;
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
}
