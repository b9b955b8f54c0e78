package io.rbac.review;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.policy.PolicyTable;
import io.rbac.policy.PolicyTable.HeldRoleSets;
import io.rbac.review.AccessDiff.Cell;
import io.rbac.review.AccessDiff.Entry;
import io.rbac.review.AccessDiff.Group;
import io.rbac.text.CodePoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds what users may do after and not before. Losses are the gains of the opposite direction. */
final class GainSearch {

    /*
     * What a user has at a target they have at everything below it. So let a user gain a permission at a target and not at what
     * that lies in. Either they hold a role at this very target that grants it, or they had the permission at what the target lies
     * in already, and the target was not there or lay elsewhere. These are the only places to look at: the targets of a user, and
     * the targets that were added or moved.
     *
     * A user whose row is the same object in both tables holds the same roles at the same targets, since a row is written when
     * anything of it changes; for them, only roles that grant something else count, and targets that were added or moved.
     */

    private final AccessSide before;
    private final AccessSide after;
    private final PermissionCatalog catalog;

    /** The users for whom the targets at which they hold a role have to be looked at. */
    private final Set<String> users = new HashSet<>();

    GainSearch(PermissionMatrix from, PermissionMatrix to) {
        this.catalog = to.policy().catalog();
        this.before = AccessSide.of(from, catalog);
        this.after = AccessSide.of(to, catalog);
        findUsers();
    }

    @SuppressWarnings("ReferenceEquality") // what a role grants is the same under the same catalog instance only
    private void findUsers() {
        if (before.policy().catalog() == catalog) {
            after.table().forEachChangedUser(before.table(), users::add);
            after.table()
                    .forEachChangedRole(
                            before.table(), role -> users.addAll(after.policy().usersOf(role.id())));
        } else {
            users.addAll(after.policy().users());
        }
    }

    Stream<Entry> entries() {
        IntStream.Builder changed = IntStream.builder();
        after.table().forEachChangedTarget(before.table(), changed::add);
        return Stream.concat(
                users.stream().sorted(CodePoints.ORDER).flatMap(this::entriesOf),
                changed.build()
                        .mapToObj(after.table()::targetOf)
                        .flatMap(target -> target.stream())
                        .sorted(WhereCan.TARGET_ORDER)
                        .flatMap(this::inheritedAt));
    }

    /** Returns what a user gains at the targets where they hold a role. */
    private Stream<Entry> entriesOf(String user) {
        HeldRoleSets then = before.table().heldBy(user);
        HeldRoleSets now = after.table().heldBy(user);
        return IntStream.of(now.targets())
                .mapToObj(target -> entry(user, then, now, target))
                .filter(entry -> !entry.rights().isEmpty())
                .sorted(Comparator.comparing(Entry::target, WhereCan.TARGET_ORDER));
    }

    /** Returns what users gain at a target that was added or moved because of what they have above it. */
    private Stream<Entry> inheritedAt(Target added) {
        int target = after.table().target(added);
        int[] path = after.table().path(target);
        int[] above = Arrays.copyOfRange(path, 1, path.length);
        int parentBefore = before.table().ordinalOf(after.table(), above[0]);
        if (parentBefore < 0) {
            return Stream.empty(); // whatever they have there they gained at the parent
        }
        Set<String> holders = new TreeSet<>(CodePoints.ORDER);
        boolean fewerNow =
                holderCount(after, above) <= holderCount(before, before.table().path(parentBefore));
        addHolders(fewerNow ? after : before, fewerNow ? above : before.table().path(parentBefore), holders);
        return holders.stream()
                .map(user -> inheritedBy(user, target))
                .filter(entry -> !entry.rights().isEmpty());
    }

    private Entry inheritedBy(String user, int target) {
        HeldRoleSets now = after.table().heldBy(user);
        boolean isListed = users.contains(user) && now.roleSet(target) != 0;
        return isListed
                ? new Entry(user, Target.account(), catalog.noRights())
                : entry(user, before.table().heldBy(user), now, target);
    }

    private static long holderCount(AccessSide side, int[] targets) {
        return IntStream.of(targets).mapToLong(side.table()::userCount).sum();
    }

    private static void addHolders(AccessSide side, int[] targets, Set<String> holders) {
        PolicyTable table = side.table();
        for (int target : targets) {
            for (int user = table.nextUser(target, -1); user >= 0; user = table.nextUser(target, user)) {
                table.userId(user).ifPresent(holders::add);
            }
        }
    }

    /** Returns what a user gains at a target and at nothing above it; perhaps nothing. */
    private Entry entry(String user, HeldRoleSets then, HeldRoleSets now, int target) {
        int[] path = after.table().path(target);
        long[] has = new long[catalog.noRights().words()];
        long[] gained = new long[has.length];
        long[] gainedAbove = new long[has.length];
        for (int i = path.length - 1; i >= 0; i--) {
            after.addOwn(now, path[i], has);
            long[] had = hadAt(then, path[i], has.length);
            for (int word = 0; word < has.length; word++) {
                gainedAbove[word] |= gained[word];
                gained[word] = has[word] & ~had[word];
            }
        }
        for (int word = 0; word < gained.length; word++) {
            gained[word] &= ~gainedAbove[word];
        }
        return new Entry(user, after.table().targetOf(target).orElseThrow(), Rights.valueOf(catalog, gained));
    }

    /** Returns what a user had at a target, by its ordinal after. */
    private long[] hadAt(HeldRoleSets then, int target, int words) {
        long[] had = new long[words];
        int ordinal = before.table().ordinalOf(after.table(), target);
        for (int place : ordinal < 0 ? new int[0] : before.table().path(ordinal)) {
            before.addOwn(then, place, had);
        }
        return had;
    }

    List<Group> groups() {
        Map<List<Object>, List<Entry>> examples = new LinkedHashMap<>();
        Map<List<Object>, Long> counts = new LinkedHashMap<>();
        entries().forEach(entry -> {
            List<Object> key = List.of(rolesOf(entry), entry.rights());
            counts.merge(key, 1L, Long::sum);
            List<Entry> first = examples.computeIfAbsent(key, unused -> new ArrayList<>());
            if (first.size() < Group.MAX_EXAMPLES) {
                first.add(entry);
            }
        });
        return examples.entrySet().stream()
                .map(group -> new Group(
                        rolesOf(group.getValue().get(0)),
                        group.getValue().get(0).rights(),
                        counts.getOrDefault(group.getKey(), 0L),
                        group.getValue()))
                .sorted(Comparator.comparingLong(Group::entryCount).reversed())
                .toList();
    }

    /** Returns the ids of the roles that give a user the rights of an entry. */
    private List<String> rolesOf(Entry entry) {
        PolicyTable table = after.table();
        Set<String> ids = new TreeSet<>(CodePoints.ORDER);
        table.forEachOnPath(entry.user(), entry.target(), roleSet -> {
            for (int i = 0; i < table.size(roleSet); i++) {
                Role role = table.roleOf(table.role(roleSet, i)).orElseThrow();
                if (catalog.grantedBy(role).intersects(entry.rights())) {
                    ids.add(role.id());
                }
            }
        });
        return List.copyOf(ids);
    }

    Stream<Cell> cells() {
        return entries().flatMap(this::cells);
    }

    private Stream<Cell> cells(Entry entry) {
        HeldRoleSets then = before.table().heldBy(entry.user());
        int words = entry.rights().words();
        return Subtree.of(after.table(), after.table().target(entry.target()))
                .boxed()
                .flatMap(target -> {
                    Target place = after.table().targetOf(target).orElseThrow();
                    return entry.rights().minus(Rights.valueOf(catalog, hadAt(then, target, words))).stream()
                            .map(permission -> new Cell(entry.user(), permission, place));
                });
    }
}
