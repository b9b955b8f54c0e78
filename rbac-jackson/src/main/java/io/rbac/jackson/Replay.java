package io.rbac.jackson;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.Commit;
import io.rbac.model.Assignment;
import io.rbac.model.Effect;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Violation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy with the effects of later commits. Effects say what came and went, not how it was asked for: they mean the same
 * to every release, and to a commit that replaced the whole policy.
 */
final class Replay {

    private final Policy base;
    private final Map<String, Role> roles = new HashMap<>();
    private final Set<String> teams = new HashSet<>();
    private final Map<String, @Nullable String> chats = new HashMap<>();
    private final Set<Assignment> gone = new HashSet<>();
    private final Set<Assignment> added = new LinkedHashSet<>();
    private long revision;

    Replay(Policy base) {
        this.base = base;
        this.revision = base.revision();
    }

    long revision() {
        return revision;
    }

    /**
     * Applies the next commit.
     *
     * @throws IllegalArgumentException if it does not fit what is there
     */
    void apply(Commit commit) {
        require(commit.account().equals(base.account()), "account", commit.account(), "has", "is of another");
        require(commit.revision() - 1 == revision, "revision", "" + commit.revision(), "has", "follows " + revision);
        if (revision == base.revision()) {
            begin();
        }
        commit.effects().forEach(this::apply);
        revision = commit.revision();
    }

    private void begin() {
        base.roles().forEach(role -> roles.put(role.id(), role));
        teams.addAll(base.teams());
        base.chats().forEach(chat -> chats.put(chat, base.teamOf(chat).orElse(null)));
    }

    private void apply(Effect effect) {
        if (effect instanceof Effect.RoleAdded effectOnRole) {
            Role role = effectOnRole.role();
            require(roles.putIfAbsent(role.id(), role) == null, "role", role.id(), "adds", "is there");
        } else if (effect instanceof Effect.RoleChanged effectOnRole) {
            Role before = effectOnRole.before();
            boolean fits = roles.replace(before.id(), before, effectOnRole.after())
                    && before.id().equals(effectOnRole.after().id());
            require(fits, "role", before.id(), "changes", "is not there as it was");
        } else if (effect instanceof Effect.RoleRemoved effectOnRole) {
            Role role = effectOnRole.role();
            require(roles.remove(role.id(), role), "role", role.id(), "removes", "is not there as it was");
        } else if (effect instanceof Effect.TeamAdded effectOnTeam) {
            require(teams.add(effectOnTeam.team()), "team", effectOnTeam.team(), "adds", "is there");
        } else if (effect instanceof Effect.TeamRemoved effectOnTeam) {
            require(teams.remove(effectOnTeam.team()), "team", effectOnTeam.team(), "removes", "is not there");
        } else {
            applyToChatOrAssignment(effect);
        }
    }

    private void applyToChatOrAssignment(Effect effect) {
        if (effect instanceof Effect.ChatAdded effectOnChat) {
            String chat = effectOnChat.chat();
            require(!chats.containsKey(chat), "chat", chat, "adds", "is there");
            chats.put(chat, effectOnChat.teamOrNull());
        } else if (effect instanceof Effect.ChatMoved effectOnChat) {
            requireChat(effectOnChat.chat(), effectOnChat.beforeOrNull(), "moves");
            chats.put(effectOnChat.chat(), effectOnChat.afterOrNull());
        } else if (effect instanceof Effect.ChatRemoved effectOnChat) {
            requireChat(effectOnChat.chat(), effectOnChat.teamOrNull(), "removes");
            chats.remove(effectOnChat.chat());
        } else if (effect instanceof Effect.AssignmentAdded effectOnAssignment) {
            Assignment assignment = effectOnAssignment.assignment();
            boolean fits = gone.remove(assignment) || !isInBase(assignment) && added.add(assignment);
            require(fits, "assignment", assignment.toString(), "adds", "is there");
        } else if (effect instanceof Effect.AssignmentRemoved effectOnAssignment) {
            Assignment assignment = effectOnAssignment.assignment();
            boolean fits = added.remove(assignment) || isInBase(assignment) && gone.add(assignment);
            require(fits, "assignment", assignment.toString(), "removes", "is not there");
        } else {
            throw new IllegalStateException("no way to apply " + effect);
        }
    }

    private void requireChat(String chat, @Nullable String team, String what) {
        boolean fits = chats.containsKey(chat) && Objects.equals(chats.get(chat), team);
        require(fits, "chat", chat, what, "is not there as it was");
    }

    private boolean isInBase(Assignment assignment) {
        return base.rolesOf(assignment.user(), assignment.target()).stream()
                .anyMatch(role -> role.id().equals(assignment.role()));
    }

    private static void require(boolean fits, String word, String id, String what, String why) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "the commit " + what + " the " + word + ' ' + Violation.quote(id) + ", which " + why);
        }
    }

    /**
     * Returns the policy that the commits lead to.
     *
     * @throws PolicyViolationException if that is none
     */
    Policy policy() {
        if (revision == base.revision()) {
            return base;
        }
        Policy.Builder builder =
                Policy.builder(base.account(), base.catalog(), base.rules()).revision(revision);
        roles.values().forEach(builder::role);
        teams.forEach(builder::team);
        for (String chat : chats.keySet()) {
            String team = chats.get(chat);
            if (team == null) {
                builder.chat(chat);
            } else {
                builder.chat(chat, team);
            }
        }
        for (String user : base.users()) {
            for (Assignment assignment : base.rolesOf(user)) {
                if (!gone.contains(assignment)) {
                    add(assignment, builder);
                }
            }
        }
        added.forEach(assignment -> add(assignment, builder));
        return requireNonNull(builder.build());
    }

    private static void add(Assignment assignment, Policy.Builder builder) {
        builder.assign(assignment.user(), assignment.role(), assignment.target());
    }
}
