package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Assignment;
import io.rbac.model.Effect;
import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.table.Row;
import io.rbac.text.CodePoints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two tables, or nothing and a table: what was added, changed and removed. */
final class EffectDiff {

    private final @Nullable PolicyTable before;
    private final PolicyTable after;
    private final Extent extent;

    /** Where two tables may differ. */
    interface Extent {

        /** The ids of roles. */
        Iterable<String> roles();

        /** Targets other than the account. */
        Iterable<Target> targets();

        /** The ids of users. */
        Iterable<String> users();

        /** The targets at which a user may hold other roles. */
        Iterable<Target> targetsOf(String user);
    }

    EffectDiff(@Nullable PolicyTable before, PolicyTable after, Extent extent) {
        this.before = before;
        this.after = after;
        this.extent = extent;
    }

    /** Compares whole tables. */
    static EffectDiff whole(@Nullable PolicyTable before, PolicyTable after) {
        return new EffectDiff(before, after, new Whole(before, after));
    }

    List<Effect> effects() {
        List<Effect> effects = new ArrayList<>();
        assignments(before, after).forEach(a -> effects.add(new Effect.AssignmentRemoved(a)));
        for (Role role : roles(before)) {
            RoleEntry now = after.roleEntry(role.id());
            if (now == null || isReplaced(role, now.role())) {
                effects.add(new Effect.RoleRemoved(stored(before, role)));
            }
        }
        for (Target target : targets(before, -1)) {
            if (after.entry(target) == null) {
                effects.add(new Effect.TargetRemoved(target, parentOf(before, target)));
            }
        }
        targets(after, 1).forEach(target -> addTarget(target, effects));
        roles(after).forEach(role -> addRole(role, effects));
        assignments(after, before).forEach(a -> effects.add(new Effect.AssignmentAdded(a)));
        return effects;
    }

    /**
     * The targets of a table within the extent: by scope, how deep they are nested in it, and id.
     *
     * @param direction 1 for each after what it lies in, -1 for each before that
     */
    private List<Target> targets(@Nullable PolicyTable table, int direction) {
        List<Target> targets = new ArrayList<>();
        for (Target target : extent.targets()) {
            if (entry(table, target) != null) {
                targets.add(target);
            }
        }
        targets.sort(Comparator.<Target>comparingInt(
                        target -> direction * target.scope().level())
                .thenComparingInt(target -> direction * nesting(requireNonNull(table), target))
                .thenComparing(Target::id, CodePoints.ORDER));
        return targets;
    }

    /** In how many targets of its own scope a target lies. */
    private static int nesting(PolicyTable table, Target target) {
        int count = 0;
        if (target.scope().nests()) {
            for (int above : requireNonNull(table.entry(target)).above()) {
                count += requireNonNull(table.targets.get(above)).level()
                                == target.scope().level()
                        ? 1
                        : 0;
            }
        }
        return count;
    }

    private static @Nullable TargetEntry entry(@Nullable PolicyTable table, Target target) {
        return table == null ? null : table.entry(target);
    }

    private void addTarget(Target target, List<Effect> effects) {
        Target parent = parentOf(after, target);
        if (entry(before, target) == null) {
            effects.add(new Effect.TargetAdded(target, parent));
        } else {
            Target old = parentOf(before, target);
            if (!old.equals(parent)) {
                effects.add(new Effect.TargetMoved(target, old, parent));
            }
        }
    }

    private static Target parentOf(@Nullable PolicyTable table, Target target) {
        TargetEntry entry = requireNonNull(requireNonNull(table).entry(target));
        return requireNonNull(table.targets.get(entry.parent())).target(table.scopes);
    }

    /** The roles of a table within the extent. */
    private List<Role> roles(@Nullable PolicyTable table) {
        List<Role> roles = new ArrayList<>();
        if (table != null) {
            for (String id : extent.roles()) {
                RoleEntry entry = table.roleEntry(id);
                if (entry != null) {
                    roles.add(entry.role());
                }
            }
        }
        roles.sort(Role.LIST_ORDER);
        return roles;
    }

    /** Whether a role cannot have become the other: scope and type are fixed (S3). */
    private static boolean isReplaced(Role then, Role now) {
        return !then.scope().equals(now.scope()) || then.type() != now.type();
    }

    /** A role as the store has it: effects say what its rows become. */
    private static Role stored(@Nullable PolicyTable table, Role role) {
        return requireNonNull(requireNonNull(table).roleEntry(role.id())).stored();
    }

    private void addRole(Role role, List<Effect> effects) {
        RoleEntry old = before == null ? null : before.roleEntry(role.id());
        if (old == null || isReplaced(old.role(), role)) {
            effects.add(new Effect.RoleAdded(role));
        } else if (!old.stored().equals(stored(after, role))) {
            effects.add(new Effect.RoleChanged(old.stored(), role));
        }
    }

    /** The assignments of a table that another lacks, or of whose role it has only another of the same id. */
    private List<Assignment> assignments(@Nullable PolicyTable table, @Nullable PolicyTable other) {
        List<Assignment> assignments = new ArrayList<>();
        if (table == null) {
            return assignments;
        }
        List<String> users = new ArrayList<>();
        extent.users().forEach(users::add);
        users.sort(CodePoints.ORDER);
        for (String user : users) {
            int first = assignments.size();
            for (Target target : extent.targetsOf(user)) {
                Set<String> there = new HashSet<>(roleIds(other, user, target));
                for (String role : roleIds(table, user, target)) {
                    if (!there.contains(role) || isReplaced(role)) {
                        assignments.add(new Assignment(user, role, target));
                    }
                }
            }
            assignments.subList(first, assignments.size()).sort(UserAssignments.ORDER);
        }
        return assignments;
    }

    private boolean isReplaced(String id) {
        RoleEntry then = before == null ? null : before.roleEntry(id);
        RoleEntry now = after.roleEntry(id);
        return then != null && now != null && isReplaced(then.role(), now.role());
    }

    private static List<String> roleIds(@Nullable PolicyTable table, String user, Target target) {
        TargetEntry entry = entry(table, target);
        Object row = table == null ? null : table.row(user);
        List<String> ids = new ArrayList<>();
        if (table != null && entry != null && row != null) {
            int roleSet = Row.value(row, entry.ordinal());
            for (int i = 0; i < table.size(roleSet); i++) {
                ids.add(requireNonNull(table.roles.get(table.role(roleSet, i)))
                        .role()
                        .id());
            }
        }
        return ids;
    }

    /** All that is in two tables, or in one of them. */
    private static final class Whole implements Extent {

        private final List<PolicyTable> tables;

        Whole(@Nullable PolicyTable before, PolicyTable after) {
            this.tables = before == null ? List.of(after) : List.of(before, after);
        }

        @Override
        public Set<String> roles() {
            Set<String> ids = new LinkedHashSet<>();
            tables.forEach(table ->
                    table.roleEntries().forEach(entry -> ids.add(entry.role().id())));
            return ids;
        }

        @Override
        public Iterable<Target> targets() {
            Map<String, Target> targets = new HashMap<>();
            for (PolicyTable table : tables) {
                for (int i = PolicyTable.ACCOUNT + 1; i < table.targets(); i++) {
                    table.targetOf(i).ifPresent(target -> targets.put(target.toString(), target));
                }
            }
            return targets.values();
        }

        @Override
        public Set<String> users() {
            Set<String> ids = new LinkedHashSet<>();
            for (PolicyTable table : tables) {
                for (int i = 0; i < table.users(); i++) {
                    table.userId(i).ifPresent(ids::add);
                }
            }
            return ids;
        }

        @Override
        public Iterable<Target> targetsOf(String user) {
            Map<String, Target> targets = new HashMap<>();
            for (PolicyTable table : tables) {
                Object row = table.row(user);
                for (int i = row == null ? -1 : Row.nextKey(row, -1); i >= 0; i = Row.nextKey(requireNonNull(row), i)) {
                    Target target = requireNonNull(table.targets.get(i)).target(table.scopes);
                    targets.put(target.toString(), target);
                }
            }
            return targets.values();
        }
    }
}
