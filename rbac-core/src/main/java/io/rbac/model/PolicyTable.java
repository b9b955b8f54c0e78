package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The dense form of a {@link Policy}: users, targets, roles and role sets as small numbers, for code that compiles,
 * explains or compares policies.
 *
 * <p>Users, targets and roles have <em>ordinals</em> from zero up; {@code -1} stands for one that the policy does not
 * know, and an ordinal between them may be free. A <em>role set</em> is a number too: it stands for the roles that a
 * user holds at one target. Role set 0 is the empty one. Numbers are meaningful for this table only and must not be
 * stored.
 *
 * <p>Every method costs a constant number of steps and allocates nothing, unless it says otherwise. A number that is
 * out of range gives an {@link IndexOutOfBoundsException}. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyTable {

    /** How many bits of {@link #roleSets} each scope takes. */
    static final int ROLE_SET_BITS = 21;

    /** The highest number of a role set. */
    static final int MAX_ROLE_SET = (1 << ROLE_SET_BITS) - 1;

    static final int ACCOUNT = 0;

    final boolean trustsPlaces;
    final IdTable<Object> rows;
    final Pages<@Nullable String> userIds;
    final IdTable<TargetEntry> teams;
    final IdTable<TargetEntry> chats;
    final Pages<@Nullable TargetEntry> targets;
    final IdTable<RoleEntry> rolesById;
    final Pages<@Nullable RoleEntry> roles;
    final IdTable<RoleSet> roleSetsByText;
    final Pages<@Nullable RoleSet> roleSets;
    final FreeLists free;
    private final long bytes;

    /**
     * The numbers that may be given again.
     *
     * @param users of users
     * @param targets of targets
     * @param roles of roles
     * @param roleSets of role sets
     */
    record FreeLists(
            @Nullable FreeNumbers users,
            @Nullable FreeNumbers targets,
            @Nullable FreeNumbers roles,
            @Nullable FreeNumbers roleSets) {

        static final FreeLists NONE = new FreeLists(null, null, null, null);
    }

    PolicyTable(
            boolean trustsPlaces,
            IdTable<Object> rows,
            Pages<@Nullable String> userIds,
            IdTable<TargetEntry> teams,
            IdTable<TargetEntry> chats,
            Pages<@Nullable TargetEntry> targets,
            IdTable<RoleEntry> rolesById,
            Pages<@Nullable RoleEntry> roles,
            IdTable<RoleSet> roleSetsByText,
            Pages<@Nullable RoleSet> roleSets,
            FreeLists free,
            long bytes) {
        this.trustsPlaces = trustsPlaces;
        this.rows = rows;
        this.userIds = userIds;
        this.teams = teams;
        this.chats = chats;
        this.targets = targets;
        this.rolesById = rolesById;
        this.roles = roles;
        this.roleSetsByText = roleSetsByText;
        this.roleSets = roleSets;
        this.free = free;
        this.bytes = bytes;
    }

    /** Returns this table with other roles of the same ordinals. */
    PolicyTable withRoles(IdTable<RoleEntry> newRolesById, Pages<@Nullable RoleEntry> newRoles) {
        return new PolicyTable(
                trustsPlaces,
                rows,
                userIds,
                teams,
                chats,
                targets,
                newRolesById,
                newRoles,
                roleSetsByText,
                roleSets,
                free,
                bytes + rolesBytes(newRoles) - rolesBytes(roles));
    }

    /** Returns this table with another answer to what a stated place is worth. */
    PolicyTable trusting(boolean places) {
        return new PolicyTable(
                places, rows, userIds, teams, chats, targets, rolesById, roles, roleSetsByText, roleSets, free, bytes);
    }

    // users

    /** Returns the number above every user's ordinal. */
    public int users() {
        return userIds.size();
    }

    /** Returns the ordinal of a user, -1 for an unknown one. */
    public int user(String id) {
        Object row = rows.get(id);
        return row == null ? -1 : UserRow.user(row);
    }

    /** Returns the id of a user, {@code null} for a free ordinal. */
    public @Nullable String userId(int user) {
        return userIds.get(user);
    }

    // targets

    /** Returns the number above every target's ordinal. */
    public int targets() {
        return targets.size();
    }

    /** Returns the ordinal of a target, -1 for one that the policy does not know. A stated place is not looked at. */
    public int target(Target target) {
        TargetEntry entry = entry(target);
        return entry == null ? -1 : entry.ordinal();
    }

    /** Returns the target of an ordinal, {@code null} for a free one. It is made for each call. */
    public @Nullable Target targetOf(int target) {
        TargetEntry entry = targets.get(target);
        return entry == null ? null : entry.target();
    }

    /** Returns the ordinal of the next wider target that a target lies in, -1 for the account and a free ordinal. */
    public int parent(int target) {
        TargetEntry entry = targets.get(target);
        if (entry == null || target == ACCOUNT) {
            return -1;
        }
        return entry.team() >= 0 ? entry.team() : ACCOUNT;
    }

    /** Returns the lowest ordinal above {@code after} of a chat of a team, -1 if there is none. Logarithmic. */
    public int nextChat(int team, int after) {
        TargetEntry entry = targets.get(team);
        return entry == null ? -1 : Ordinals.next(entry.chats(), after);
    }

    // roles and role sets

    /** Returns the number above every role's ordinal. */
    public int roles() {
        return roles.size();
    }

    /** Returns the ordinal of a role, -1 for an unknown one. */
    public int role(String id) {
        RoleEntry entry = rolesById.get(id);
        return entry == null ? -1 : entry.ordinal();
    }

    /** Returns the role of an ordinal, {@code null} for a free one. */
    public @Nullable Role roleOf(int role) {
        RoleEntry entry = roles.get(role);
        return entry == null ? null : entry.role();
    }

    /** Returns the number above every role set. */
    public int roleSets() {
        return roleSets.size();
    }

    /** Returns how many roles a role set consists of, zero for a free number. */
    public int size(int roleSet) {
        RoleSet set = roleSets.get(roleSet);
        return set == null ? 0 : set.size();
    }

    /**
     * Returns the role sets that consist of other roles here than in another table of the same account, or of roles with
     * other rights or in another state: what was compiled of all others for that table serves this one. A pass over
     * what changed, over all role sets where a role did.
     */
    public BitSet roleSetsOtherThanIn(PolicyTable other) {
        BitSet changed = new BitSet();
        roleSets.forEachOther(other.roleSets, set -> {
            if (!isSame(roleSets.get(set), set < other.roleSets.size() ? other.roleSets.get(set) : null)) {
                changed.set(set);
            }
        });
        BitSet changedRoles = new BitSet();
        roles.forEachOther(other.roles, role -> {
            if (!grantsSame(roles.get(role), role < other.roles.size() ? other.roles.get(role) : null)) {
                changedRoles.set(role);
            }
        });
        for (int set = 0; set < roleSets.size() && !changedRoles.isEmpty(); set++) {
            RoleSet roleSet = roleSets.get(set);
            if (roleSet != null && roleSet.containsAny(changedRoles)) {
                changed.set(set);
            }
        }
        return changed;
    }

    private static boolean isSame(@Nullable RoleSet mine, @Nullable RoleSet theirs) {
        return mine == null ? theirs == null : theirs != null && mine.hasRolesOf(theirs);
    }

    @SuppressWarnings("ReferenceEquality") // a quick answer before the exact one
    private static boolean grantsSame(@Nullable RoleEntry mine, @Nullable RoleEntry theirs) {
        if (mine == theirs) {
            return true;
        }
        if (mine == null || theirs == null) {
            return false;
        }
        Role role = mine.role();
        Role other = theirs.role();
        return role == other
                || role.isActive() == other.isActive()
                        && role.rights().catalog().isSame(other.rights().catalog())
                        && role.rights().equals(other.rights());
    }

    /** Returns the ordinal of a role of a role set; {@code index} is from zero, roles are in ascending order. */
    public int role(int roleSet, int index) {
        return requireNonNull(roleSets.get(roleSet)).role(index);
    }

    // who holds what, where

    /** Returns the role set that a user holds at a target itself, zero if none. Logarithmic in his targets. */
    public int roleSet(int user, int target) {
        Objects.checkIndex(target, targets.size());
        String id = userIds.get(user);
        Object row = id == null ? null : rows.get(id);
        return row == null ? 0 : UserRow.roleSet(row, target);
    }

    /**
     * Returns the role sets that a user holds on the path of a target, one for each scope, to be read with {@link
     * #roleSet(long, Scope)}. Zero if he holds none there, if he is unknown, or if the path is empty: an unknown team or
     * chat, or a stated place that does not count. Logarithmic in the number of the user's targets.
     */
    public long roleSets(String user, Target target) {
        requireNonNull(target, "target");
        Object row = rows.get(user);
        if (row == null) {
            return 0;
        }
        // Asked before the target is looked up, so that the row is fetched from memory meanwhile.
        boolean isCounted = UserRow.isCounted(row);
        if (target.scope() == Scope.ACCOUNT) {
            return UserRow.roleSetAtAccount(row);
        }
        TargetEntry entry = entry(target);
        Target place = target.statedPlace();
        if (entry == null) {
            return place == null || !trustsPlaces ? 0 : roleSets(user, place);
        }
        if (place != null && !liesIn(entry, place)) {
            return 0;
        }
        return UserRow.roleSets(row, isCounted, entry.team(), entry.ordinal(), shift(target.scope()));
    }

    /** Where the role set of a scope begins in {@link #roleSets}. */
    private static int shift(Scope scope) {
        return scope.depth() * ROLE_SET_BITS;
    }

    private boolean liesIn(TargetEntry chat, Target place) {
        TargetEntry team = chat.team() < 0 ? null : targets.get(chat.team());
        return team == null
                ? place.scope() == Scope.ACCOUNT
                : place.scope() == Scope.TEAM && team.id().equals(place.id());
    }

    /** Returns the role set of one scope out of {@link #roleSets(String, Target)}. */
    public static int roleSet(long roleSets, Scope scope) {
        return (int) (roleSets >>> shift(requireNonNull(scope, "scope"))) & MAX_ROLE_SET;
    }

    /**
     * Returns the lowest ordinal above {@code after} of a target at which a user himself holds a role, -1 if there is
     * none. Linear in the number of his targets at worst.
     */
    public int nextTarget(int user, int after) {
        String id = userIds.get(user);
        Object row = id == null ? null : rows.get(id);
        return row == null ? -1 : UserRow.nextTarget(row, after);
    }

    /**
     * Returns the lowest ordinal above {@code after} of a user who holds a role at a target itself, -1 if there is none.
     * Logarithmic in the number of those users.
     */
    public int nextUser(int target, int after) {
        TargetEntry entry = targets.get(target);
        return entry == null ? -1 : Ordinals.next(entry.users(), after);
    }

    // within the package: the same without numbers

    @Nullable
    Object row(String user) {
        return rows.get(requireNonNull(user, "user"));
    }

    @Nullable
    TargetEntry entry(Target target) {
        Scope scope = target.scope();
        return scope == Scope.ACCOUNT ? targets.get(ACCOUNT) : (scope == Scope.TEAM ? teams : chats).get(target.id());
    }

    @Nullable
    RoleEntry roleEntry(String id) {
        return rolesById.get(requireNonNull(id, "role"));
    }

    /** All roles, in no particular order. */
    List<RoleEntry> roleEntries() {
        return Pages.present(roles.size(), roles::get);
    }

    /** About how many bytes the table takes in a 64-bit virtual machine with compressed references. */
    long retainedBytes() {
        return bytes;
    }

    private static long rolesBytes(Pages<@Nullable RoleEntry> roles) {
        long sum = 0;
        for (int role = 0; role < roles.size(); role++) {
            sum += roleBytes(roles.get(role));
        }
        return sum;
    }

    static long userBytes(String id, @Nullable Object row) {
        return row == null ? 0 : idBytes(id) + UserRow.retainedBytes(row);
    }

    static long targetBytes(@Nullable TargetEntry entry) {
        return entry == null
                ? 0
                : 32
                        + idBytes(entry.id())
                        + Ordinals.retainedBytes(entry.users())
                        + Ordinals.retainedBytes(entry.chats());
    }

    static long roleBytes(@Nullable RoleEntry entry) {
        return entry == null ? 0 : idBytes(entry.role().id()) + entry.retainedBytes();
    }

    static long roleSetBytes(@Nullable RoleSet set) {
        return set == null ? 0 : 64 + 4L * set.size();
    }

    /** The id, its slot in a page that is half full, and its place in the list of ordinals. */
    private static long idBytes(String id) {
        return 48L + id.length() + 16 + 4;
    }
}
