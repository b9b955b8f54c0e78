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
import io.rbac.test.Sketch.Assignment;
import io.rbac.test.Sketch.Chat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The differences between two sketches, by the ids of things: what went (assignments, roles, chats, teams), then what
 * changed or came (teams, chats, roles, assignments), each in list order. Not safe for use by several threads.
 */
final class NetEffects {
    private static final Comparator<SketchRole> LIST_ORDER = comparing(
                    SketchRole::createdAt, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
            .thenComparing(SketchRole::id, Spelling::compare);

    private static final Comparator<Assignment> CANONICAL_ORDER = comparing(Assignment::user, Spelling::compare)
            .thenComparing(a -> a.target().kind())
            .thenComparing(a -> a.target().id(), Spelling::compare)
            .thenComparing(Assignment::role, Spelling::compare);

    private final Sketch before;
    private final Sketch after;
    private final List<EditEffect> effects = new ArrayList<>();

    private NetEffects(Sketch before, Sketch after) {
        this.before = before;
        this.after = after;
    }

    static List<EditEffect> between(Sketch before, Sketch after) {
        NetEffects net = new NetEffects(before, after);
        net.collectWhatWent();
        net.collectWhatCame();
        return net.effects;
    }

    private void collectWhatWent() {
        Set<Assignment> kept = new HashSet<>(after.assignments());
        before.assignments().stream()
                .filter(assignment -> !kept.contains(assignment) || isReplaced(assignment.role()))
                .sorted(CANONICAL_ORDER)
                .forEach(assignment -> effects.add(new AssignmentRemoved(assignment)));
        before.roles().stream()
                .filter(role -> RoleEdits.find(after, role.id()) == null || isReplaced(role.id()))
                .sorted(LIST_ORDER)
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

    private void collectWhatCame() {
        after.teams().stream()
                .filter(team -> !before.teams().contains(team))
                .sorted(Spelling::compare)
                .forEach(team -> effects.add(new TeamAdded(team)));
        after.chats().stream().sorted(comparing(Chat::id, Spelling::compare)).forEach(this::compareChat);
        after.roles().stream().sorted(LIST_ORDER).forEach(this::compareRole);
        Set<Assignment> old = new HashSet<>(before.assignments());
        after.assignments().stream()
                .filter(assignment -> !old.contains(assignment) || isReplaced(assignment.role()))
                .sorted(CANONICAL_ORDER)
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

    private void compareRole(SketchRole role) {
        SketchRole old = RoleEdits.find(before, role.id());
        if (old == null || isReplaced(role.id())) {
            effects.add(new RoleAdded(role));
        } else if (!old.equals(role)) {
            effects.add(new RoleChanged(old, role));
        }
    }

    /** Whether there is another role under an id: scope and type of a role are fixed. */
    private boolean isReplaced(String id) {
        SketchRole then = RoleEdits.find(before, id);
        SketchRole now = RoleEdits.find(after, id);
        return then != null && now != null && (then.scope() != now.scope() || then.system() != now.system());
    }

    private static Predicate<Chat> isSame(Chat chat) {
        return other -> other.id().equals(chat.id());
    }
}
