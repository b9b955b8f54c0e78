package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.policy.UserEdit.HeldRoles;
import io.rbac.table.FreeNumbers;
import io.rbac.table.IdTable;
import io.rbac.table.Ordinals;
import io.rbac.table.Pages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes a copy of a policy's table; each change costs what it touches. Whether a change is allowed is judged by its
 * callers. Not for several threads.
 */
final class TableEditor {

    /*
     * Roles and targets are written as they change; what users hold is gathered and written by settle(), see
     * MembershipEditor. Until then an ordinal that was freed is not given again, as what a user holds at it would mean one
     * thing before and another after; only where no other is left, everything is settled first.
     */

    private final PolicyTable base;
    private final List<IdTable.Editor<TargetEntry>> targetsById = new ArrayList<>();
    private final Pages.Editor<@Nullable TargetEntry> targets;
    private final IdTable.Editor<RoleEntry> rolesById;
    private final Pages.Editor<@Nullable RoleEntry> roles;
    private final MembershipEditor memberships;
    private final FreeNumbers.Editor targetOrdinals;
    private final FreeNumbers.Editor roleOrdinals;
    private final Map<Integer, Ordinals.Editor> childrenByParent = new HashMap<>();
    private final TargetHeights heights = new TargetHeights(this);
    private final Set<Integer> moved = new LinkedHashSet<>();
    private final WriteSet touched = new WriteSet();
    private @Nullable DefaultRoles defaults;
    private final Map<Scope, Integer> defaultCounts;
    private long bytes;

    TableEditor(PolicyTable base) {
        this.base = base;
        base.targetsById.forEach(table -> targetsById.add(table.edit()));
        this.targets = base.targets.edit();
        this.rolesById = base.rolesById.edit();
        this.roles = base.roles.edit();
        this.memberships = new MembershipEditor(base);
        this.defaultCounts = new HashMap<>(base.defaultCounts);
        this.bytes = base.retainedBytes();
        this.targetOrdinals = References.pool(base.free.targets(), Policy.MAX_TARGETS, "targets");
        this.roleOrdinals = References.pool(base.free.roles(), Policy.MAX_ROLES, "roles");
    }

    /** The table as it was. */
    PolicyTable base() {
        return base;
    }

    /** What was written to, whether or not it differs in the end. */
    WriteSet touched() {
        return touched;
    }

    // reading

    /** The role of an id; how many users hold it is known once everything is settled. */
    @Nullable
    RoleEntry role(String id) {
        return rolesById.get(id);
    }

    /** All roles as they are now, in no particular order. */
    List<RoleEntry> roleEntries() {
        return Pages.present(roles.size(), roles::get);
    }

    private RoleEntry roleOf(int ordinal) {
        return requireNonNull(roles.get(ordinal));
    }

    /** The active default roles of a scope. */
    List<RoleEntry> defaults(Scope scope) {
        if (defaults == null) {
            defaults = new DefaultRoles(roleEntries());
        }
        return defaults.of(scope).stream().map(this::roleOf).toList();
    }

    /** How many active default roles of a scope there are. */
    int defaultCount(Scope scope) {
        return defaultCounts.getOrDefault(scope, 0);
    }

    /** The scopes of the targets. */
    ScopeTree scopes() {
        return base.scopes;
    }

    @Nullable
    TargetEntry target(Target target) {
        if (target.isAccount()) {
            return targets.get(PolicyTable.ACCOUNT);
        }
        Scope scope = target.scope();
        return base.scopes.contains(scope) ? targetsById.get(scope.level()).get(target.id()) : null;
    }

    TargetEntry targetOf(int ordinal) {
        return requireNonNull(targets.get(ordinal));
    }

    private int ordinalOf(Target target) {
        return requireNonNull(target(target)).ordinal();
    }

    /** How many roles a user holds at a target itself, zero for a target that is gone. */
    int countAt(String user, Target target) {
        TargetEntry entry = target(target);
        return entry == null ? 0 : memberships.countAt(user, entry.ordinal());
    }

    /** Whether a user holds an active role at a target itself. */
    boolean holdsActive(String user, Target target) {
        return memberships.holdsAny(
                user, ordinalOf(target), role -> roleOf(role).role().isActive());
    }

    /** The ids of the users who hold this very role at a target itself. */
    List<String> usersAt(Target target, int role) {
        return memberships.usersAt(requireNonNull(target(target)), role);
    }

    // roles

    void addRole(Role role) {
        put(RoleEntry.of(next(roleOrdinals, roles.size()), role, 0, new int[0]));
        touched.role(role.id());
    }

    void replaceRole(Role role) {
        put(requireNonNull(role(role.id())).withRole(role));
        touched.role(role.id());
    }

    private void put(RoleEntry entry) {
        RoleEntry old = entry.ordinal() < roles.size() ? roles.get(entry.ordinal()) : null;
        bytes += PolicyTable.roleBytes(entry) - PolicyTable.roleBytes(old);
        countDefault(old, -1);
        countDefault(entry, 1);
        rolesById.put(entry.role().id(), entry);
        roles.set(entry.ordinal(), entry);
        if (defaults != null) {
            defaults.put(entry);
        }
    }

    private void countDefault(@Nullable RoleEntry entry, int more) {
        if (entry != null && RoleValidator.isActiveDefault(entry.role())) {
            defaultCounts.merge(entry.role().scope(), more, Integer::sum);
        }
    }

    /** Removes a role and all its assignments. */
    void removeRole(String id) {
        RoleEntry role = requireNonNull(role(id));
        for (int block = 0; block < role.blocks(); block++) {
            if (role.assignmentsIn(block) > 0) {
                int end = Math.min(targets.size(), (block + 1) * RoleEntry.BLOCK_SIZE);
                for (int target = block * RoleEntry.BLOCK_SIZE; target < end; target++) {
                    removeRoleAt(role, targets.get(target));
                }
            }
        }
        memberships.takeGiven(role.ordinal());
        bytes -= PolicyTable.roleBytes(role);
        countDefault(role, -1);
        rolesById.remove(id);
        roles.clear(role.ordinal());
        roleOrdinals.free(role.ordinal());
        if (defaults != null) {
            defaults.remove(role);
        }
        touched.role(id);
    }

    private void removeRoleAt(RoleEntry role, @Nullable TargetEntry target) {
        if (target != null) {
            Target where = target.target(base.scopes);
            for (String user : memberships.usersAt(target, role.ordinal())) {
                unassign(user, role, where);
            }
        }
    }

    // targets

    void addTarget(Target target, TargetEntry parent) {
        int ordinal = next(targetOrdinals, targets.size());
        int level = target.scope().level();
        put(TargetEntry.of(ordinal, level, pathBelow(parent), target.id(), Ordinals.none(), Ordinals.none()));
        enter(ordinal, parent.ordinal());
        heights.enter(targetOf(ordinal));
        touched.target(target);
    }

    /** The path of what lies in a target; the array of what lies there already is shared. */
    private int[] pathBelow(TargetEntry parent) {
        int first = Ordinals.next(parent.children(), -1);
        TargetEntry child = first < 0 || first >= targets.size() ? null : targets.get(first);
        return child != null && child.isDeep() && child.parent() == parent.ordinal()
                ? child.above()
                : parent.pathBelow();
    }

    private void put(TargetEntry entry) {
        TargetEntry old = entry.ordinal() < targets.size() ? targets.get(entry.ordinal()) : null;
        bytes += PolicyTable.targetBytes(entry) - PolicyTable.targetBytes(old);
        targets.set(entry.ordinal(), entry);
        if (entry.ordinal() != PolicyTable.ACCOUNT) {
            targetsById.get(entry.level()).put(entry.id(), entry);
        }
    }

    /** Moves a target with all that lies below it; the paths of that are written when all is sealed. */
    void moveTarget(TargetEntry target, TargetEntry parent) {
        heights.leave(target);
        leave(target);
        put(target.withAbove(pathBelow(parent)));
        enter(target.ordinal(), parent.ordinal());
        heights.enter(targetOf(target.ordinal()));
        moved.add(target.ordinal());
        touched.target(target.target(base.scopes));
    }

    /** Writes the paths of what was moved, of what lies highest first: then that of all below is right. */
    private void settlePaths() {
        Set<Integer> settled = new HashSet<>();
        List<TargetEntry> highestFirst = new ArrayList<>();
        for (int ordinal : moved) {
            TargetEntry target = targets.get(ordinal);
            if (target != null) {
                highestFirst.add(target);
            }
        }
        highestFirst.sort(Comparator.comparingInt(target -> path(target).size()));
        for (TargetEntry target : highestFirst) {
            if (!settled.contains(target.ordinal())) {
                int[] above = path(target).stream()
                        .skip(1)
                        .mapToInt(TargetEntry::ordinal)
                        .toArray();
                settlePath(target.ordinal(), above, settled);
            }
        }
        moved.clear();
    }

    private void settlePath(int ordinal, int[] above, Set<Integer> settled) {
        if (moved.contains(ordinal)) {
            settled.add(ordinal);
        }
        TargetEntry target = targetOf(ordinal).withAbove(above);
        put(target);
        int[] below = target.pathBelow();
        for (int child : childrenOf(target)) {
            settlePath(child, below, settled);
        }
    }

    /** A target and what is above it now, the nearest first, without the account. */
    List<TargetEntry> path(TargetEntry target) {
        List<TargetEntry> path = new ArrayList<>();
        for (TargetEntry next = target; next.ordinal() != PolicyTable.ACCOUNT; next = targetOf(next.parent())) {
            path.add(next);
        }
        return path;
    }

    /** How many targets the longest way down from a target has, the target itself among them. */
    int height(TargetEntry target) {
        return heights.of(target);
    }

    /** The ordinals of what lies in a target other than the account. */
    int[] childrenOf(TargetEntry target) {
        Ordinals.Editor editor = childrenByParent.get(target.ordinal());
        return editor == null ? Ordinals.toArray(target.children()) : editor.toArray();
    }

    private void enter(int target, int parent) {
        if (parent != PolicyTable.ACCOUNT) {
            childEditor(parent).add(target);
        }
    }

    private void leave(TargetEntry target) {
        if (target.parent() != PolicyTable.ACCOUNT) {
            childEditor(target.parent()).remove(target.ordinal());
        }
    }

    private Ordinals.Editor childEditor(int parent) {
        return childrenByParent.computeIfAbsent(
                parent, ordinal -> Ordinals.edit(targetOf(ordinal).children()));
    }

    /** Removes a target, all that lies below it, and every assignment there. */
    void removeTarget(TargetEntry entry) {
        heights.leave(entry);
        remove(entry);
    }

    private void remove(TargetEntry entry) {
        for (int child : childrenOf(entry)) {
            remove(targetOf(child));
        }
        heights.forget(entry);
        childrenByParent.remove(entry.ordinal());
        Target target = entry.target(base.scopes);
        memberships.usersAt(entry).forEach(user -> takeAll(user, target));
        leave(entry);
        bytes -= PolicyTable.targetBytes(entry);
        targetsById.get(entry.level()).remove(entry.id());
        targets.clear(entry.ordinal());
        targetOrdinals.free(entry.ordinal());
        touched.target(target);
    }

    // assignments

    /** Removes all assignments of a user, who need not be known. */
    void removeUser(String user) {
        for (int target : memberships.targetsOf(user)) {
            TargetEntry entry = targets.get(target);
            if (entry != null) {
                takeAll(user, entry.target(base.scopes));
            }
        }
    }

    private void takeAll(String user, Target target) {
        touched.pair(user, target);
        memberships.takeAll(user, ordinalOf(target));
    }

    /** Adds a role to those that a user holds at a target. */
    void assign(String user, RoleEntry role, Target target) {
        int ordinal = ordinalOf(target);
        if (!memberships.holds(user, role.ordinal(), ordinal)) {
            touched.pair(user, target);
            memberships.give(user, ordinal, role.ordinal());
        }
    }

    /** Adds a role of the account to those that every user holds there. */
    void assignToAll(RoleEntry role) {
        for (String user : memberships.usersWithout(role.ordinal(), role.users())) {
            assign(user, role, Target.account());
        }
    }

    /** Takes a role from those that a user holds at a target. */
    void unassign(String user, RoleEntry role, Target target) {
        int ordinal = ordinalOf(target);
        if (memberships.holds(user, role.ordinal(), ordinal)) {
            touched.pair(user, target);
            memberships.take(user, ordinal, role.ordinal());
        }
    }

    /** Leaves a user exactly these roles at a target. */
    void setRoles(String user, Target target, List<RoleEntry> wanted) {
        Set<Integer> ordinals = new TreeSet<>();
        wanted.forEach(role -> ordinals.add(role.ordinal()));
        touched.pair(user, target);
        memberships.set(user, ordinalOf(target), ordinals);
    }

    // settling

    /** Writes what users hold, and what follows from it: the users of targets, and how often roles are held. */
    void settle() {
        MembershipEditor.Settlement settled = memberships.settle();
        writeUsers(settled.changes());
        settled.counts().forEach(this::writeCounts);
    }

    /** Writes the users of targets, of which some may be gone. Who left comes first: a new user may have that ordinal now. */
    private void writeUsers(List<HeldRoles> changes) {
        Map<Integer, Ordinals.Editor> usersByTarget = new HashMap<>();
        for (HeldRoles change : changes) {
            TargetEntry entry = targets.get(change.target);
            if (entry != null) {
                Ordinals.Editor users =
                        usersByTarget.computeIfAbsent(change.target, target -> Ordinals.edit(entry.users()));
                if (change.now.isEmpty()) {
                    users.remove(change.user.ordinal);
                }
            }
        }
        for (HeldRoles change : changes) {
            Ordinals.Editor users = usersByTarget.get(change.target);
            if (users != null && !change.now.isEmpty()) {
                users.add(change.user.ordinal);
            }
        }
        usersByTarget.forEach((target, users) -> put(targetOf(target).withUsers(users.seal())));
    }

    private void writeCounts(int role, MembershipEditor.RoleCountEdit edit) {
        RoleEntry entry = roles.get(role);
        if (entry != null) {
            put(edit.appliedTo(entry));
        }
    }

    /** Returns an ordinal for something new; where there is no other, one that was freed since everything was settled. */
    private int next(FreeNumbers.Editor ordinals, int size) {
        if (ordinals.isExhausted(size)) {
            settle();
            ordinals.reuse();
        }
        return ordinals.take(size);
    }

    /** Returns the table as it is now, and gives up everything in it: what is written later goes to copies. */
    PolicyTable seal() {
        settle();
        settlePaths();
        childrenByParent.forEach((parent, editor) -> put(targetOf(parent).withChildren(editor.seal())));
        childrenByParent.clear();
        RoleSetEditor roleSets = memberships.roleSets();
        return new PolicyTable(
                base.scopes,
                base.trustsUnknownTargets,
                memberships.sealRows(),
                memberships.sealUserIds(),
                targetsById.stream().map(IdTable.Editor::seal).toList(),
                targets.seal(),
                rolesById.seal(),
                roles.seal(),
                new HashMap<>(defaultCounts),
                roleSets.sealByText(),
                roleSets.sealByNumber(),
                new PolicyTable.FreeLists(
                        memberships.sealFreeUsers(), targetOrdinals.seal(), roleOrdinals.seal(), roleSets.sealFree()),
                bytes + memberships.moreBytes());
    }

    /** The ordinals of the active default roles of each scope, kept up while roles change. */
    private static final class DefaultRoles {

        private final Map<Scope, SortedSet<Integer>> byScope = new HashMap<>();

        DefaultRoles(List<RoleEntry> roles) {
            roles.forEach(this::put);
        }

        SortedSet<Integer> of(Scope scope) {
            return byScope.computeIfAbsent(scope, key -> new TreeSet<>());
        }

        void put(RoleEntry entry) {
            if (RoleValidator.isActiveDefault(entry.role())) {
                of(entry.role().scope()).add(entry.ordinal());
            } else {
                remove(entry);
            }
        }

        void remove(RoleEntry entry) {
            of(entry.role().scope()).remove(entry.ordinal());
        }
    }
}
