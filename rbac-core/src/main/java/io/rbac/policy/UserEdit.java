package io.rbac.policy;

import io.rbac.table.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One user in the middle of an edit. Not for several threads. */
final class UserEdit {

    final String id;

    /** The row before the edit, null for a new user. */
    final @Nullable Object row;

    /** What the user holds at each target that was looked at to be changed. */
    final Map<Integer, HeldRoles> held = new LinkedHashMap<>();

    private final Map<Integer, Integer> written = new LinkedHashMap<>();

    /** At how many targets the user holds a role now. */
    int targets;

    /** The ordinal of the user, known once the row is written. */
    int ordinal;

    UserEdit(String id, @Nullable Object row) {
        this.id = id;
        this.row = row;
        this.targets = row == null ? 0 : Row.size(row);
    }

    /** Returns what differs from before. */
    List<HeldRoles> changes() {
        List<HeldRoles> changes = new ArrayList<>();
        for (HeldRoles roles : held.values()) {
            if (roles.isChanged()) {
                changes.add(roles);
            }
        }
        return changes;
    }

    /** Takes the number of the role set that the user holds at a target now. */
    void write(int target, int roleSet) {
        written.put(target, roleSet);
    }

    boolean isWritten() {
        return !written.isEmpty();
    }

    /** Returns the row as it is now, null where nothing is left. */
    @Nullable
    Object seal(int owner) {
        Row.Editor editor = Row.edit(owner, row);
        written.forEach(editor::put);
        return editor.seal();
    }

    /** The ordinals of the roles that one user holds at one target, in the middle of an edit. Not for several threads. */
    static final class HeldRoles {

        final UserEdit user;
        final int target;
        final RoleSet before;
        final NavigableSet<Integer> now = new TreeSet<>();

        /** Receives a role that is held less, -1, or more, 1. */
        interface Difference {
            void accept(int role, int difference);
        }

        HeldRoles(UserEdit user, int target, RoleSet before) {
            this.user = user;
            this.target = target;
            this.before = before;
            for (int i = 0; i < before.size(); i++) {
                now.add(before.role(i));
            }
        }

        boolean isChanged() {
            return before.size() != now.size() || !now.stream().allMatch(before::contains);
        }

        void forEachDifference(Difference visitor) {
            for (int i = 0; i < before.size(); i++) {
                if (!now.contains(before.role(i))) {
                    visitor.accept(before.role(i), -1);
                }
            }
            for (int role : now) {
                if (!before.contains(role)) {
                    visitor.accept(role, 1);
                }
            }
        }
    }
}
