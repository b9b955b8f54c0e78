package io.rbac.test;

import static java.util.Comparator.comparing;

import io.rbac.test.EditEffect.AssignmentAdded;
import io.rbac.test.EditEffect.AssignmentRemoved;
import io.rbac.test.EditEffect.ChatAdded;
import io.rbac.test.EditEffect.ChatMoved;
import io.rbac.test.EditEffect.ChatRemoved;
import io.rbac.test.EditEffect.RoleAdded;
import io.rbac.test.EditEffect.RoleChanged;
import io.rbac.test.EditEffect.RoleRemoved;
import io.rbac.test.EditEffect.TeamAdded;
import io.rbac.test.EditEffect.TeamRemoved;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Chat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The differences between two plain policies, by ids: first what was removed (assignments, roles, chats, teams), then
 * what was added or changed (teams, chats, roles, assignments), each in the order of S3. Not thread-safe.
 */
final class NetEffects {
    private final PlainPolicy before;
    private final PlainPolicy after;
    private final List<EditEffect> effects = new ArrayList<>();

    private NetEffects(PlainPolicy before, PlainPolicy after) {
        this.before = before;
        this.after = after;
    }

    static List<EditEffect> between(PlainPolicy before, PlainPolicy after) {
        NetEffects net = new NetEffects(before, after);
        net.collectRemoved();
        net.collectAddedAndChanged();
        return net.effects;
    }

    private void collectRemoved() {
        Set<Assignment> kept = new HashSet<>(after.assignments());
        before.assignments().stream()
                .filter(assignment -> !kept.contains(assignment) || isReplaced(assignment.role()))
                .sorted(Oracle.ASSIGNMENT_ORDER)
                .forEach(assignment -> effects.add(new AssignmentRemoved(assignment)));
        before.roles().stream()
                .filter(role -> RoleEdits.find(after, role.id()) == null || isReplaced(role.id()))
                .sorted(Oracle.ROLE_ORDER)
                .forEach(role -> effects.add(new RoleRemoved(role)));
        before.chats().stream()
                .filter(chat -> after.chats().stream().noneMatch(isSame(chat)))
                .sorted(comparing(Chat::id, Spelling::compare))
                .forEach(chat -> effects.add(new ChatRemoved(chat.id(), chat.team())));
        before.teams().stream()
                .filter(team -> !after.teams().contains(team))
                .sorted(Spelling::compare)
                .forEach(team -> effects.add(new TeamRemoved(team)));
    }

    private void collectAddedAndChanged() {
        after.teams().stream()
                .filter(team -> !before.teams().contains(team))
                .sorted(Spelling::compare)
                .forEach(team -> effects.add(new TeamAdded(team)));
        after.chats().stream().sorted(comparing(Chat::id, Spelling::compare)).forEach(this::compareChat);
        after.roles().stream().sorted(Oracle.ROLE_ORDER).forEach(this::compareRole);
        Set<Assignment> old = new HashSet<>(before.assignments());
        after.assignments().stream()
                .filter(assignment -> !old.contains(assignment) || isReplaced(assignment.role()))
                .sorted(Oracle.ASSIGNMENT_ORDER)
                .forEach(assignment -> effects.add(new AssignmentAdded(assignment)));
    }

    private void compareChat(Chat chat) {
        before.chats().stream()
                .filter(isSame(chat))
                .findFirst()
                .ifPresentOrElse(
                        old -> {
                            if (!Objects.equals(old.team(), chat.team())) {
                                effects.add(new ChatMoved(chat.id(), old.team(), chat.team()));
                            }
                        },
                        () -> effects.add(new ChatAdded(chat.id(), chat.team())));
    }

    private void compareRole(PlainRole role) {
        PlainRole old = RoleEdits.find(before, role.id());
        if (old == null || isReplaced(role.id())) {
            effects.add(new RoleAdded(role));
        } else if (!old.equals(role)) {
            effects.add(new RoleChanged(old, role));
        }
    }

    /** Returns whether an id names another role now: the scope and type of a role are fixed. */
    private boolean isReplaced(String id) {
        PlainRole old = RoleEdits.find(before, id);
        PlainRole role = RoleEdits.find(after, id);
        return old != null && role != null && (old.scope() != role.scope() || old.system() != role.system());
    }

    private static Predicate<Chat> isSame(Chat chat) {
        return other -> other.id().equals(chat.id());
    }
}
