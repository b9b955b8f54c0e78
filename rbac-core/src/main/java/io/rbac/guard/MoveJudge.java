package io.rbac.guard;

import io.rbac.model.Permission;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Rights;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import io.rbac.policy.PolicyTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
     * former are gathered once, and how many of them do not hold a permission at a target in the base is found from the
     * same of its parent by the users of the target itself. Of both only the fewer are looked at.
     */

    /** How many numbers are kept for targets that others lie in. */
    private static final int MAX_KEPT_COUNTS = 1 << 24;

    private final AdminGuard guard;
    private final Actor actor;
    private final SimulatedPolicy simulated;
    private final Policy base;
    private final PermissionCatalog catalog;
    private final PolicyTable table;
    private final Map<SimulatedTarget, Holders> holders = new HashMap<>();
    private final Map<Integer, Rights> grantedByRoleSet = new HashMap<>();
    private final Map<Lacking, int[]> lackingAtParents = new HashMap<>();

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
        private final int[] lackingAtAccount;

        Holders(Map<String, Rights> byUser, Rights all, int[] lackingAtAccount) {
            this.byUser = byUser;
            this.all = all;
            this.lackingAtAccount = lackingAtAccount;
        }
    }

    /** What holders of something above lack at a target of the base. */
    private record Lacking(int target, Holders above) {}

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
                Rights gained = gained(ordinal, holding).intersect(open);
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
    private Rights gained(int target, Holders above) {
        int[] counts = counts(target, above);
        return catalog.rights(catalog.permissions().stream()
                .filter(permission -> counts[catalog.indexOf(permission)] > 0)
                .map(Permission::key)
                .toList());
    }

    /** Returns how many users hold each permission at a target above and not at a target in the base. */
    private int[] counts(int target, Holders above) {
        if (table.parent(target) < 0) {
            return above.lackingAtAccount;
        }
        int parent = table.parent(target);
        int[] atParent = lackingAtParents.get(new Lacking(parent, above));
        if (atParent == null) {
            atParent = counts(parent, above);
            if (lackingAtParents.size() >= MAX_KEPT_COUNTS / catalog.size()) {
                lackingAtParents.clear();
            }
            lackingAtParents.put(new Lacking(parent, above), atParent);
        }
        int[] counts = atParent.clone();
        Target place = table.targetOf(target).orElseThrow();
        Target around = table.targetOf(parent).orElseThrow();
        for (String user : holdersAt(target, above)) {
            above.byUser
                    .getOrDefault(user, catalog.noRights())
                    .intersect(actor.matrix().rightsOf(user, place))
                    .minus(actor.matrix().rightsOf(user, around))
                    .forEach(permission -> counts[catalog.indexOf(permission)]--);
        }
        return counts;
    }

    /** Returns the users of a target of the base, or those of them that hold something above if these are fewer. */
    private List<String> holdersAt(int target, Holders above) {
        List<String> users = new ArrayList<>();
        for (int user = table.nextUser(target, -1); user >= 0; user = table.nextUser(target, user)) {
            if (users.size() == above.byUser.size()) {
                return above.byUser.keySet().stream()
                        .filter(id -> isHolderAt(target, id))
                        .toList();
            }
            users.add(table.userId(user).orElseThrow());
        }
        return users;
    }

    private boolean isHolderAt(int target, String id) {
        int user = table.user(id);
        return user >= 0 && table.roleSet(user, target) > 0;
    }
}
