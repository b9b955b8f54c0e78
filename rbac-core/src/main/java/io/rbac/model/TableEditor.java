package io.rbac.model;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes a copy of a policy's table; each change costs what it touches. Whether a change is allowed is judged by its
 * callers. Not for several threads.
 */
final class TableEditor {

    private static final char[] NO_ROLES = {};

    private final PolicyTable base;
    private final IdTableEditor<Object> rows;
    private final Pages.Editor<@Nullable String> userIds;
    private final IdTableEditor<TargetEntry> teams;
    private final IdTableEditor<TargetEntry> chats;
    private final Pages.Editor<@Nullable TargetEntry> targets;
    private final IdTableEditor<RoleEntry> rolesById;
    private final Pages.Editor<@Nullable RoleEntry> roles;
    private final IdTableEditor<RoleSet> roleSetsByText;
    private final Pages.Editor<@Nullable RoleSet> roleSets;
    private final TouchedThings touched = new TouchedThings();
    private long bytes;
    private @Nullable FreeNumbers freeUsers;
    private @Nullable FreeNumbers freeTargets;
    private @Nullable FreeNumbers freeRoles;
    private @Nullable FreeNumbers freeRoleSets;

    TableEditor(PolicyTable base) {
        this.base = base;
        this.rows = base.rows.edit();
        this.userIds = base.userIds.edit();
        this.teams = base.teams.edit();
        this.chats = base.chats.edit();
        this.targets = base.targets.edit();
        this.rolesById = base.rolesById.edit();
        this.roles = base.roles.edit();
        this.roleSetsByText = base.roleSetsByText.edit();
        this.roleSets = base.roleSets.edit();
        this.bytes = base.retainedBytes();
        this.freeUsers = base.free.users();
        this.freeTargets = base.free.targets();
        this.freeRoles = base.free.roles();
        this.freeRoleSets = base.free.roleSets();
    }

    /** The table as it was. */
    PolicyTable base() {
        return base;
    }

    /** What was written to, whether or not it differs in the end. */
    TouchedThings touched() {
        return touched;
    }

    // reading

    @Nullable
    RoleEntry role(String id) {
        return rolesById.get(id);
    }

    /** All roles as they are now, in no particular order. */
    List<RoleEntry> roleEntries() {
        return Pages.present(roles.size(), roles::get);
    }

    Role roleOf(int ordinal) {
        return requireNonNull(roles.get(ordinal)).role();
    }

    @Nullable
    TargetEntry target(Target target) {
        return switch (target.scope()) {
            case ACCOUNT -> targets.get(PolicyTable.ACCOUNT);
            case TEAM -> teams.get(target.id());
            case CHAT -> chats.get(target.id());
        };
    }

    TargetEntry targetOf(int ordinal) {
        return requireNonNull(targets.get(ordinal));
    }

    /** The roles that a user holds at a target itself. */
    RoleSet rolesAt(String user, Target target) {
        Object row = rows.get(user);
        TargetEntry entry = target(target);
        return row == null || entry == null ? RoleSet.EMPTY : roleSet(UserRow.roleSet(row, entry.ordinal()));
    }

    private RoleSet roleSet(int number) {
        return requireNonNull(roleSets.get(number));
    }

    /** The ids of the users who hold a role at a target itself. */
    List<String> usersAt(Target target) {
        List<String> users = new ArrayList<>();
        TargetEntry entry = target(target);
        if (entry != null) {
            for (int user : Ordinals.toArray(entry.users())) {
                users.add(requireNonNull(userIds.get(user)));
            }
        }
        return users;
    }

    /** The ids of the users who hold this very role at a target itself. */
    List<String> usersAt(Target target, int role) {
        TargetEntry entry = requireNonNull(target(target));
        List<String> users = usersAt(target);
        int[] held = UserRow.roleSets(rows.getAll(users), entry.ordinal());
        List<String> holders = new ArrayList<>();
        for (int i = 0; i < held.length; i++) {
            if (roleSet(held[i]).contains(role)) {
                holders.add(users.get(i));
            }
        }
        return holders;
    }

    /** The ids of all users. */
    List<String> users() {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < userIds.size(); i++) {
            String id = userIds.get(i);
            if (id != null) {
                users.add(id);
            }
        }
        return users;
    }

    // roles

    void addRole(Role role) {
        int ordinal = freeRoles == null ? roles.size() : freeRoles.number();
        limit("roles", ordinal, PolicyDraft.MAX_ROLES);
        freeRoles = freeRoles == null ? null : freeRoles.rest();
        put(new RoleEntry(ordinal, role, 0, new int[0]));
        touched.role(role.id());
    }

    void replaceRole(Role role) {
        put(requireNonNull(role(role.id())).withRole(role));
        touched.role(role.id());
    }

    private void put(RoleEntry entry) {
        RoleEntry old = entry.ordinal() < roles.size() ? roles.get(entry.ordinal()) : null;
        bytes += PolicyTable.roleBytes(entry) - PolicyTable.roleBytes(old);
        rolesById.put(entry.role().id(), entry);
        roles.set(entry.ordinal(), entry);
    }

    /** Removes a role and all its assignments. */
    void removeRole(String id) {
        RoleEntry role = requireNonNull(role(id));
        for (int block = 0; block < role.blocks(); block++) {
            if (role.assignmentsIn(block) > 0) {
                int end = Math.min(targets.size(), (block + 1) * RoleEntry.BLOCK_SIZE);
                for (int target = block * RoleEntry.BLOCK_SIZE; target < end; target++) {
                    removeRoleAt(role.ordinal(), target);
                }
            }
        }
        bytes -= PolicyTable.roleBytes(role(id));
        rolesById.remove(id);
        roles.clear(role.ordinal());
        freeRoles = new FreeNumbers(role.ordinal(), freeRoles);
        touched.role(id);
    }

    private void removeRoleAt(int role, int target) {
        TargetEntry entry = targets.get(target);
        if (entry != null) {
            Target where = entry.target();
            for (String user : usersAt(where, role)) {
                setRoles(user, where, without(rolesAt(user, where), role));
            }
        }
    }

    private static char[] without(RoleSet held, int role) {
        char[] rest = new char[held.size() - 1];
        for (int i = 0, j = 0; i < held.size(); i++) {
            if (held.role(i) != role) {
                rest[j++] = (char) held.role(i);
            }
        }
        return rest;
    }

    // targets

    void addTeam(String id) {
        add(Target.team(id), TargetEntry.NO_CHAT);
    }

    void addChat(String id, @Nullable String team) {
        int teamOrdinal = teamOrdinal(team);
        int chat = add(Target.chat(id), teamOrdinal);
        if (teamOrdinal >= 0) {
            TargetEntry entry = targetOf(teamOrdinal);
            put(entry.withChats(Ordinals.with(entry.chats(), chat)));
        }
    }

    private int teamOrdinal(@Nullable String team) {
        return team == null
                ? TargetEntry.NO_TEAM
                : requireNonNull(teams.get(team)).ordinal();
    }

    private int add(Target target, int team) {
        int ordinal = freeTargets == null ? targets.size() : freeTargets.number();
        limit("teams and chats", ordinal, PolicyDraft.MAX_TARGETS);
        freeTargets = freeTargets == null ? null : freeTargets.rest();
        put(new TargetEntry(ordinal, team, target.id(), Ordinals.none(), Ordinals.none()));
        touched.place(target);
        return ordinal;
    }

    private void put(TargetEntry entry) {
        TargetEntry old = entry.ordinal() < targets.size() ? targets.get(entry.ordinal()) : null;
        bytes += PolicyTable.targetBytes(entry) - PolicyTable.targetBytes(old);
        targets.set(entry.ordinal(), entry);
        switch (entry.scope()) {
            case TEAM -> teams.put(entry.id(), entry);
            case CHAT -> chats.put(entry.id(), entry);
            case ACCOUNT -> {}
        }
    }

    void moveChat(String id, @Nullable String team) {
        leaveTeam(requireNonNull(chats.get(id)));
        int teamOrdinal = teamOrdinal(team);
        TargetEntry chat = requireNonNull(chats.get(id)).withTeam(teamOrdinal);
        put(chat);
        if (teamOrdinal >= 0) {
            TargetEntry entry = targetOf(teamOrdinal);
            put(entry.withChats(Ordinals.with(entry.chats(), chat.ordinal())));
        }
        touched.place(chat.target());
    }

    private void leaveTeam(TargetEntry chat) {
        if (chat.team() >= 0) {
            TargetEntry team = targetOf(chat.team());
            put(team.withChats(Ordinals.without(team.chats(), chat.ordinal())));
        }
    }

    /** Removes a team with its chats, or a chat, and every assignment there. */
    void removeTarget(Target target) {
        TargetEntry entry = requireNonNull(target(target));
        for (int chat : Ordinals.toArray(entry.chats())) {
            removeTarget(targetOf(chat).target());
        }
        for (String user : usersAt(target)) {
            setRoles(user, target, NO_ROLES);
        }
        leaveTeam(entry);
        bytes -= PolicyTable.targetBytes(target(target));
        (target.scope() == Scope.TEAM ? teams : chats).remove(target.id());
        targets.clear(entry.ordinal());
        freeTargets = new FreeNumbers(entry.ordinal(), freeTargets);
        touched.place(target);
    }

    // assignments

    /** Removes all assignments of a user, who need not be known. */
    void removeUser(String user) {
        Object row = rows.get(user);
        for (long entry : row == null ? new long[0] : UserRow.entries(row)) {
            setRoles(user, targetOf(UserRow.target(entry)).target(), NO_ROLES);
        }
    }

    /** Adds a role to those that a user holds at a target, if he does not hold it there. */
    void assign(String user, RoleEntry role, Target target) {
        RoleSet held = rolesAt(user, target);
        if (!held.contains(role.ordinal())) {
            char[] more = new char[held.size() + 1];
            for (int i = 0; i < held.size(); i++) {
                more[i] = (char) held.role(i);
            }
            more[held.size()] = (char) role.ordinal();
            Arrays.sort(more);
            setRoles(user, target, more);
        }
    }

    /** Takes a role from those that a user holds at a target, if he holds it there. */
    void unassign(String user, RoleEntry role, Target target) {
        RoleSet held = rolesAt(user, target);
        if (held.contains(role.ordinal())) {
            setRoles(user, target, without(held, role.ordinal()));
        }
    }

    /** Leaves a user exactly these roles at a target: different ordinals, ascending. */
    void setRoles(String user, Target target, char[] wanted) {
        TargetEntry place = requireNonNull(target(target));
        Object row = rows.get(user);
        int oldNumber = row == null ? 0 : UserRow.roleSet(row, place.ordinal());
        RoleSet old = roleSet(oldNumber);
        int number = wanted.length == 0 ? 0 : intern(wanted);
        if (number == oldNumber) {
            if (number != 0) {
                release(number);
            }
            return;
        }
        touched.pair(user, target);
        int ordinal = row == null ? newUser(user) : UserRow.user(row);
        Object newRow = row == null
                ? UserRow.of(ordinal, new long[] {UserRow.entry(place.ordinal(), number)}, 1)
                : UserRow.with(row, place.ordinal(), number);
        countRoles(old, wanted, place.ordinal(), row, newRow);
        bytes += PolicyTable.userBytes(user, newRow) - PolicyTable.userBytes(user, row);
        if (newRow == null) {
            rows.remove(user);
            userIds.clear(ordinal);
            freeUsers = new FreeNumbers(ordinal, freeUsers);
        } else {
            rows.put(user, newRow);
        }
        if (oldNumber == 0) {
            put(place.withUsers(Ordinals.with(place.users(), ordinal)));
        } else {
            release(oldNumber);
            if (number == 0) {
                put(place.withUsers(Ordinals.without(place.users(), ordinal)));
            }
        }
    }

    private int newUser(String id) {
        int ordinal = freeUsers == null ? userIds.size() : freeUsers.number();
        limit("users", ordinal, UserRow.MAX_USERS);
        freeUsers = freeUsers == null ? null : freeUsers.rest();
        userIds.set(ordinal, id);
        return ordinal;
    }

    private void countRoles(RoleSet old, char[] wanted, int target, @Nullable Object row, @Nullable Object newRow) {
        for (char role : wanted) {
            if (!old.contains(role)) {
                count(role, target, 1, holds(row, role) ? 0 : 1);
            }
        }
        for (int i = 0; i < old.size(); i++) {
            int role = old.role(i);
            if (Arrays.binarySearch(wanted, (char) role) < 0) {
                count(role, target, -1, holds(newRow, role) ? 0 : -1);
            }
        }
    }

    private void count(int role, int target, int assignments, int users) {
        RoleEntry entry = requireNonNull(roles.get(role));
        put(entry.counting(target / RoleEntry.BLOCK_SIZE, assignments, users));
    }

    private boolean holds(@Nullable Object row, int role) {
        if (row != null) {
            for (long entry : UserRow.entries(row)) {
                if (roleSet(UserRow.roleSet(entry)).contains(role)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int intern(char[] wanted) {
        String text = RoleSet.text(wanted);
        RoleSet known = roleSetsByText.get(text);
        if (known != null) {
            put(text, known.withUses(known.uses() + 1));
            return known.number();
        }
        int number = freeRoleSets == null ? roleSets.size() : freeRoleSets.number();
        limit("different sets of roles", number, PolicyTable.MAX_ROLE_SET + 1);
        freeRoleSets = freeRoleSets == null ? null : freeRoleSets.rest();
        put(text, new RoleSet(number, wanted.clone(), 1));
        return number;
    }

    private void put(String text, RoleSet set) {
        RoleSet old = set.number() < roleSets.size() ? roleSets.get(set.number()) : null;
        bytes += PolicyTable.roleSetBytes(set) - PolicyTable.roleSetBytes(old);
        roleSetsByText.put(text, set);
        roleSets.set(set.number(), set);
    }

    private void release(int number) {
        RoleSet set = roleSet(number);
        if (set.uses() > 1) {
            put(set.text(), set.withUses(set.uses() - 1));
        } else {
            bytes -= PolicyTable.roleSetBytes(set);
            roleSetsByText.remove(set.text());
            roleSets.clear(number);
            freeRoleSets = new FreeNumbers(number, freeRoleSets);
        }
    }

    private static void limit(String what, int next, int max) {
        if (next >= max) {
            throw PolicyViolationException.of(Violation.of(
                    Code.LIMIT_EXCEEDED, "/changes", null, "there would be more than " + max + ' ' + what));
        }
    }

    /** Returns the table as it is now; the editor can only be read afterwards. */
    PolicyTable done() {
        return new PolicyTable(
                base.trustsPlaces,
                rows.done(),
                userIds.done(),
                teams.done(),
                chats.done(),
                targets.done(),
                rolesById.done(),
                roles.done(),
                roleSetsByText.done(),
                roleSets.done(),
                new PolicyTable.FreeLists(freeUsers, freeTargets, freeRoles, freeRoleSets),
                bytes);
    }
}
