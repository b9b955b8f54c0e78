package io.rbac.engine;

import io.rbac.model.Assignment;
import io.rbac.model.Effect;
import io.rbac.model.Policy;
import io.rbac.model.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came, changed and went between two whole policies of an account, in the order of {@link
 * io.rbac.model.AppliedChanges#effects()}. A role of which only a time differs has changed, too.
 */
final class PolicyDifference {

    private final @Nullable Policy before;
    private final Policy after;
    private final List<Effect> effects = new ArrayList<>();

    private PolicyDifference(@Nullable Policy before, Policy after) {
        this.before = before;
        this.after = after;
    }

    /** Returns the effects that lead from one policy, or from nothing, to another. */
    static List<Effect> between(@Nullable Policy before, Policy after) {
        PolicyDifference difference = new PolicyDifference(before, after);
        if (before != null) {
            difference.addGone(before);
        }
        difference.addCome();
        return List.copyOf(difference.effects);
    }

    private void addGone(Policy old) {
        for (String user : old.users()) {
            for (Assignment assignment : without(old.rolesOf(user), assignmentsAfter(old, user))) {
                effects.add(new Effect.AssignmentRemoved(assignment));
            }
        }
        for (Role role : old.roles()) {
            Role now = after.role(role.id()).orElse(null);
            if (now == null || isReplaced(role, now)) {
                effects.add(new Effect.RoleRemoved(role));
            }
        }
        Set<String> chats = new HashSet<>(after.chats());
        for (String chat : old.chats()) {
            if (!chats.contains(chat)) {
                effects.add(new Effect.ChatRemoved(chat, old.teamOf(chat).orElse(null)));
            }
        }
        without(old.teams(), after.teams()).forEach(team -> effects.add(new Effect.TeamRemoved(team)));
    }

    /** The assignments of a user that stay. */
    private List<Assignment> assignmentsAfter(Policy old, String user) {
        return after.rolesOf(user).stream()
                .filter(assignment -> stays(old, assignment))
                .toList();
    }

    /** Whether the role of an assignment is the same before and after, and not another of the same id. */
    private boolean stays(Policy old, Assignment assignment) {
        Role then = old.role(assignment.role()).orElse(null);
        Role now = after.role(assignment.role()).orElse(null);
        return then != null && now != null && !isReplaced(then, now);
    }

    /** Whether a role cannot have become the other: scope and type are fixed. */
    private static boolean isReplaced(Role then, Role now) {
        return then.scope() != now.scope() || then.type() != now.type();
    }

    private void addCome() {
        Policy old = before;
        List<String> oldTeams = old == null ? List.of() : old.teams();
        without(after.teams(), oldTeams).forEach(team -> effects.add(new Effect.TeamAdded(team)));
        Set<String> oldChats = old == null ? Set.of() : new HashSet<>(old.chats());
        for (String chat : after.chats()) {
            String team = after.teamOf(chat).orElse(null);
            if (old == null || !oldChats.contains(chat)) {
                effects.add(new Effect.ChatAdded(chat, team));
            } else if (!Objects.equals(old.teamOf(chat).orElse(null), team)) {
                effects.add(new Effect.ChatMoved(chat, old.teamOf(chat).orElse(null), team));
            }
        }
        for (Role role : after.roles()) {
            Role then = old == null ? null : old.role(role.id()).orElse(null);
            if (then == null || isReplaced(then, role)) {
                effects.add(new Effect.RoleAdded(role));
            } else if (!then.equals(role)) {
                effects.add(new Effect.RoleChanged(then, role));
            }
        }
        for (String user : after.users()) {
            List<Assignment> kept = old == null
                    ? List.of()
                    : old.rolesOf(user).stream()
                            .filter(assignment -> stays(old, assignment))
                            .toList();
            without(after.rolesOf(user), kept)
                    .forEach(assignment -> effects.add(new Effect.AssignmentAdded(assignment)));
        }
    }

    private static <T> List<T> without(List<T> all, Collection<T> others) {
        Set<T> gone = new HashSet<>(others);
        return all.stream().filter(one -> !gone.contains(one)).toList();
    }
}
