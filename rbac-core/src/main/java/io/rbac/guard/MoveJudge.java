package io.rbac.guard;

import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges where an edit leaves the targets that it moves: what users gain there because of what they hold at the targets
 * that are above it in the end.
 *
 * <p>This class is not thread-safe.
 */
final class MoveJudge {

    /*
     * What a user holds above a target in the end is what they held there in the base, whether or not the edit takes it
     * away, and what the edit gives them there. What all users together gain is the union over the targets above, so
     * that these are judged one by one.
     *
     * Neither the users of a target above nor those of the path in the base are gone through once for each move: the
     * former are gathered once, and of both only the fewer are looked at; and where a target has no users of its own,
     * what is gained depends on its parent only.
     */

    private final AdminGuard guard;
    private final Actor actor;
    private final SimulatedPolicy simulated;
    private final Policy base;
    private final PermissionCatalog catalog;
    private final PolicyTable table;
    private final Map<SimulatedTarget, Holders> holders = new HashMap<>();
    private final Map<Integer, Rights> grantedByRoleSet = new HashMap<>();
    private final Map<Integer, Map<Holders, Rights>> gainedByParent = new HashMap<>();

    MoveJudge(AdminGuard guard, Actor actor, SimulatedPolicy simulated) {
        this.guard = guard;
        this.actor = actor;
        this.simulated = simulated;
        this.base = actor.policy();
        this.catalog = base.catalog();
        this.table = base.table();
    }

    /** Who holds what at one target. */
    private static final class Holders {

        private final Map<String, Rights> byUser;
        private final Rights all;

        /** How many users hold each permission here and not at the account, too. */
        private final int[] counts;

        Holders(Map<String, Rights> byUser, Rights all, int[] counts) {
            this.byUser = byUser;
            this.all = all;
            this.counts = counts;
        }
    }

    /**
     * Returns the rights that some user gains at a target by where it lies in the end, and that the actor would have to
     * hold there; none for a target that did not exist before the edit or is gone.
     */
    Rights lacking(Target target) {
        SimulatedTarget placed = simulated.target(target);
        int ordinal = table.target(target);
        Rights lacking = catalog.noRights();
        if (placed == null || ordinal < 0 || !guard.limitsGrants(actor, target)) {
            return lacking;
        }
        Rights open = catalog.allRights().minus(actor.rightsAt(target));
        for (SimulatedTarget above = placed.parent();
                above != null && !above.target().isAccount() && !open.isEmpty();
                above = above.parent()) {
            Holders holding = holders.computeIfAbsent(above, this::holders);
            if (!holding.all.intersect(open).isEmpty()) {
                Rights gained = gained(ordinal, target, holding).intersect(open);
                lacking = lacking.union(gained);
                open = open.minus(gained);
            }
        }
        return lacking;
    }

    private Holders holders(SimulatedTarget target) {
        Map<String, Rights> byUser = new LinkedHashMap<>();
        int ordinal = table.target(target.target());
        for (int user = nextUser(ordinal, -1); user >= 0; user = nextUser(ordinal, user)) {
            byUser.put(table.userId(user).orElseThrow(), granted(table.roleSet(user, ordinal)));
        }
        target.given()
                .forEach((user, roles) -> roles.keySet()
                        .forEach(role ->
                                byUser.merge(user, catalog.allRights().intersect(role.judgedRights()), Rights::union)));
        Rights all = catalog.noRights();
        int[] counts = new int[catalog.size()];
        for (Map.Entry<String, Rights> held : byUser.entrySet()) {
            all = all.union(held.getValue());
            held.getValue()
                    .minus(actor.matrix().rightsOf(held.getKey(), Target.account()))
                    .forEach(permission -> counts[catalog.indexOf(permission)]++);
        }
        return new Holders(byUser, all, counts);
    }

    private int nextUser(int target, int after) {
        return target < 0 ? -1 : table.nextUser(target, after);
    }

    private Rights granted(int roleSet) {
        return grantedByRoleSet.computeIfAbsent(roleSet, set -> {
            Rights rights = catalog.noRights();
            for (int i = 0; i < table.size(set); i++) {
                Role role = table.roleOf(table.role(set, i)).orElseThrow();
                rights = rights.union(catalog.grantedBy(role));
            }
            return rights;
        });
    }

    /** Returns what some user holds at a target above and not at the target in the base. */
    private Rights gained(int ordinal, Target target, Holders above) {
        if (table.nextUser(ordinal, -1) >= 0) {
            return newlyGained(ordinal, target, above);
        }
        int parent = table.parent(ordinal);
        return gainedByParent
                .computeIfAbsent(parent, key -> new HashMap<>())
                .computeIfAbsent(above, key -> newlyGained(ordinal, target, above));
    }

    private Rights newlyGained(int ordinal, Target target, Holders above) {
        Set<String> usersBefore = usersOnPath(ordinal, above.byUser.size());
        if (usersBefore == null) {
            Rights gained = catalog.noRights();
            for (Map.Entry<String, Rights> held : above.byUser.entrySet()) {
                Rights more = held.getValue().minus(gained);
                if (!more.isEmpty()) {
                    gained = gained.union(more.minus(actor.matrix().rightsOf(held.getKey(), target)));
                }
            }
            return gained;
        }
        int[] counts = above.counts.clone();
        for (String user : usersBefore) {
            Rights held = above.byUser.get(user);
            if (held != null) {
                held.intersect(actor.matrix().rightsOf(user, target))
                        .minus(actor.matrix().rightsOf(user, Target.account()))
                        .forEach(permission -> counts[catalog.indexOf(permission)]--);
            }
        }
        return catalog.rights(catalog.permissions().stream()
                .filter(permission -> counts[catalog.indexOf(permission)] > 0)
                .map(permission -> permission.key())
                .toList());
    }

    /** Returns who holds a role on a path, below the account; {@code null} if these are more than so many. */
    private @Nullable Set<String> usersOnPath(int ordinal, int most) {
        Set<String> users = new LinkedHashSet<>();
        for (int target = ordinal; target > 0; target = table.parent(target)) {
            for (int user = table.nextUser(target, -1); user >= 0; user = table.nextUser(target, user)) {
                users.add(table.userId(user).orElseThrow());
                if (users.size() > most) {
                    return null;
                }
            }
        }
        return users;
    }
}
