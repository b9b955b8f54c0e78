package io.rbac.model;

import io.rbac.model.Violation.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the table of a policy out of its roles, targets and assignments, and finds what is wrong with the latter. */
final class TableDraft {

    private static final int ROLE_BITS = 16;
    private static final int FIRST_TEAM = PolicyTable.ACCOUNT + 1;
    private static final int ROLE_MASK = (1 << ROLE_BITS) - 1;

    private final PolicyRules rules;
    private final RoleCheck check;
    private final AssignmentDraft assignments;
    private final Violation.Collector violations;
    private final List<Role> roles = new ArrayList<>();
    private final List<TargetDraft> targets = new ArrayList<>();
    private final IdNumbers teams = new IdNumbers();
    private final RoleSetDraft roleSets = new RoleSetDraft();
    private int[] roleOrdinals = {};
    private int[] targetOrdinals = {};

    private record TargetDraft(Target target, int team) {}

    TableDraft(PolicyRules rules, RoleCheck check, AssignmentDraft assignments, Violation.Collector violations) {
        this.rules = rules;
        this.check = check;
        this.assignments = assignments;
        this.violations = violations;
        targets.add(new TargetDraft(Target.account(), TargetEntry.NO_CHAT));
    }

    void role(Role role) {
        roles.add(role);
    }

    void team(String id) {
        teams.number(id);
        targets.add(new TargetDraft(Target.team(id), TargetEntry.NO_CHAT));
    }

    /** Adds a chat in the account, or in a team that was added before. */
    void chat(String id, @Nullable String team) {
        int teamOrdinal = team == null ? TargetEntry.NO_TEAM : FIRST_TEAM + teams.get(team);
        targets.add(new TargetDraft(Target.chat(id), teamOrdinal));
    }

    PolicyTable build() {
        assignments.numberWaiting();
        int users = assignments.users().size();
        roleOrdinals = ordinals(
                assignments.roles().size(),
                roles.size(),
                role -> assignments.numberOf(roles.get(role).id()));
        targetOrdinals = ordinals(
                assignments.targets(), targets.size(), target -> assignments.numberOf(targets.get(target).target));

        int[] ends = new int[users];
        long[] keys = keysByUser(ends);
        Object[] rows = new Object[users];
        int[] places = new int[keys.length];
        int[] placeEnds = new int[users];
        int placeCount = 0;
        long[] entries = new long[16];
        BitSet usersWithDuplicates = new BitSet();
        for (int user = 0, from = 0; user < users; from = ends[user++]) {
            int to = ends[user];
            if (entries.length < to - from) {
                entries = new long[Math.max(to - from, 2 * entries.length)];
            }
            Arrays.sort(keys, from, to);
            int rowLength = 0;
            for (int i = from; i < to; ) {
                int target = (int) (keys[i] >>> ROLE_BITS);
                int end = endOfTarget(keys, i, to);
                int distinct = withoutDuplicates(keys, i, end);
                if (distinct < end) {
                    usersWithDuplicates.set(user);
                }
                if (!check.allowsAtTarget(distinct - i)) { // before the target is fetched from memory
                    check.checkRolesPerTarget(
                            assignments.users().id(user), targets.get(target).target, distinct - i, "/assignments");
                }
                entries[rowLength++] = UserRow.entry(target, roleSets.number(keys, i, distinct, ROLE_MASK));
                places[placeCount++] = target;
                i = end;
            }
            placeEnds[user] = placeCount;
            if (rowLength > 0) {
                rows[user] = UserRow.of(user, entries, rowLength);
            }
        }
        if (!usersWithDuplicates.isEmpty()) {
            reportDuplicates(usersWithDuplicates);
        }
        checkCounts(users);
        violations.throwIfAny();
        RoleCounts counts = new RoleCounts(roles.size(), targets.size());
        for (int user = 0, from = 0; user < users; from = ends[user++]) {
            for (int i = from; i < ends[user]; i++) {
                counts.add(user, (int) (keys[i] >>> ROLE_BITS), (int) keys[i] & ROLE_MASK);
            }
        }
        return table(rows, targetUsers(places, placeEnds, placeCount), counts);
    }

    /** For each number that assignments use the ordinal of what it stands for, -1 for what is not there. */
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

    private int roleOf(int assignment) {
        return roleOrdinals[assignments.roleOf(assignment)];
    }

    private int targetOf(int assignment) {
        return targetOrdinals[assignments.targetOf(assignment)];
    }

    /**
     * Checks each assignment and brings those without fault into the order of their users, each as its target and role;
     * tells where those of each user end.
     */
    private long[] keysByUser(int[] ends) {
        boolean[] validUsers = new boolean[ends.length];
        for (int user = 0; user < ends.length; user++) {
            validUsers[user] = Text.idFault(assignments.users().id(user)) == null;
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
        return keys;
    }

    /** Whether role and target of an assignment are there, and of one scope. */
    private boolean fits(int assignment) {
        int role = roleOf(assignment);
        int target = targetOf(assignment);
        return role >= 0 && target >= 0 && roles.get(role).scope() == scopeOf(target);
    }

    /** The scope of a target, as all teams come before all chats. */
    private Scope scopeOf(int target) {
        return target == PolicyTable.ACCOUNT
                ? Scope.ACCOUNT
                : target < FIRST_TEAM + teams.size() ? Scope.TEAM : Scope.CHAT;
    }

    private void report(int assignment, @Nullable Role role, boolean targetIsKnown, boolean userIsValid) {
        String path = "/assignments/" + assignment;
        if (!userIsValid) {
            String user = assignments.users().id(assignments.userOf(assignment));
            PolicyDraft.checkId(violations, path + "/user", "user", user);
        }
        if (role == null) {
            String id = assignments.roles().id(assignments.roleOf(assignment));
            violations.add(
                    Code.ROLE_NOT_FOUND,
                    path + "/role",
                    id,
                    "there is no role " + Violation.quote(id)
                            + suggestion(id, roles.stream().map(Role::id)));
        }
        Target where = assignments.target(assignments.targetOf(assignment));
        if (!targetIsKnown) {
            violations.add(
                    Code.TARGET_NOT_FOUND,
                    path + '/' + where.scope().word(),
                    where.id(),
                    "there is no " + where.scope().word() + ' ' + Violation.quote(where.id())
                            + suggestion(
                                    where.id(),
                                    targets.stream()
                                            .filter(t -> t.target.scope() == where.scope())
                                            .map(t -> t.target.id())));
        }
        if (role != null && role.scope() != where.scope()) {
            violations.add(
                    Code.SCOPE_MISMATCH,
                    path + "/role",
                    role.id(),
                    "role " + Violation.quote(role.id()) + " of the scope `"
                            + role.scope().word() + "` is assigned at " + Violation.quote(where.toString()));
        }
    }

    private String suggestion(String unknown, Stream<String> known) {
        return violations.suggests() ? violations.didYouMean(unknown, known.toList()) : "";
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

    private record Held(int user, int role, int target) {}

    /** Reports what some users hold twice. */
    private void reportDuplicates(BitSet users) {
        Map<Held, Integer> firsts = new HashMap<>();
        for (int i = 0; i < assignments.count(); i++) {
            if (users.get(assignments.userOf(i)) && fits(i)) {
                Held held = new Held(assignments.userOf(i), roleOf(i), targetOf(i));
                Integer first = firsts.putIfAbsent(held, i);
                if (first != null) {
                    violations.add(
                            Code.DUPLICATE_ID,
                            "/assignments/" + i,
                            null,
                            "user " + Violation.quote(assignments.users().id(held.user)) + " holds role "
                                    + Violation.quote(roles.get(held.role).id()) + " at "
                                    + Violation.quote(
                                            targets.get(held.target).target.toString())
                                    + " twice: first at `/assignments/" + first + '`');
                }
            }
        }
    }

    private void checkCounts(int users) {
        if (users > UserRow.MAX_USERS) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    "/assignments",
                    Integer.toString(users),
                    "there are " + users + " users: at most " + UserRow.MAX_USERS + " are allowed");
        }
        if (roleSets.count() - 1 > PolicyTable.MAX_ROLE_SET) {
            violations.add(
                    Code.LIMIT_EXCEEDED,
                    "/assignments",
                    Integer.toString(roleSets.count()),
                    "users hold more than " + PolicyTable.MAX_ROLE_SET + " different sets of roles");
        }
    }

    /** The relation the other way round: for each target its users, in the order of their ordinals. */
    private Object[] targetUsers(int[] places, int[] placeEnds, int placeCount) {
        int[] usersOfTarget = new int[targets.size()];
        for (int i = 0; i < placeCount; i++) {
            usersOfTarget[places[i]]++;
        }
        int[] next = new int[usersOfTarget.length];
        for (int target = 1; target < next.length; target++) {
            next[target] = next[target - 1] + usersOfTarget[target - 1];
        }
        int[] users = new int[placeCount];
        for (int user = 0, from = 0; user < placeEnds.length; from = placeEnds[user++]) {
            for (int i = from; i < placeEnds[user]; i++) {
                users[next[places[i]]++] = user;
            }
        }
        Object[] lists = new Object[next.length];
        for (int target = 0; target < lists.length; target++) {
            lists[target] = Ordinals.of(users, next[target] - usersOfTarget[target], next[target]);
        }
        return lists;
    }

    private PolicyTable table(Object[] rows, Object[] targetUsers, RoleCounts counts) {
        Object[] teamChats = teamChats();
        List<String> userIds = assignments.users().ids();
        List<TargetEntry> entries = new ArrayList<>(targets.size());
        for (int i = 0; i < targets.size(); i++) {
            TargetDraft target = targets.get(i);
            entries.add(new TargetEntry(i, target.team, target.target.id(), targetUsers[i], teamChats[i]));
        }
        List<RoleEntry> roleEntries = new ArrayList<>(roles.size());
        for (int i = 0; i < roles.size(); i++) {
            roleEntries.add(counts.entry(i, roles.get(i)));
        }
        List<RoleSet> sets = roleSets.roleSets();
        List<RoleSet> some = sets.subList(1, sets.size());
        return new PolicyTable(
                rules.placedChats() == PolicyRules.PlacedChats.TRUSTED,
                IdTable.of(userIds.toArray(new String[0]), rows),
                Pages.of(userIds),
                targetsOf(Scope.TEAM, entries),
                targetsOf(Scope.CHAT, entries),
                Pages.of(entries),
                table(roleEntries, entry -> entry.role().id()),
                Pages.of(roleEntries),
                table(some, RoleSet::text),
                Pages.of(sets),
                PolicyTable.FreeLists.NONE,
                bytes(userIds, rows, entries, roleEntries, sets));
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

    private static <V> IdTable<V> table(List<V> values, Function<V, String> id) {
        return IdTable.of(values.stream().map(id).toArray(String[]::new), values.toArray());
    }

    private static IdTable<TargetEntry> targetsOf(Scope scope, List<TargetEntry> entries) {
        return table(entries.stream().filter(e -> e.scope() == scope).toList(), TargetEntry::id);
    }

    private Object[] teamChats() {
        int[] counts = new int[targets.size()];
        for (TargetDraft target : targets) {
            if (target.team >= 0) {
                counts[target.team]++;
            }
        }
        int[] next = new int[targets.size()];
        int total = 0;
        for (int team = 0; team < next.length; team++) {
            next[team] = total;
            total += counts[team];
        }
        int[] chats = new int[total];
        for (int i = 0; i < targets.size(); i++) {
            TargetDraft target = targets.get(i);
            if (target.team >= 0) {
                chats[next[target.team]++] = i;
            }
        }
        Object[] lists = new Object[next.length];
        for (int team = 0; team < lists.length; team++) {
            lists[team] = Ordinals.of(chats, next[team] - counts[team], next[team]);
        }
        return lists;
    }
}
