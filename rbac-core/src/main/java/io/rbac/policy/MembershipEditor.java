package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.policy.UserEdit.HeldRoles;
import io.rbac.table.FreeNumbers;
import io.rbac.table.IdTable;
import io.rbac.table.Ordinals;
import io.rbac.table.Pages;
import io.rbac.table.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Changes a copy of what the users of a table hold. Not for several threads. */
final class MembershipEditor {

    /*
     * What users hold is gathered in one HeldRoles for each pair of a user and a target, and written by settle(): a batch
     * that gives one user thousands of roles makes one role set of them, and not thousands of which each is longer than the
     * one before.
     *
     * settle() goes through the pairs that differ in three steps: it counts what is held less and more; it releases the
     * role sets that were held and then interns those that are held now, so that one may take the number of the other; and
     * it writes the rows. The users of targets and the counts of roles are left to the caller.
     */

    private final IdTable.Editor<Object> rows;
    private final Pages.Editor<@Nullable String> userIds;
    private final FreeNumbers.Editor ordinals;
    private final RoleSetEditor roleSets;
    private final Map<String, UserEdit> users = new LinkedHashMap<>();
    private final Map<Integer, List<HeldRoles>> byTarget = new HashMap<>();
    private final Map<Integer, List<HeldRoles>> byRole = new HashMap<>();
    /** Users who began to hold something since everything was settled, in order. */
    private final List<String> newUsers = new ArrayList<>();

    /** Roles that every user held at the account at some point, each with how many of the new users were among them. */
    private final Map<Integer, Integer> heldByAll = new HashMap<>();

    /** For each role the users from whom it was taken at the account, since every user held it. */
    private final Map<Integer, Set<String>> takenAtAccount = new HashMap<>();

    private long moreBytes;

    /**
     * What was written, and what follows from it.
     *
     * @param changes the pairs that differ
     * @param counts how the counts of roles change, by their ordinals
     */
    record Settlement(List<HeldRoles> changes, Map<Integer, RoleCountEdit> counts) {}

    MembershipEditor(PolicyTable base) {
        this.rows = base.rows.edit();
        this.userIds = base.userIds.edit();
        this.ordinals = References.pool(base.free.users(), Policy.MAX_USERS, "users");
        this.roleSets = new RoleSetEditor(base);
    }

    // reading

    /** Whether a user holds a role at a target itself. */
    boolean holds(String user, int role, int target) {
        HeldRoles held = changed(user, target);
        return held == null ? settledAt(user, target).contains(role) : held.now.contains(role);
    }

    /** How many roles a user holds at a target itself. */
    int countAt(String user, int target) {
        HeldRoles held = changed(user, target);
        return held == null ? settledAt(user, target).size() : held.now.size();
    }

    /** Whether a user holds some role of a kind at a target itself. */
    boolean holdsAny(String user, int target, IntPredicate kind) {
        HeldRoles held = changed(user, target);
        if (held != null) {
            return held.now.stream().anyMatch(kind::test);
        }
        RoleSet settled = settledAt(user, target);
        for (int i = 0; i < settled.size(); i++) {
            if (kind.test(settled.role(i))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable HeldRoles changed(String user, int target) {
        UserEdit edit = users.get(user);
        return edit == null ? null : edit.held.get(target);
    }

    private RoleSet settledAt(String user, int target) {
        Object row = rows.get(user);
        return row == null ? RoleSet.EMPTY : roleSets.get(Row.value(row, target));
    }

    /** The ids of the users who hold this very role at a target itself. */
    List<String> usersAt(TargetEntry target, int role) {
        List<String> settled = settledUsers(target);
        int[] held = Row.values(rows.getAll(settled), target.ordinal());
        List<String> holders = new ArrayList<>();
        for (int i = 0; i < held.length; i++) {
            if (roleSets.get(held[i]).contains(role) && changed(settled.get(i), target.ordinal()) == null) {
                holders.add(settled.get(i));
            }
        }
        for (HeldRoles changed : byTarget.getOrDefault(target.ordinal(), List.of())) {
            if (changed.now.contains(role)) {
                holders.add(changed.user.id);
            }
        }
        return holders;
    }

    private List<String> settledUsers(TargetEntry target) {
        List<String> ids = new ArrayList<>();
        for (int user : Ordinals.toArray(target.users())) {
            ids.add(requireNonNull(userIds.get(user)));
        }
        return ids;
    }

    /** The ids of all users. */
    List<String> users() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < userIds.size(); i++) {
            String id = userIds.get(i);
            UserEdit edit = id == null ? null : users.get(id);
            if (id != null && (edit == null || edit.targets > 0)) {
                ids.add(id);
            }
        }
        for (UserEdit edit : users.values()) {
            if (edit.row == null && edit.targets > 0) {
                ids.add(edit.id);
            }
        }
        return ids;
    }

    /**
     * The users who do not hold a role at the account, which are then taken to hold it: asked again, only those are looked
     * at who were new or deprived of it since.
     *
     * @param settledUsers how many users held the role when everything was settled
     */
    List<String> usersWithout(int role, int settledUsers) {
        Integer seen = settledUsers == rows.size() ? Integer.valueOf(0) : null;
        seen = heldByAll.getOrDefault(role, seen);
        List<String> candidates = new ArrayList<>();
        if (seen == null) {
            candidates.addAll(users());
        } else {
            candidates.addAll(takenAtAccount.getOrDefault(role, Set.of()));
            candidates.addAll(newUsers.subList(seen, newUsers.size()));
        }
        heldByAll.put(role, newUsers.size());
        takenAtAccount.remove(role);
        candidates.removeIf(user -> !isUser(user) || holds(user, role, PolicyTable.ACCOUNT));
        return candidates;
    }

    private boolean isUser(String id) {
        UserEdit edit = users.get(id);
        return edit == null ? rows.get(id) != null : edit.targets > 0;
    }

    /** The targets at which a user holds a role or held one before the edit. */
    Set<Integer> targetsOf(String user) {
        Set<Integer> targets = new TreeSet<>();
        Object row = rows.get(user);
        for (long entry : row == null ? new long[0] : Row.entries(row)) {
            targets.add(Row.key(entry));
        }
        UserEdit edit = users.get(user);
        if (edit != null) {
            targets.addAll(edit.held.keySet());
        }
        return targets;
    }

    /** The ids of the users who hold a role at a target itself, or held one before the edit. */
    Set<String> usersAt(TargetEntry target) {
        Set<String> ids = new LinkedHashSet<>(settledUsers(target));
        byTarget.getOrDefault(target.ordinal(), List.of()).forEach(held -> ids.add(held.user.id));
        return ids;
    }

    // writing

    void give(String user, int target, int role) {
        HeldRoles held = held(user, target);
        if (held.user.targets == 0) {
            newUsers.add(user);
        }
        held.user.targets += held.now.isEmpty() ? 1 : 0;
        if (held.now.add(role)) {
            byRole.computeIfAbsent(role, ordinal -> new ArrayList<>()).add(held);
        }
    }

    void take(String user, int target, int role) {
        take(held(user, target), role);
    }

    private void take(HeldRoles held, int role) {
        if (held.now.remove(role)) {
            takenAtAccount(held, role);
            held.user.targets -= held.now.isEmpty() ? 1 : 0;
        }
    }

    /** Takes a role from all to whom it was given since everything was settled. */
    void takeGiven(int role) {
        byRole.getOrDefault(role, List.of()).forEach(held -> take(held, role));
    }

    void takeAll(String user, int target) {
        HeldRoles held = held(user, target);
        held.now.forEach(role -> takenAtAccount(held, role));
        held.user.targets -= held.now.isEmpty() ? 0 : 1;
        held.now.clear();
    }

    private void takenAtAccount(HeldRoles held, int role) {
        if (held.target == PolicyTable.ACCOUNT) {
            takenAtAccount
                    .computeIfAbsent(role, ordinal -> new LinkedHashSet<>())
                    .add(held.user.id);
        }
    }

    /** Leaves a user exactly these roles at a target. */
    void set(String user, int target, Set<Integer> roles) {
        for (int role : List.copyOf(held(user, target).now)) {
            if (!roles.contains(role)) {
                take(user, target, role);
            }
        }
        roles.forEach(role -> give(user, target, role));
    }

    private HeldRoles held(String user, int target) {
        UserEdit edit = users.computeIfAbsent(user, id -> new UserEdit(id, rows.get(id)));
        return edit.held.computeIfAbsent(target, ordinal -> {
            RoleSet before = roleSets.get(edit.row == null ? 0 : Row.value(edit.row, ordinal));
            HeldRoles held = new HeldRoles(edit, ordinal, before);
            byTarget.computeIfAbsent(ordinal, at -> new ArrayList<>()).add(held);
            return held;
        });
    }

    // settling

    /** Writes what users hold. */
    Settlement settle() {
        List<HeldRoles> changes = new ArrayList<>();
        Map<Integer, RoleCountEdit> counts = new TreeMap<>();
        for (UserEdit user : users.values()) {
            List<HeldRoles> changed = user.changes();
            changes.addAll(changed);
            count(user, changed, counts);
        }
        changes.forEach(change -> roleSets.release(change.before));
        changes.forEach(change -> change.user.write(change.target, roleSets.intern(change.now)));
        // First those who hold nothing any more, whose ordinals others may take.
        users.values().stream().filter(user -> user.targets == 0).forEach(this::writeRow);
        ordinals.reuse();
        users.values().stream().filter(user -> user.targets > 0).forEach(this::writeRow);
        users.clear();
        byTarget.clear();
        byRole.clear();
        newUsers.clear();
        heldByAll.clear();
        takenAtAccount.clear();
        return new Settlement(changes, counts);
    }

    /** Counts what a user holds less and more than before. */
    private void count(UserEdit user, List<HeldRoles> changes, Map<Integer, RoleCountEdit> counts) {
        Map<Integer, Integer> differences = new HashMap<>();
        for (HeldRoles change : changes) {
            change.forEachDifference((role, difference) -> {
                differences.merge(role, difference, Integer::sum);
                counts.computeIfAbsent(role, ordinal -> new RoleCountEdit()).countAt(change.target, difference);
            });
        }
        if (differences.isEmpty()) {
            return;
        }
        Map<Integer, Integer> before = targetsByRole(user.row, differences.keySet());
        differences.forEach((role, difference) -> {
            int held = before.getOrDefault(role, 0);
            requireNonNull(counts.get(role)).countUser(held > 0, held + difference > 0);
        });
    }

    /** At how many targets of a row each of some roles was held. */
    private Map<Integer, Integer> targetsByRole(@Nullable Object row, Set<Integer> some) {
        Map<Integer, Integer> targetsByRole = new HashMap<>();
        for (long entry : row == null ? new long[0] : Row.entries(row)) {
            RoleSet set = roleSets.get(Row.value(entry));
            for (int i = 0; i < set.size(); i++) {
                if (some.contains(set.role(i))) {
                    targetsByRole.merge(set.role(i), 1, Integer::sum);
                }
            }
        }
        return targetsByRole;
    }

    private void writeRow(UserEdit user) {
        if (!user.isWritten()) {
            return;
        }
        boolean isNew = user.row == null;
        user.ordinal = isNew ? ordinals.take(userIds.size()) : Row.owner(requireNonNull(user.row));
        Object row = user.seal(user.ordinal);
        moreBytes += PolicyTable.userBytes(user.id, row) - PolicyTable.userBytes(user.id, user.row);
        if (row == null) {
            rows.remove(user.id);
            userIds.clear(user.ordinal);
            ordinals.free(user.ordinal);
        } else {
            rows.put(user.id, row);
            if (isNew) {
                userIds.set(user.ordinal, user.id);
            }
        }
    }

    /** How many bytes it all takes more than in the table that was edited. */
    long moreBytes() {
        return moreBytes + roleSets.moreBytes();
    }

    IdTable<Object> sealRows() {
        return rows.seal();
    }

    Pages<@Nullable String> sealUserIds() {
        return userIds.seal();
    }

    @Nullable
    FreeNumbers sealFreeUsers() {
        return ordinals.seal();
    }

    RoleSetEditor roleSets() {
        return roleSets;
    }

    /** How the counts of one role change by an edit. Not for several threads. */
    static final class RoleCountEdit {

        private final Map<Integer, Integer> assignmentsByBlock = new TreeMap<>();
        private int users;

        /** Counts an assignment at a target less, -1, or more, 1. */
        void countAt(int target, int difference) {
            assignmentsByBlock.merge(target / RoleEntry.BLOCK_SIZE, difference, Integer::sum);
        }

        /** Counts a user by whether they held the role somewhere before, and do so after. */
        void countUser(boolean before, boolean after) {
            users += (after ? 1 : 0) - (before ? 1 : 0);
        }

        RoleEntry appliedTo(RoleEntry entry) {
            return entry.counting(assignmentsByBlock, users);
        }
    }
}
