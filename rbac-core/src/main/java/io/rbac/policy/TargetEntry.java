package io.rbac.policy;

import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.table.Ordinals;

/**
 * What a policy knows of one target. There may be half a million of them, so one that lies at most two levels below the
 * account takes no more than 32 bytes.
 */
class TargetEntry {

    /*
     * A check needs the ordinals of the whole path. Most paths have at most three targets, so the parent's ordinal stands in
     * the entry itself. Only the sign of that field tells of a longer path: then the entry is a Deep one, and the ordinals
     * above stand in an array that all children of one parent share.
     */

    /** What stands for the parent where that is the account. */
    private static final int IN_ACCOUNT = -1;

    private static final int ORDINAL_BITS = 28;
    private static final int ORDINAL_MASK = (1 << ORDINAL_BITS) - 1;
    private static final int IS_DEEP = Integer.MIN_VALUE;

    private final int levelAndOrdinal;
    private final int parent;
    private final String id;
    private final Object users;
    private final Object children;

    private TargetEntry(int levelAndOrdinal, int parent, String id, Object users, Object children) {
        this.levelAndOrdinal = levelAndOrdinal;
        this.parent = parent;
        this.id = id;
        this.users = users;
        this.children = children;
    }

    /** A target whose parent has parents besides the account. */
    private static final class Deep extends TargetEntry {

        private final int[] above;

        Deep(int levelAndOrdinal, int parent, String id, Object users, Object children, int[] above) {
            super(levelAndOrdinal, parent, id, users, children);
            this.above = above;
        }
    }

    /**
     * Returns an entry.
     *
     * @param above what {@link #pathBelow} returns for the parent
     * @param users the {@link Ordinals} of the users who hold a role at the target
     * @param children the {@link Ordinals} of the targets that lie in it; none for the account
     */
    static TargetEntry of(int ordinal, int level, int[] above, String id, Object users, Object children) {
        return of(level << ORDINAL_BITS | ordinal, above, id, users, children);
    }

    private static TargetEntry of(int levelAndOrdinal, int[] above, String id, Object users, Object children) {
        return switch (above.length) {
            case 0 -> new TargetEntry(levelAndOrdinal, IN_ACCOUNT, id, users, children);
            case 1 -> new TargetEntry(levelAndOrdinal, above[0], id, users, children);
            default -> new Deep(levelAndOrdinal, IS_DEEP | above[0], id, users, children, above);
        };
    }

    /** Returns the number of the target in the table; the account is 0. */
    int ordinal() {
        return levelAndOrdinal & ORDINAL_MASK;
    }

    /** Returns the level of its scope. */
    int level() {
        return levelAndOrdinal >>> ORDINAL_BITS;
    }

    /** Returns the id, the empty string for the account. */
    String id() {
        return id;
    }

    /** Returns the {@link Ordinals} of the users who hold a role here. */
    Object users() {
        return users;
    }

    /** Returns the {@link Ordinals} of the targets that lie here; none for the account. */
    Object children() {
        return children;
    }

    /** Returns the ordinal of the parent; that of the account for the account itself. */
    int parent() {
        return parent == IN_ACCOUNT ? PolicyTable.ACCOUNT : parent & ~IS_DEEP;
    }

    /** Returns whether the path has more than three targets: then {@link #above} names those between. */
    boolean isDeep() {
        return parent < IN_ACCOUNT;
    }

    /** Returns the parent's ordinal, negative if that is the account. For an entry that is not deep. */
    int parentBelowAccount() {
        return parent;
    }

    /** Returns the ordinals between target and account, the nearest first; must not be written to. */
    int[] above() {
        return this instanceof Deep deep ? deep.above : parent == IN_ACCOUNT ? new int[0] : new int[] {parent};
    }

    /** Returns how many targets the path has, the target itself and the account among them; for a check, so without an array. */
    int pathLength() {
        if (ordinal() == PolicyTable.ACCOUNT) {
            return 1;
        }
        return this instanceof Deep deep ? 2 + deep.above.length : parent == IN_ACCOUNT ? 2 : 3;
    }

    /** Returns what {@link #above} is for what lies here. */
    int[] pathBelow() {
        if (ordinal() == PolicyTable.ACCOUNT) {
            return new int[0];
        }
        int[] above = above();
        int[] path = new int[above.length + 1];
        path[0] = ordinal();
        System.arraycopy(above, 0, path, 1, above.length);
        return path;
    }

    /** Returns the target: a new one for each call. */
    Target target(ScopeTree scopes) {
        return level() == 0 ? Target.account() : Target.of(scopes.scopes().get(level()), id);
    }

    TargetEntry withLevel(int level) {
        return of(ordinal(), level, above(), id, users, children);
    }

    TargetEntry withAbove(int[] newAbove) {
        return of(levelAndOrdinal, newAbove, id, users, children);
    }

    TargetEntry withUsers(Object newUsers) {
        return with(newUsers, children);
    }

    TargetEntry withChildren(Object newChildren) {
        return with(users, newChildren);
    }

    private TargetEntry with(Object newUsers, Object newChildren) {
        return this instanceof Deep deep
                ? new Deep(levelAndOrdinal, parent, id, newUsers, newChildren, deep.above)
                : new TargetEntry(levelAndOrdinal, parent, id, newUsers, newChildren);
    }

    /** Returns roughly how many bytes the entry takes, without its id. */
    long retainedBytes() {
        long bytes = 32 + Ordinals.retainedBytes(users) + Ordinals.retainedBytes(children);
        if (isDeep()) {
            bytes += 8;
        }
        // The array that what lies here shares.
        if (parent != IN_ACCOUNT && Ordinals.size(children) > 0) {
            bytes += 16 + 4L * (above().length + 1);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return id + '#' + ordinal();
    }
}
