package io.rbac.review;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Target;
import io.rbac.policy.PolicyTable;
import io.rbac.policy.PolicyTable.HeldRoleSets;
import io.rbac.review.AccessInvariant.Counterexample;
import io.rbac.text.CodePoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Finds where an invariant fails under one policy and did not under an earlier one. */
final class InvariantSearch {

    /*
     * Say that a user fails anew at a target x if they contradict the invariant there now and did not before. What they have at x
     * is what roles that they hold on its path grant. So it differs only if their row or one of these roles does (they are in
     * "changed"), or if a target m at or above x was moved, and they hold one of the permissions on its path now and not on its
     * path before, or the other way round (they are at "moved" m). Nobody else is looked at.
     *
     * Of such a user these targets are looked at: those where they hold or held something, and those at which they are in "moved".
     * The highest target x at which they fail anew is one of them. Let v be the lowest target on the path of x where a role grants
     * them something. They have at v what they have at x, and fail there; so they failed at v before, or x = v. If v was on the path
     * of x before, they had the first permission at x, and did not fail only because of the second one, which they held at some h
     * below v: at h they did not fail. If h is still below v, they fail anew there, so that x = h. If it is now above v, a target m
     * between x and v was moved, which lay below h, and at which they fail anew as well: users in "changed" are in "moved" m, too, if
     * they held the second permission on its path. If v was not on the path of x, the lowest moved target m at or above x lies below
     * v, and the user is in "moved" m because of v; at m they have what they have at x, and fail anew, unless they held the second
     * permission between x and m, where they fail anew then. In each case what is found is at x or above it.
     */

    private final AccessInvariant invariant;
    private final PermissionMatrix from;
    private final PermissionMatrix to;
    private final PermissionPair before;
    private final PermissionPair after;
    private final Set<String> changed = new HashSet<>();
    private final Map<String, Set<Integer>> moved = new HashMap<>();

    InvariantSearch(AccessInvariant invariant, PermissionMatrix from, PermissionMatrix to) {
        this.invariant = invariant;
        this.from = from;
        this.to = to;
        this.before = PermissionPair.of(invariant, from);
        this.after = PermissionPair.of(invariant, to);
    }

    List<Counterexample> added() {
        return switch (invariant.kind()) {
            case AT_LEAST -> fewer();
            case IMPLIES, EXCLUDES -> failing();
        };
    }

    // of single users

    private List<Counterexample> failing() {
        findChanged();
        findMoved();
        Set<String> users = new TreeSet<>(CodePoints.ORDER);
        users.addAll(changed);
        users.addAll(moved.keySet());
        List<Counterexample> found = new ArrayList<>();
        for (String user : users) {
            HeldRoleSets then = before.table().heldBy(user);
            HeldRoleSets now = after.table().heldBy(user);
            List<Target> places = new ArrayList<>();
            for (int place : places(user, then, now)) {
                int[] path = after.table().path(place);
                if (AccessInvariant.isHighest(path.length, i -> failsAnew(then, now, path, i))) {
                    places.add(after.table().targetOf(place).orElseThrow());
                }
            }
            invariant.addSorted(user, places, found);
        }
        return List.copyOf(found);
    }

    @SuppressWarnings("ReferenceEquality") // what a role grants is the same under the same catalog instance only
    private void findChanged() {
        if (before.policy().catalog() == after.policy().catalog()) {
            after.table().forEachChangedUser(before.table(), changed::add);
            after.table().forEachChangedRole(before.table(), role -> {
                if (before.grantedBy(role.id()) != after.grantedBy(role.id())) {
                    changed.addAll(after.policy().usersOf(role.id()));
                }
            });
        } else {
            changed.addAll(after.policy().users());
        }
    }

    private void findMoved() {
        List<Integer> targets = new ArrayList<>();
        after.table().forEachChangedTarget(before.table(), target -> {
            if (before.table().ordinalOf(after.table(), target) >= 0) {
                targets.add(target);
            }
        });
        Map<Integer, List<String>> changedHolders = targets.isEmpty() ? Map.of() : changedHolders();
        for (int target : targets) {
            int there = before.table().ordinalOf(after.table(), target);
            findMoved(target, after.table().path(target), before.table().path(there), changedHolders);
        }
    }

    /** Returns the changed users by the targets, other than the account, where they held something. */
    private Map<Integer, List<String>> changedHolders() {
        Map<Integer, List<String>> holders = new HashMap<>();
        for (String user : changed) {
            for (int place : before.table().heldBy(user).targets()) {
                if (place != Subtree.ACCOUNT) {
                    holders.computeIfAbsent(place, unused -> new ArrayList<>()).add(user);
                }
            }
        }
        return holders;
    }

    private void findMoved(int target, int[] now, int[] then, Map<Integer, List<String>> changedHolders) {
        Set<String> users = new HashSet<>();
        for (int place : now) {
            if (!contains(then, before.table().ordinalOf(after.table(), place))) {
                after.addUsers(place, users);
            }
        }
        for (int place : then) {
            if (!contains(now, after.table().ordinalOf(before.table(), place))) {
                before.addUsers(place, users);
            }
            users.addAll(changedHolders.getOrDefault(place, List.of()));
        }
        users.forEach(
                user -> moved.computeIfAbsent(user, unused -> new HashSet<>()).add(target));
    }

    private static boolean contains(int[] path, int target) {
        return IntStream.of(path).anyMatch(each -> each == target);
    }

    /** Returns the targets at which a user may fail anew, by their ordinals after. */
    private Set<Integer> places(String user, HeldRoleSets then, HeldRoleSets now) {
        Set<Integer> places = new LinkedHashSet<>(moved.getOrDefault(user, Set.of()));
        for (int target : now.targets()) {
            places.add(target);
        }
        for (int target : then.targets()) {
            int here = after.table().ordinalOf(before.table(), target);
            if (here >= 0) {
                places.add(here);
            }
        }
        return places;
    }

    /** Returns whether a user fails at the target at a position of a path, and did not before. */
    private boolean failsAnew(HeldRoleSets then, HeldRoleSets now, int[] path, int from) {
        if (!invariant.fails(after.onPath(now, path, from))) {
            return false;
        }
        int known = -1;
        for (int i = from; known < 0; i++) {
            known = before.table().ordinalOf(after.table(), path[i]); // the account, at the latest
        }
        return !invariant.fails(before.onPath(then, before.table().path(known), 0));
    }

    // of enough users

    private List<Counterexample> fewer() {
        int[] now = after.table().path(invariant.target());
        int[] then = before.table().path(invariant.target());
        if (then.length == 0 || !mayHaveLost(then, now) || hasEnough(now)) {
            return List.of();
        }
        int count = count(to);
        return count < count(from) ? List.of(invariant.tooFew(count)) : List.of();
    }

    /** Returns whether somebody may have lost the permission at the target. */
    @SuppressWarnings("ReferenceEquality") // what a role grants is the same under the same catalog instance only
    private boolean mayHaveLost(int[] then, int[] now) {
        PolicyTable table = after.table();
        int[] nowThere = IntStream.of(now)
                .map(place -> before.table().ordinalOf(table, place))
                .toArray();
        if (before.policy().catalog() != after.policy().catalog() || !Arrays.equals(then, nowThere)) {
            return true;
        }
        boolean[] lost = new boolean[1];
        before.table()
                .forEachChangedRole(table, role -> lost[0] |= before.grantedBy(role.id()) > after.grantedBy(role.id()));
        if (!lost[0]) {
            before.table()
                    .forEachChangedUser(
                            table,
                            user -> lost[0] = lost[0]
                                    || before.onPath(before.table().heldBy(user), then, 0)
                                            > after.onPath(table.heldBy(user), now, 0));
        }
        return lost[0];
    }

    /** Returns whether enough users have the permission on a path; looks at no more of them. */
    private boolean hasEnough(int[] path) {
        PolicyTable table = after.table();
        Set<Integer> users = new HashSet<>();
        for (int place : path) {
            for (int user = table.nextUser(place, -1); user >= 0; user = table.nextUser(place, user)) {
                if (after.at(table.heldBy(table.userId(user).orElseThrow()), place) != 0
                        && users.add(user)
                        && users.size() == invariant.count()) {
                    return true;
                }
            }
        }
        return false;
    }

    private int count(PermissionMatrix matrix) {
        return new WhoCan(PolicyReview.of(matrix), invariant.permission(), invariant.target()).count();
    }
}
