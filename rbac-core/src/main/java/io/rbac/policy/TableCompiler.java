package io.rbac.policy;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.table.IdTable;
import io.rbac.table.Ordinals;
import io.rbac.table.Pages;
import io.rbac.table.Row;
import io.rbac.text.Ids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Compiles the table of a policy from its roles, targets and assignments, and reports what is wrong with the latter. */
final class TableCompiler {

    private static final int ROLE_BITS = 16;
    private static final int ROLE_MASK = (1 << ROLE_BITS) - 1;

    private final PermissionCatalog catalog;
    private final PolicyRules rules;
    private final RoleValidator check;
    private final AssignmentBuffer assignments;
    private final Violation.Collector violations;
    private final References references;
    private final List<Role> roles;
    private final TargetForest targets;
    private final RoleSetInterner roleSets = new RoleSetInterner();
    private int[] roleOrdinals = {};

    /** The ordinals of the targets that assignments name, by the number of their scope and their number in it. */
    private int[][] targetOrdinals = {};

    TableCompiler(
            PermissionCatalog catalog,
            PolicyRules rules,
            RoleValidator check,
            List<Role> roles,
            TargetForest targets,
            AssignmentBuffer assignments,
            Violation.Collector violations) {
        this.catalog = catalog;
        this.rules = rules;
        this.check = check;
        this.roles = roles;
        this.targets = targets;
        this.assignments = assignments;
        this.violations = violations;
        this.references = new References(violations);
    }

    /*
     * Three steps, each of which goes through memory in order as far as it can:
     *
     * sortByUser    checks every assignment, and brings the target and role of those without fault together by user
     * compileRows   sorts what each user holds by target, interns the role sets and makes the rows
     * compileTable  turns the relation round to the users of each target, counts the users of roles and makes the tables
     */

    /** What users hold, in the order of the users. */
    private static final class Held {

        /** Target and role of each assignment. */
        private final long[] keys;

        /** Where the keys of each user end. */
        private final int[] ends;

        Held(long[] keys, int[] ends) {
            this.keys = keys;
            this.ends = ends;
        }
    }

    /** The rows of the users. */
    private static final class Rows {

        /** The row of each user, null for one who holds nothing. */
        private final Object[] rows;

        /** The targets of all rows, in the order of the users. */
        private final int[] targets;

        /** Where the targets of each user end. */
        private final int[] ends;

        Rows(Object[] rows, int[] targets, int[] ends) {
            this.rows = rows;
            this.targets = targets;
            this.ends = ends;
        }
    }

    PolicyTable build() {
        assignments.numberWaiting();
        roleOrdinals = ordinals(
                assignments.roles().size(),
                roles.size(),
                role -> assignments.numberOf(roles.get(role).id()));
        targetOrdinals = targetOrdinals();
        Held held = sortByUser();
        Rows rows = compileRows(held);
        violations.throwIfAny();
        return compileTable(held, rows);
    }

    private Rows compileRows(Held held) {
        int users = held.ends.length;
        Object[] rows = new Object[users];
        int[] targetsOfRows = new int[held.keys.length];
        int[] targetEnds = new int[users];
        int targetCount = 0;
        BitSet usersWithDuplicates = new BitSet();
        long[] entries = new long[16];
        for (int user = 0, from = 0; user < users; from = held.ends[user++]) {
            int to = held.ends[user];
            if (entries.length < to - from) {
                entries = new long[Math.max(to - from, 2 * entries.length)];
            }
            Arrays.sort(held.keys, from, to);
            int rowLength = 0;
            for (int i = from; i < to; ) {
                int target = targetOf(held.keys[i]);
                int end = endOfTarget(held.keys, i, to);
                int distinct = withoutDuplicates(held.keys, i, end);
                if (distinct < end) {
                    usersWithDuplicates.set(user);
                }
                if (!check.allowsAtTarget(distinct - i)) { // before the target is fetched from memory
                    check.checkRolesPerTarget(
                            assignments.users().id(user), targets.target(target), distinct - i, "/assignments");
                }
                entries[rowLength++] = Row.entry(target, roleSets.number(held.keys, i, distinct, ROLE_MASK));
                targetsOfRows[targetCount++] = target;
                i = end;
            }
            targetEnds[user] = targetCount;
            if (rowLength > 0) {
                rows[user] = Row.of(user, entries, rowLength);
            }
        }
        reportDuplicates(usersWithDuplicates);
        checkCounts(users);
        return new Rows(rows, targetsOfRows, targetEnds);
    }

    private static int targetOf(long key) {
        return (int) (key >>> ROLE_BITS);
    }

    private static int roleOf(long key) {
        return (int) key & ROLE_MASK;
    }

    private RoleCounts countRoles(Held held) {
        RoleCounts counts = new RoleCounts(roles.size(), targets.size());
        for (int user = 0, from = 0; user < held.ends.length; from = held.ends[user++]) {
            for (int i = from; i < held.ends[user]; i++) {
                counts.add(user, targetOf(held.keys[i]), roleOf(held.keys[i]));
            }
        }
        return counts;
    }

    /** For each number that assignments use, the ordinal of what it stands for, -1 for what does not exist. */
    private static int[] ordinals(int numbers, int size, IntUnaryOperator numberOf) {
        int[] ordinals = new int[numbers];
        Arrays.fill(ordinals, -1);
        for (int ordinal = 0; ordinal < size; ordinal++) {
            int number = numberOf.applyAsInt(ordinal);
            if (number >= 0) {
                ordinals[number] = ordinal;
            }
        }
        return ordinals;
    }

    private int[][] targetOrdinals() {
        int[][] ordinals = new int[assignments.scopes()][];
        for (int number = 0; number < ordinals.length; number++) {
            ordinals[number] = new int[assignments.targets(number)];
            Arrays.fill(ordinals[number], -1);
        }
        for (Scope scope : catalog.scopes().scopes()) {
            int number = assignments.numberOf(scope);
            int end = targets.end(scope.level());
            for (int ordinal = targets.start(scope.level()); ordinal < end && number >= 0; ordinal++) {
                int numberInScope = assignments.numberOf(number, targets.id(ordinal));
                if (numberInScope >= 0) {
                    ordinals[number][numberInScope] = ordinal;
                }
            }
        }
        return ordinals;
    }

    private int roleOf(int assignment) {
        return roleOrdinals[assignments.roleOf(assignment)];
    }

    private int targetOf(int assignment) {
        return targetOrdinals[assignments.scopeOf(assignment)][assignments.numberInScope(assignment)];
    }

    private Held sortByUser() {
        int[] ends = new int[assignments.users().size()];
        boolean[] validUsers = new boolean[ends.length];
        for (int user = 0; user < ends.length; user++) {
            validUsers[user] = Ids.fault(assignments.users().id(user)) == null;
        }
        boolean[] valid = new boolean[assignments.count()];
        for (int i = 0; i < valid.length; i++) {
            boolean userIsValid = validUsers[assignments.userOf(i)];
            valid[i] = userIsValid && fits(i);
            if (valid[i]) {
                ends[assignments.userOf(i)]++;
            } else {
                report(i, roleOf(i) < 0 ? null : roles.get(roleOf(i)), targetOf(i) >= 0, userIsValid);
            }
        }
        int total = 0;
        for (int user = 0; user < ends.length; user++) {
            int count = ends[user];
            ends[user] = total;
            total += count;
        }
        long[] keys = new long[total];
        for (int i = 0; i < valid.length; i++) {
            if (valid[i]) {
                keys[ends[assignments.userOf(i)]++] = (long) targetOf(i) << ROLE_BITS | roleOf(i);
            }
        }
        return new Held(keys, ends);
    }

    /** Whether role and target of an assignment exist and are of one scope. */
    private boolean fits(int assignment) {
        int role = roleOf(assignment);
        int target = targetOf(assignment);
        return role >= 0 && target >= 0 && roles.get(role).scope().level() == targets.level(target);
    }

    private void report(int assignment, @Nullable Role role, boolean targetIsKnown, boolean userIsValid) {
        String path = "/assignments/" + assignment;
        if (!userIsValid) {
            references.checkId(path + "/user", "user", assignments.users().id(assignments.userOf(assignment)));
        }
        if (role == null) {
            String id = assignments.roles().id(assignments.roleOf(assignment));
            references.roleNotFound(
                    path + "/role", id, () -> roles.stream().map(Role::id).toList());
        }
        Target where = assignments.targetOf(assignment);
        if (!targetIsKnown) {
            references.targetNotFound(path + "/at", where, () -> targets.ids(where.scope()));
        }
        if (role != null && !role.scope().equals(where.scope())) {
            references.scopeMismatch(path + "/role", role, where);
        }
    }

    private static int endOfTarget(long[] keys, int from, int count) {
        int end = from + 1;
        while (end < count && keys[end] >>> ROLE_BITS == keys[from] >>> ROLE_BITS) {
            end++;
        }
        return end;
    }

    /** Moves the different keys of a range to its front and returns where they end. */
    private static int withoutDuplicates(long[] keys, int from, int end) {
        int distinct = from + 1;
        for (int i = from + 1; i < end; i++) {
            if (keys[i] != keys[i - 1]) {
                keys[distinct++] = keys[i];
            }
        }
        return distinct;
    }

    /** Reports what some users hold twice. */
    private void reportDuplicates(BitSet users) {
        Map<Integer, Map<Long, Integer>> firsts = new HashMap<>();
        for (int i = 0; i < assignments.count() && !users.isEmpty(); i++) {
            int user = assignments.userOf(i);
            if (users.get(user) && fits(i)) {
                long key = (long) targetOf(i) << ROLE_BITS | roleOf(i);
                Integer first =
                        firsts.computeIfAbsent(user, u -> new HashMap<>()).putIfAbsent(key, i);
                if (first != null) {
                    violations.add(
                            Code.DUPLICATE_ID,
                            "/assignments/" + i,
                            null,
                            "user " + Violation.quote(assignments.users().id(user)) + " holds role "
                                    + Violation.quote(roles.get(roleOf(i)).id()) + " at "
                                    + Violation.quote(
                                            targets.target(targetOf(i)).toString())
                                    + " twice: first at `/assignments/" + first + '`');
                }
            }
        }
    }

    private void checkCounts(int users) {
        if (users > Policy.MAX_USERS) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    "/assignments",
                    Integer.toString(users),
                    "there are " + users + " users: at most " + Policy.MAX_USERS + " are allowed");
        }
        if (roleSets.count() - 1 > Row.MAX_VALUE) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    "/assignments",
                    Integer.toString(roleSets.count()),
                    "users hold more than " + Row.MAX_VALUE + " different sets of roles");
        }
    }

    /** The relation the other way round: for each target its users, in the order of their ordinals. */
    private Object[] usersByTarget(Rows rows) {
        int count = rows.ends.length == 0 ? 0 : rows.ends[rows.ends.length - 1];
        int[] usersOfTarget = new int[targets.size()];
        for (int i = 0; i < count; i++) {
            usersOfTarget[rows.targets[i]]++;
        }
        int[] next = new int[usersOfTarget.length];
        for (int target = 1; target < next.length; target++) {
            next[target] = next[target - 1] + usersOfTarget[target - 1];
        }
        int[] users = new int[count];
        for (int user = 0, from = 0; user < rows.ends.length; from = rows.ends[user++]) {
            for (int i = from; i < rows.ends[user]; i++) {
                users[next[rows.targets[i]]++] = user;
            }
        }
        Object[] lists = new Object[next.length];
        for (int target = 0; target < lists.length; target++) {
            lists[target] = Ordinals.of(users, next[target] - usersOfTarget[target], next[target]);
        }
        return lists;
    }

    private PolicyTable compileTable(Held held, Rows rows) {
        Object[] usersByTarget = usersByTarget(rows);
        RoleCounts counts = countRoles(held);
        List<String> userIds = assignments.users().ids();
        List<TargetEntry> entries = targets.entries(usersByTarget);
        List<RoleEntry> roleEntries = new ArrayList<>(roles.size());
        for (int i = 0; i < roles.size(); i++) {
            roleEntries.add(counts.entry(i, roles.get(i)));
        }
        List<RoleSet> sets = roleSets.roleSets();
        List<RoleSet> some = sets.subList(1, sets.size());
        return new PolicyTable(
                catalog.scopes(),
                rules.unknownTargets() == PolicyRules.UnknownTargets.TRUSTED,
                IdTable.of(userIds.toArray(new String[0]), rows.rows),
                Pages.of(userIds),
                targetsByLevel(entries),
                Pages.of(entries),
                table(roleEntries, entry -> entry.role().id()),
                Pages.of(roleEntries),
                RoleValidator.defaultCounts(roles),
                table(some, RoleSet::text),
                Pages.of(sets),
                PolicyTable.FreeLists.NONE,
                bytes(userIds, rows.rows, entries, roleEntries, sets));
    }

    private static long bytes(
            List<String> userIds, Object[] rows, List<TargetEntry> targets, List<RoleEntry> roles, List<RoleSet> sets) {
        long sum = 0;
        for (int user = 0; user < rows.length; user++) {
            sum += PolicyTable.userBytes(userIds.get(user), rows[user]);
        }
        for (TargetEntry target : targets) {
            sum += PolicyTable.targetBytes(target);
        }
        for (RoleEntry role : roles) {
            sum += PolicyTable.roleBytes(role);
        }
        for (RoleSet set : sets) {
            sum += PolicyTable.roleSetBytes(set);
        }
        return sum;
    }

    static <V> IdTable<V> table(List<V> values, Function<V, String> id) {
        return IdTable.of(values.stream().map(id).toArray(String[]::new), values.toArray());
    }

    private List<IdTable<TargetEntry>> targetsByLevel(List<TargetEntry> entries) {
        List<IdTable<TargetEntry>> tables = new ArrayList<>();
        for (int level = 0; level < catalog.scopes().scopes().size(); level++) {
            tables.add(table(entries.subList(targets.start(level), targets.end(level)), TargetEntry::id));
        }
        return tables;
    }

    /** Counts, for each role, its users and its assignments in each block of targets. */
    private static final class RoleCounts {

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
            return RoleEntry.of(ordinal, role, users[ordinal], Arrays.copyOf(counts, used));
        }
    }
}
