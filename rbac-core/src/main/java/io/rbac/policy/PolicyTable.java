package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.table.FreeNumbers;
import io.rbac.table.IdTable;
import io.rbac.table.Ordinals;
import io.rbac.table.Pages;
import io.rbac.table.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The dense form of a {@link Policy}: users, targets, roles and role sets as small numbers, for code that compiles,
 * explains or compares policies.
 *
 * <p>Users, targets and roles have <em>ordinals</em> from zero up. {@code -1} stands for one that the policy does not know;
 * an ordinal in between may be free. A <em>role set</em> is a number too: it stands for the roles that a user holds at one
 * target. Role set 0 is the empty one. Numbers are meaningful for this table only and must not be stored.
 *
 * <p>Every method takes a constant number of steps, unless it says otherwise. A number out of range is an {@link
 * IndexOutOfBoundsException}. This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyTable {

    static final int ACCOUNT = 0;

    /** How many users or targets are fetched ahead. */
    private static final int AHEAD = 64;

    final ScopeTree scopes;
    final boolean trustsUnknownTargets;
    final IdTable<Object> rows;
    final Pages<@Nullable String> userIds;

    /** The targets of each level by id; none at level 0. */
    final List<IdTable<TargetEntry>> targetsById;

    final Pages<@Nullable TargetEntry> targets;
    final IdTable<RoleEntry> rolesById;
    final Pages<@Nullable RoleEntry> roles;
    final Map<Scope, Integer> defaultCounts;
    final IdTable<RoleSet> roleSetsByText;
    final Pages<@Nullable RoleSet> roleSets;
    final FreeLists free;
    private final long bytes;

    // The scopes and targets of levels 1 and 2, where most checks are: found without a list a check takes a tenth less.
    private final @Nullable Scope scope1;
    private final @Nullable Scope scope2;
    private final IdTable<TargetEntry> targets1;
    private final IdTable<TargetEntry> targets2;

    /**
     * Numbers that are free to be given again.
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
            ScopeTree scopes,
            boolean trustsUnknownTargets,
            IdTable<Object> rows,
            Pages<@Nullable String> userIds,
            List<IdTable<TargetEntry>> targetsById,
            Pages<@Nullable TargetEntry> targets,
            IdTable<RoleEntry> rolesById,
            Pages<@Nullable RoleEntry> roles,
            Map<Scope, Integer> defaultCounts,
            IdTable<RoleSet> roleSetsByText,
            Pages<@Nullable RoleSet> roleSets,
            FreeLists free,
            long bytes) {
        this.scopes = scopes;
        this.trustsUnknownTargets = trustsUnknownTargets;
        this.rows = rows;
        this.userIds = userIds;
        this.targetsById = targetsById;
        this.targets = targets;
        this.rolesById = rolesById;
        this.roles = roles;
        this.defaultCounts = defaultCounts;
        this.roleSetsByText = roleSetsByText;
        this.roleSets = roleSets;
        this.free = free;
        this.bytes = bytes;
        int levels = targetsById.size();
        this.scope1 = levels > 1 ? scopes.scopes().get(1) : null;
        this.scope2 = levels > 2 ? scopes.scopes().get(2) : null;
        this.targets1 = targetsById.get(Math.min(1, levels - 1));
        this.targets2 = targetsById.get(Math.min(2, levels - 1));
    }

    /** Returns this table with other roles of the same ordinals. */
    PolicyTable withRoles(IdTable<RoleEntry> newRolesById, Pages<@Nullable RoleEntry> newRoles) {
        return new PolicyTable(
                scopes,
                trustsUnknownTargets,
                rows,
                userIds,
                targetsById,
                targets,
                newRolesById,
                newRoles,
                defaultCounts,
                roleSetsByText,
                roleSets,
                free,
                bytes + rolesBytes(newRoles) - rolesBytes(roles));
    }

    /** Returns this table with targets and roles of the same ordinals under another scope tree. */
    PolicyTable under(
            ScopeTree newScopes,
            List<IdTable<TargetEntry>> newTargetsById,
            Pages<@Nullable TargetEntry> newTargets,
            IdTable<RoleEntry> newRolesById,
            Pages<@Nullable RoleEntry> newRoles,
            Map<Scope, Integer> newDefaultCounts) {
        return new PolicyTable(
                newScopes,
                trustsUnknownTargets,
                rows,
                userIds,
                newTargetsById,
                newTargets,
                newRolesById,
                newRoles,
                newDefaultCounts,
                roleSetsByText,
                roleSets,
                free,
                bytes);
    }

    /** Returns this table with another answer to what a given parent counts. */
    PolicyTable trustingUnknownTargets(boolean trusts) {
        return new PolicyTable(
                scopes,
                trusts,
                rows,
                userIds,
                targetsById,
                targets,
                rolesById,
                roles,
                defaultCounts,
                roleSetsByText,
                roleSets,
                free,
                bytes);
    }

    // users

    /** Returns the number above every user's ordinal. */
    public int users() {
        return userIds.size();
    }

    /** Returns the ordinal of a user, -1 for an unknown one. */
    public int user(String id) {
        Object row = rows.get(id);
        return row == null ? -1 : Row.owner(row);
    }

    /** Returns the id of a user, empty for a free ordinal. */
    public Optional<String> userId(int user) {
        return Optional.ofNullable(userIds.get(user));
    }

    // targets

    /** Returns the number above every target's ordinal. */
    public int targets() {
        return targets.size();
    }

    /** Returns the ordinal of a target, -1 for one that the policy does not know. A given parent is ignored. */
    public int target(Target target) {
        TargetEntry entry = entry(target);
        return entry == null ? -1 : entry.ordinal();
    }

    /** Returns the target of an ordinal, empty for a free one. */
    public Optional<Target> targetOf(int target) {
        return Optional.ofNullable(targets.get(target)).map(entry -> entry.target(scopes));
    }

    /** Returns the ordinal of the target that a target lies in, -1 for the account and a free ordinal. */
    public int parent(int target) {
        TargetEntry entry = targets.get(target);
        return entry == null || target == ACCOUNT ? -1 : entry.parent();
    }

    /** Returns how many targets of a scope there are: one for the account's own, none for a scope of another tree. */
    public int count(Scope scope) {
        if (!scopes.contains(scope)) {
            return 0;
        }
        return scope.isAccount() ? 1 : targetsById.get(scope.level()).size();
    }

    /** Returns the level of the scope of a target, -1 for a free ordinal. */
    public int level(int target) {
        TargetEntry entry = targets.get(target);
        return entry == null ? -1 : entry.level();
    }

    /** Returns the ordinals on the path of a target, itself first and the account last, none for a free one. */
    public int[] path(int target) {
        return path(targets.get(target));
    }

    /**
     * Returns the ordinals on the path of a target, the nearest first and the account last. Where the policy does not know the
     * target and its given parent counts, this is the path of the parent. None if the path is empty (S5).
     */
    public int[] path(Target target) {
        return path(entryOnPath(target));
    }

    private static int[] path(@Nullable TargetEntry entry) {
        if (entry == null) {
            return new int[0];
        }
        int[] belowAccount = entry.pathBelow();
        int[] path = Arrays.copyOf(belowAccount, belowAccount.length + 1);
        path[belowAccount.length] = ACCOUNT;
        return path;
    }

    /**
     * Returns the lowest ordinal above {@code after} of a target that lies directly in another one, -1 if there is none.
     * Logarithmic; for the account, linear in the ordinals in between.
     */
    public int nextChild(int target, int after) {
        TargetEntry entry = targets.get(target);
        if (entry == null) {
            return -1;
        }
        return target == ACCOUNT ? nextInAccount(after) : Ordinals.next(entry.children(), after);
    }

    private int nextInAccount(int after) {
        for (int target = Math.max(ACCOUNT, after) + 1; target < targets.size(); target++) {
            TargetEntry entry = targets.get(target);
            if (entry != null && entry.parent() == ACCOUNT) {
                return target;
            }
        }
        return -1;
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

    /** Returns the role of an ordinal, empty for a free one. */
    public Optional<Role> roleOf(int role) {
        return Optional.ofNullable(roles.get(role)).map(RoleEntry::role);
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
     * Visits, in ascending order, each role set that consists of other roles here than in another table of the same account,
     * or of roles with other rights or in another state: what was compiled of all others for that table serves this one. A
     * pass over what changed, over all role sets where a role did.
     */
    public void forEachChangedRoleSet(PolicyTable before, IntConsumer visitor) {
        BitSet changed = new BitSet();
        roleSets.forEachOther(before.roleSets, set -> {
            if (!isSame(roleSets.get(set), set < before.roleSets.size() ? before.roleSets.get(set) : null)) {
                changed.set(set);
            }
        });
        BitSet changedRoles = new BitSet();
        roles.forEachOther(before.roles, role -> {
            if (!grantsSame(roles.get(role), role < before.roles.size() ? before.roles.get(role) : null)) {
                changedRoles.set(role);
            }
        });
        for (int set = 0; set < roleSets.size() && !changedRoles.isEmpty(); set++) {
            RoleSet roleSet = roleSets.get(set);
            if (roleSet != null && roleSet.containsAny(changedRoles)) {
                changed.set(set);
            }
        }
        changed.stream().forEach(visitor);
    }

    /**
     * Visits each role that grants something else than the role of the same id in another table of the same catalog, or whose id
     * that one lacks. A pass over what changed, if edits led from one to the other.
     */
    public void forEachChangedRole(PolicyTable before, Consumer<Role> visitor) {
        requireNonNull(visitor, "visitor");
        roles.forEachOther(before.roles, ordinal -> {
            RoleEntry entry = roles.get(ordinal);
            if (entry != null
                    && !grantsSame(entry, before.roleEntry(entry.role().id()))) {
                visitor.accept(entry.role());
            }
        });
    }

    /**
     * Visits each user who holds other roles somewhere than in another table, or whom that one lacks; and perhaps others, all of
     * them if no edits led from one to the other. Otherwise a pass over what changed.
     */
    public void forEachChangedUser(PolicyTable before, Consumer<String> visitor) {
        rows.forEachOther(before.rows, requireNonNull(visitor, "visitor"));
    }

    /**
     * Visits, in ascending order, the ordinal of each target that another table lacks, or that lies in another target there. A
     * pass over what changed, if edits led from one to the other.
     */
    public void forEachChangedTarget(PolicyTable before, IntConsumer visitor) {
        requireNonNull(visitor, "visitor");
        targets.forEachOther(before.targets, ordinal -> {
            TargetEntry entry = targets.get(ordinal);
            if (entry != null && ordinal != ACCOUNT) {
                int there = before.ordinalOf(this, ordinal);
                if (there < 0 || before.parent(there) != before.ordinalOf(this, entry.parent())) {
                    visitor.accept(ordinal);
                }
            }
        });
    }

    /**
     * Returns the ordinal here of a target of another table: the one of the same id and of a scope of the same name, -1 if there
     * is none. The two may have different scope trees.
     *
     * @param target the ordinal of the target there
     */
    public int ordinalOf(PolicyTable other, int target) {
        TargetEntry entry = other.targets.get(target);
        if (entry == null || target == ACCOUNT) {
            return entry == null ? -1 : ACCOUNT;
        }
        Scope scope = other.scopes.scopes().get(entry.level());
        int level = scopes.contains(scope)
                ? scope.level()
                : scopes.find(scope.name()).map(Scope::level).orElse(0);
        TargetEntry found = level == 0 ? null : targetsById.get(level).get(entry.id());
        return found == null ? -1 : found.ordinal();
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
                        && role.scope().equals(other.scope())
                        && role.rights().catalog() == other.rights().catalog()
                        && role.rights().equals(other.rights());
    }

    /** Returns the ordinal of a role of a role set; {@code index} is from zero, roles are in ascending order. */
    public int role(int roleSet, int index) {
        return requireNonNull(roleSets.get(roleSet)).role(index);
    }

    /** Returns how many active default roles of a scope there are. */
    public int defaultCount(Scope scope) {
        return defaultCounts.getOrDefault(requireNonNull(scope, "scope"), 0);
    }

    // who holds what, where

    /** Returns the role set that a user holds at a target itself, zero if none. Logarithmic in the user's targets. */
    public int roleSet(int user, int target) {
        Objects.checkIndex(target, targets.size());
        String id = userIds.get(user);
        Object row = id == null ? null : rows.get(id);
        return row == null ? 0 : Row.value(row, target);
    }

    /** Bits that belong to role sets: the permissions that each of them grants, for instance. */
    @FunctionalInterface
    public interface RoleSetBits {

        /**
         * Returns 64 bits of a role set.
         *
         * @param roleSet the number of the role set; 0, the empty one, has no bit set
         * @param word which bits: those from {@code 64 * word} up
         */
        long word(int roleSet, int word);

        /** Returns the bits of three role sets together: what most paths have. To be overridden where that is faster. */
        default long union(int first, int second, int third, int word) {
            return word(first, word) | word(second, word) | word(third, word);
        }
    }

    /**
     * Returns whether a bit is set for any role set that a user holds on the path of a target. Every target of the path is
     * looked at, whatever the others had, in any order. False where the user is unknown or the path is empty: the target is
     * unknown, or its given parent does not count. Logarithmic in the number of the user's targets, for each target of the
     * path.
     */
    public boolean anyOnPath(String user, Target target, RoleSetBits bits, int bit) {
        requireNonNull(bits, "bits");
        return anyOnPath(rows.get(user), target, bits, bit);
    }

    /**
     * Returns whether, for one of some rights or more, the bit at its position is set for any role set that a user holds on
     * the path of a target; otherwise as {@link #anyOnPath(String, Target, RoleSetBits, int)}. The rights are of the catalog
     * by which the bits are numbered.
     */
    public boolean anyOnPath(String user, Target target, RoleSetBits bits, Rights rights) {
        requireNonNull(bits, "bits");
        return areOnPath(rows.get(user), target, bits, rights, false);
    }

    /**
     * Returns whether, for each of some rights, the bit at its position is set for any role set that a user holds on the path
     * of a target; otherwise as {@link #anyOnPath(String, Target, RoleSetBits, Rights)}. False for no rights.
     */
    public boolean allOnPath(String user, Target target, RoleSetBits bits, Rights rights) {
        requireNonNull(bits, "bits");
        return areOnPath(rows.get(user), target, bits, rights, true);
    }

    private boolean anyOnPath(@Nullable Object row, Target target, RoleSetBits bits, int bit) {
        if (row == null) {
            requireNonNull(target, "target");
            return false;
        }
        // Asked before the target is looked up, so that the row is fetched from memory meanwhile.
        boolean isCounted = Row.isCounted(row);
        if (target.isAccount()) {
            return isSet(bits.word(Row.firstValue(row), bit >>> 6), bit);
        }
        TargetEntry entry = entryOnPath(target);
        return entry != null && isSet(unionOnPath(row, isCounted, entry, bits, bit >>> 6), bit);
    }

    private static boolean isSet(long word, int bit) {
        return (word & 1L << bit) != 0;
    }

    private static long unionOnPath(Object row, boolean isCounted, TargetEntry entry, RoleSetBits bits, int word) {
        if (entry.isDeep()) {
            return unionOnDeepPath(row, entry, bits, word);
        }
        long roleSets = Row.values(row, isCounted, entry.parentBelowAccount(), entry.ordinal());
        return bits.union(Row.first(roleSets), Row.second(roleSets), Row.third(roleSets), word);
    }

    private static long unionOnDeepPath(Object row, TargetEntry entry, RoleSetBits bits, int word) {
        long union =
                bits.word(Row.firstValue(row), word) | bits.word(Row.valueWithoutBranch(row, entry.ordinal()), word);
        for (int target : entry.above()) {
            union |= bits.word(Row.valueWithoutBranch(row, target), word);
        }
        return union;
    }

    /** Returns whether bits at the positions of rights are set on a path: all of them, or else one or more. */
    private boolean areOnPath(@Nullable Object row, Target target, RoleSetBits bits, Rights rights, boolean all) {
        requireNonNull(rights, "rights");
        if (row == null) {
            requireNonNull(target, "target");
            return false;
        }
        boolean isCounted = Row.isCounted(row);
        if (target.isAccount()) {
            return areSet(row, null, Row.firstValue(row), bits, rights, all);
        }
        TargetEntry entry = entryOnPath(target);
        if (entry == null) {
            return false;
        }
        if (entry.isDeep()) {
            return areSet(row, entry, 0, bits, rights, all);
        }
        long roleSets = Row.values(row, isCounted, entry.parentBelowAccount(), entry.ordinal());
        return areSet(row, null, roleSets, bits, rights, all);
    }

    /**
     * Returns whether bits at the positions of rights are set: all of them, or else one or more.
     *
     * @param deep the target, if its path is a long one: the row is then searched for each word
     * @param roleSets the role sets on the path otherwise
     */
    private static boolean areSet(
            Object row, @Nullable TargetEntry deep, long roleSets, RoleSetBits bits, Rights rights, boolean all) {
        for (int word = 0; word < rights.words(); word++) {
            long asked = rights.word(word);
            if (asked != 0) {
                long held = deep == null
                        ? bits.union(Row.first(roleSets), Row.second(roleSets), Row.third(roleSets), word)
                        : unionOnDeepPath(row, deep, bits, word);
                if (all ? (asked & ~held) != 0 : (asked & held) != 0) {
                    return !all;
                }
            }
        }
        return all && !rights.isEmpty();
    }

    /** Visits, in any order, the role set that a user holds at each target on the path of a target, if they hold one. */
    public void forEachOnPath(String user, Target target, IntConsumer visitor) {
        requireNonNull(visitor, "visitor");
        forEachOnPath(rows.get(user), target, visitor);
    }

    private void forEachOnPath(@Nullable Object row, Target target, IntConsumer visitor) {
        TargetEntry entry = entryOnPath(target);
        if (row == null || entry == null) {
            return;
        }
        visit(Row.firstValue(row), visitor);
        if (entry.ordinal() != ACCOUNT) {
            visit(Row.value(row, entry.ordinal()), visitor);
            for (int above : entry.above()) {
                visit(Row.value(row, above), visitor);
            }
        }
    }

    private static void visit(int roleSet, IntConsumer visitor) {
        if (roleSet != 0) {
            visitor.accept(roleSet);
        }
    }

    /** Returns the role sets that a user holds, none for an unknown user: for more than one question about them. */
    public HeldRoleSets heldBy(String user) {
        return new HeldRoleSets(this, rows.get(user));
    }

    /** Returns what {@link #entryOnPath} returns for each target, so that cache misses overlap. */
    private @Nullable TargetEntry[] entriesOnPath(List<Target> targets) {
        @Nullable TargetEntry[] entries = new TargetEntry[targets.size()];
        List<String> ids = new ArrayList<>(entries.length);
        int[] positions = new int[entries.length];
        for (int level = 1; level < targetsById.size(); level++) {
            Scope scope = scopes.scopes().get(level);
            ids.clear();
            for (int i = 0; i < entries.length; i++) {
                if (targets.get(i).scope().equals(scope)) {
                    positions[ids.size()] = i;
                    ids.add(targets.get(i).id());
                }
            }
            @Nullable Object[] found = targetsById.get(level).getAll(ids);
            for (int i = 0; i < found.length; i++) {
                entries[positions[i]] = (TargetEntry) found[i];
            }
        }
        for (int i = 0; i < entries.length; i++) {
            Target target = targets.get(i);
            if (target.isAccount() || target.parent().isPresent()) {
                entries[i] = entryOnPath(target);
            }
        }
        return entries;
    }

    /**
     * Returns the entry whose path counts for a target: its own; that of the given parent if the target is unknown, as
     * nobody holds anything at the target itself; {@code null} if the path is empty (S5).
     */
    private @Nullable TargetEntry entryOnPath(Target target) {
        TargetEntry entry = entry(target);
        Optional<Target> parent = target.parent();
        return parent.isEmpty() ? entry : entryWithParent(entry, target.scope(), parent.get());
    }

    private @Nullable TargetEntry entryWithParent(@Nullable TargetEntry entry, Scope scope, Target given) {
        TargetEntry parent = entry(given);
        if (parent == null) {
            return null;
        }
        if (entry != null) {
            return entry.parent() == parent.ordinal() ? entry : null;
        }
        return trustsUnknownTargets
                        && scopes.contains(scope)
                        && scope.canLieIn(given.scope())
                        && parent.pathLength() < ScopeTree.MAX_PATH
                ? parent
                : null;
    }

    /**
     * Returns the lowest ordinal above {@code after} of a target at which a user holds a role, -1 if there is none. Linear
     * in the number of the user's targets at worst.
     */
    public int nextTarget(int user, int after) {
        String id = userIds.get(user);
        Object row = id == null ? null : rows.get(id);
        return row == null ? -1 : Row.nextKey(row, after);
    }

    /**
     * Returns the lowest ordinal above {@code after} of a user who holds a role at a target itself, -1 if there is none.
     * Logarithmic in the number of those users.
     */
    public int nextUser(int target, int after) {
        TargetEntry entry = targets.get(target);
        return entry == null ? -1 : Ordinals.next(entry.users(), after);
    }

    /** Returns how many users hold a role at a target itself. */
    public int userCount(int target) {
        TargetEntry entry = targets.get(target);
        return entry == null ? 0 : Ordinals.size(entry.users());
    }

    /** Returns the users who hold a role at a target itself, with what they hold there. Linear in their number. */
    public Holders holders(int target) {
        TargetEntry entry = targets.get(target);
        int[] users = entry == null ? new int[0] : Ordinals.toArray(entry.users());
        int[] held = new int[users.length];
        // In batches, so that the rows are fetched from memory together.
        for (int from = 0; from < users.length; from += AHEAD) {
            int[] next = Arrays.copyOfRange(users, from, Math.min(from + AHEAD, users.length));
            System.arraycopy(roleSets(next, target), 0, held, from, next.length);
        }
        return new Holders(users, held);
    }

    private int[] roleSets(int[] users, int target) {
        List<String> ids = new ArrayList<>(users.length);
        for (int user : users) {
            ids.add(requireNonNull(userIds.get(user)));
        }
        return Row.values(rows.getAll(ids), target);
    }

    // within the package: without numbers

    @Nullable
    Object row(String user) {
        return rows.get(requireNonNull(user, "user"));
    }

    /** What is known of a target, null if it is unknown; a given parent is ignored. */
    @Nullable
    @SuppressWarnings("ReferenceEquality") // a quick answer before the exact one
    TargetEntry entry(Target target) {
        Scope scope = target.scope();
        if (scope == scope2) {
            return targets2.get(target.id());
        }
        if (scope == scope1) {
            return targets1.get(target.id());
        }
        return target.isAccount() ? targets.get(ACCOUNT) : entryAtLevel(target);
    }

    private @Nullable TargetEntry entryAtLevel(Target target) {
        Scope scope = target.scope();
        return scopes.contains(scope) ? targetsById.get(scope.level()).get(target.id()) : null;
    }

    @Nullable
    RoleEntry roleEntry(String id) {
        return rolesById.get(requireNonNull(id, "role"));
    }

    /** All roles, in no particular order. */
    List<RoleEntry> roleEntries() {
        return Pages.present(roles.size(), roles::get);
    }

    /** About how many bytes the table retains in a 64-bit virtual machine with compressed references. */
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
        return row == null ? 0 : idBytes(id) + Row.retainedBytes(row);
    }

    static long targetBytes(@Nullable TargetEntry entry) {
        return entry == null ? 0 : idBytes(entry.id()) + entry.retainedBytes();
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

    /**
     * The role sets that one user holds. Its methods do what those of the table do for a given user, without looking the user
     * up.
     *
     * <p>This class is immutable and thread-safe.
     *
     * @since 0.1
     */
    public static final class HeldRoleSets {

        /** Up to this many targets, what is known of them mostly stays in the caches of the processor. */
        private static final int MAX_CACHED = 1 << 14;

        private final PolicyTable table;
        private final @Nullable Object row;

        private HeldRoleSets(PolicyTable table, @Nullable Object row) {
            this.table = table;
            this.row = row;
        }

        /** Returns, in ascending order, the ordinals of the targets at which the user holds a role; none for an unknown user. */
        public int[] targets() {
            long[] entries = row == null ? new long[0] : Row.entries(row);
            int[] ordinals = new int[entries.length];
            for (int i = 0; i < ordinals.length; i++) {
                ordinals[i] = Row.key(entries[i]);
            }
            return ordinals;
        }

        /** Returns the role set that the user holds at a target itself, zero if none. */
        public int roleSet(int target) {
            Objects.checkIndex(target, table.targets());
            return row == null ? 0 : Row.value(row, target);
        }

        /** Returns what {@link PolicyTable#anyOnPath(String, Target, RoleSetBits, int)} returns. */
        public boolean anyOnPath(Target target, RoleSetBits bits, int bit) {
            return table.anyOnPath(row, target, requireNonNull(bits, "bits"), bit);
        }

        /** Returns what {@link PolicyTable#anyOnPath(String, Target, RoleSetBits, Rights)} returns. */
        public boolean anyOnPath(Target target, RoleSetBits bits, Rights rights) {
            return table.areOnPath(row, target, requireNonNull(bits, "bits"), rights, false);
        }

        /** Returns what {@link PolicyTable#allOnPath} returns. */
        public boolean allOnPath(Target target, RoleSetBits bits, Rights rights) {
            return table.areOnPath(row, target, requireNonNull(bits, "bits"), rights, true);
        }

        /** Visits what {@link PolicyTable#forEachOnPath} visits. */
        public void forEachOnPath(Target target, IntConsumer visitor) {
            table.forEachOnPath(row, target, requireNonNull(visitor, "visitor"));
        }

        /**
         * Returns the positions of those targets for which {@link #anyOnPath(Target, RoleSetBits, int)} is true. Sooner than
         * asking for one after the other where the policy has many targets.
         */
        public BitSet positionsOnPath(List<Target> targets, RoleSetBits bits, int bit) {
            requireNonNull(bits, "bits");
            long[] positions = new long[(targets.size() + Long.SIZE - 1) / Long.SIZE];
            if (row != null && table.targets() > MAX_CACHED) {
                putFetchedAhead(positions, row, targets, bits, bit);
            } else {
                putOneByOne(positions, targets, bits, bit);
            }
            return BitSet.valueOf(positions);
        }

        private void putOneByOne(long[] positions, List<Target> targets, RoleSetBits bits, int bit) {
            for (int i = 0; i < targets.size(); i++) {
                put(positions, i, table.anyOnPath(row, targets.get(i), bits, bit));
            }
        }

        private void putFetchedAhead(long[] positions, Object held, List<Target> targets, RoleSetBits bits, int bit) {
            boolean isCounted = Row.isCounted(held);
            for (int from = 0; from < targets.size(); from += AHEAD) {
                List<Target> next = targets.subList(from, Math.min(from + AHEAD, targets.size()));
                @Nullable TargetEntry[] entries = table.entriesOnPath(next);
                for (int i = 0; i < entries.length; i++) {
                    TargetEntry entry = entries[i];
                    long union = entry == null ? 0 : unionOnPath(held, isCounted, entry, bits, bit >>> 6);
                    put(positions, from + i, isSet(union, bit));
                }
            }
        }

        /** Sets a position without a branch, which the processor would often guess wrongly. */
        private static void put(long[] positions, int position, boolean isSet) {
            positions[position >>> 6] |= (isSet ? 1L : 0L) << position;
        }
    }

    /**
     * The users who hold a role at one target itself, and the role set that each of them holds there: for more than one
     * question about them.
     *
     * <p>This class is immutable and thread-safe.
     *
     * @since 0.1
     */
    public static final class Holders {

        private final int[] users;
        private final int[] roleSets;

        private Holders(int[] users, int[] roleSets) {
            this.users = users;
            this.roleSets = roleSets;
        }

        /** Returns, in ascending order, the ordinals of the users for whose role set a bit is set. */
        public int[] with(RoleSetBits bits, int bit) {
            requireNonNull(bits, "bits");
            int[] found = new int[users.length];
            int count = 0;
            for (int i = 0; i < users.length; i++) {
                // without a branch, which the processor would often guess wrongly
                found[count] = users[i];
                count += isSet(bits.word(roleSets[i], bit >>> 6), bit) ? 1 : 0;
            }
            return Arrays.copyOf(found, count);
        }
    }
}
