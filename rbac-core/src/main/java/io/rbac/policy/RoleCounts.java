package io.rbac.policy;

import io.rbac.model.Role;
import java.util.Arrays;

/** Counts, for each role, its users and its assignments in each block of targets. */
final class RoleCounts {

    private final int[] users;
    private final int[] lastUser;
    private final int[][] blocks;
    private final int blockCount;

    RoleCounts(int roles, int targets) {
        this.users = new int[roles];
        this.lastUser = new int[roles];
        Arrays.fill(lastUser, -1);
        this.blocks = new int[roles][];
        this.blockCount = (targets + RoleEntry.BLOCK_SIZE - 1) / RoleEntry.BLOCK_SIZE;
    }

    /** Counts a role that a user holds at a target; called user by user. */
    void add(int user, int target, int role) {
        if (lastUser[role] != user) {
            lastUser[role] = user;
            users[role]++;
        }
        if (blocks[role] == null) {
            blocks[role] = new int[blockCount];
        }
        blocks[role][target / RoleEntry.BLOCK_SIZE]++;
    }

    RoleEntry entry(int ordinal, Role role) {
        int[] counts = blocks[ordinal] == null ? new int[0] : blocks[ordinal];
        int used = counts.length;
        while (used > 0 && counts[used - 1] == 0) {
            used--;
        }
        return new RoleEntry(ordinal, role, users[ordinal], Arrays.copyOf(counts, used));
    }
}
