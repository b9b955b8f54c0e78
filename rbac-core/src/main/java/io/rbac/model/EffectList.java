package io.rbac.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two tables where a batch of changes wrote: what came, changed and went. */
final class EffectList {

    private static final Comparator<Assignment> BY_USER =
            Comparator.comparing(Assignment::user, Text.CODE_POINT_ORDER).thenComparing(UserAssignments.ORDER);
    private static final Comparator<Target> BY_ID = Comparator.comparing(Target::id, Text.CODE_POINT_ORDER);

    private final PolicyTable before;
    private final PolicyTable after;
    private final TouchedThings touched;

    EffectList(PolicyTable before, PolicyTable after, TouchedThings touched) {
        this.before = before;
        this.after = after;
        this.touched = touched;
    }

    List<Effect> effects() {
        List<Effect> effects = new ArrayList<>();
        List<Target> chats = places(Scope.CHAT);
        List<Target> teams = places(Scope.TEAM);

        assignments(before, after).forEach(a -> effects.add(new Effect.AssignmentRemoved(a)));
        for (Role role : roles(before)) {
            RoleEntry now = after.roleEntry(role.id());
            if (now == null || isReplaced(role, now.role())) {
                effects.add(new Effect.RoleRemoved(role));
            }
        }
        for (Target chat : chats) {
            if (after.entry(chat) == null && before.entry(chat) != null) {
                effects.add(new Effect.ChatRemoved(chat.id(), teamOf(before, chat)));
            }
        }
        for (Target team : teams) {
            if (after.entry(team) == null && before.entry(team) != null) {
                effects.add(new Effect.TeamRemoved(team.id()));
            }
        }
        for (Target team : teams) {
            if (before.entry(team) == null && after.entry(team) != null) {
                effects.add(new Effect.TeamAdded(team.id()));
            }
        }
        chats.forEach(chat -> chatThatIs(chat, effects));
        roles(after).forEach(role -> roleThatIs(role, effects));
        assignments(after, before).forEach(a -> effects.add(new Effect.AssignmentAdded(a)));
        return effects;
    }

    private List<Target> places(Scope scope) {
        return touched.places().stream()
                .filter(target -> target.scope() == scope)
                .sorted(BY_ID)
                .toList();
    }

    private void chatThatIs(Target chat, List<Effect> effects) {
        if (after.entry(chat) == null) {
            return;
        }
        String team = teamOf(after, chat);
        if (before.entry(chat) == null) {
            effects.add(new Effect.ChatAdded(chat.id(), team));
        } else if (!Objects.equals(teamOf(before, chat), team)) {
            effects.add(new Effect.ChatMoved(chat.id(), teamOf(before, chat), team));
        }
    }

    private static @Nullable String teamOf(PolicyTable table, Target chat) {
        TargetEntry entry = requireNonNull(table.entry(chat));
        return entry.team() < 0
                ? null
                : requireNonNull(table.targetOf(entry.team())).id();
    }

    /** The touched roles of a table. */
    private List<Role> roles(PolicyTable table) {
        return touched.roles().stream()
                .map(table::roleEntry)
                .filter(Objects::nonNull)
                .map(RoleEntry::role)
                .sorted(Role.LIST_ORDER)
                .toList();
    }

    /** Whether a role cannot have become the other: scope and type are fixed (S3). */
    private static boolean isReplaced(Role then, Role now) {
        return then.scope() != now.scope() || then.type() != now.type();
    }

    private void roleThatIs(Role role, List<Effect> effects) {
        RoleEntry old = before.roleEntry(role.id());
        if (old == null || isReplaced(old.role(), role)) {
            effects.add(new Effect.RoleAdded(role));
        } else if (!old.role().equals(role)) {
            effects.add(new Effect.RoleChanged(old.role(), role));
        }
    }

    /** The touched assignments of a table that another lacks, or of whose role it has only another of the same id. */
    private List<Assignment> assignments(PolicyTable table, PolicyTable other) {
        List<Assignment> assignments = new ArrayList<>();
        for (String user : touched.users()) {
            for (Target target : touched.targetsOf(user)) {
                Set<String> there = new HashSet<>(roleIds(other, user, target));
                for (String role : roleIds(table, user, target)) {
                    if (!there.contains(role) || isReplaced(role)) {
                        assignments.add(new Assignment(user, role, target));
                    }
                }
            }
        }
        assignments.sort(BY_USER);
        return assignments;
    }

    private boolean isReplaced(String id) {
        RoleEntry then = before.roleEntry(id);
        RoleEntry now = after.roleEntry(id);
        return then != null && now != null && isReplaced(then.role(), now.role());
    }

    private static List<String> roleIds(PolicyTable table, String user, Target target) {
        TargetEntry entry = table.entry(target);
        Object row = table.row(user);
        List<String> ids = new ArrayList<>();
        if (entry != null && row != null) {
            int roleSet = UserRow.roleSet(row, entry.ordinal());
            for (int i = 0; i < table.size(roleSet); i++) {
                ids.add(requireNonNull(table.roleOf(table.role(roleSet, i))).id());
            }
        }
        return ids;
    }
}
