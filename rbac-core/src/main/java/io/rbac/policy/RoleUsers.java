package io.rbac.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Finds the users of a role among the users of the targets in the blocks where it is assigned. */
final class RoleUsers {

    private final PolicyTable table;
    private final RoleEntry role;
    private final BitSet found = new BitSet();
    private final List<String> ids = new ArrayList<>();

    RoleUsers(PolicyTable table, RoleEntry role) {
        this.table = table;
        this.role = role;
    }

    /** Returns their ids, in no particular order. */
    List<String> ids() {
        for (int block = 0; block < role.blocks() && ids.size() < role.users(); block++) {
            if (role.assignmentsIn(block) > 0) {
                int end = Math.min(table.targets(), (block + 1) * RoleEntry.BLOCK_SIZE);
                for (int target = block * RoleEntry.BLOCK_SIZE; target < end; target++) {
                    addUsersAt(target);
                }
            }
        }
        return ids;
    }

    private void addUsersAt(int target) {
        for (int user = table.nextUser(target, -1); user >= 0; user = table.nextUser(target, user)) {
            String id = table.userIds.get(user);
            if (id != null && !found.get(user) && holdsRole(table.roleSet(user, target))) {
                found.set(user);
                ids.add(id);
            }
        }
    }

    private boolean holdsRole(int roleSet) {
        for (int i = 0; i < table.size(roleSet); i++) {
            if (table.role(roleSet, i) == role.ordinal()) {
                return true;
            }
        }
        return false;
    }
}
