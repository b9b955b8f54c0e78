package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.Sketch.Chat;
import io.rbac.test.SketchGroup.Action;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Random things of one sketch, and new ones that it lacks. Not safe for use by several threads. */
final class Picks {
    private final Choices choices;
    private final Sketch sketch;

    Picks(Choices choices, Sketch sketch) {
        this.choices = choices;
        this.sketch = sketch;
    }

    /** One of the roles of a kind, {@code null} if there is none. */
    @Nullable
    SketchRole role(Predicate<SketchRole> kind) {
        List<SketchRole> roles = sketch.roles().stream().filter(kind).toList();
        return roles.isEmpty() ? null : choices.oneOf(roles);
    }

    /** One of the known targets of a kind, {@code null} if there is none. */
    @Nullable
    Place target(Scope kind) {
        List<Place> targets = RandomPolicy.targets(sketch, kind);
        return targets.isEmpty() ? null : choices.oneOf(targets);
    }

    /** Any known target. */
    Place anyTarget() {
        Place target = target(choices.oneOf(List.of(Scope.values())));
        return target == null ? Place.account() : target;
    }

    List<String> users() {
        return sketch.assignments().stream()
                .map(Sketch.Assignment::user)
                .distinct()
                .toList();
    }

    /** Mostly a known user. */
    String user() {
        List<String> users = users();
        return users.isEmpty() || choices.oneIn(4) ? RandomWords.id(choices, "user", users) : choices.oneOf(users);
    }

    List<String> chats() {
        return sketch.chats().stream().map(Chat::id).toList();
    }

    /** A known team, or {@code null} for the account. */
    @Nullable
    String teamOrAccount() {
        return sketch.teams().isEmpty() || choices.oneIn(3) ? null : choices.oneOf(sketch.teams());
    }

    String newRoleId() {
        return RandomWords.id(
                choices, "role", sketch.roles().stream().map(SketchRole::id).toList());
    }

    /** A name that the rules allow; where names are unique, one that no other active role has. */
    String name() {
        Set<String> taken = new HashSet<>();
        for (SketchRole role : sketch.roles()) {
            if (role.isActive() && role.name() != null) {
                taken.add(RandomWords.nfc(role.name()));
            }
        }
        return RandomWords.name(choices, sketch.rules(), taken);
    }

    Scope scope() {
        return choices.oneOf(sketch.rules().scopes());
    }

    /** Keys that a role of a scope may hold. */
    List<String> rights(Scope scope) {
        List<String> keys = sketch.actions().stream()
                .filter(action -> action.scopes().contains(scope))
                .map(Action::key)
                .toList();
        return switch (choices.below(4)) {
            case 0 -> keys.subList(0, Math.min(1, keys.size()));
            case 1 -> keys;
            case 2 -> List.of();
            default -> keys.stream().filter(key -> choices.oneIn(2)).toList();
        };
    }

    /** Some of the active roles of a scope, in any order, sometimes one of them twice. */
    List<String> someRoles(Scope scope) {
        List<String> some = new ArrayList<>();
        for (SketchRole role : sketch.roles()) {
            if (role.scope() == scope && role.isActive() && choices.oneIn(2)) {
                some.add(choices.below(some.size() + 1), role.id());
            }
        }
        return twice(some);
    }

    List<String> someUsers() {
        List<String> some = new ArrayList<>();
        int count = choices.below(4);
        for (int i = 0; i < count; i++) {
            some.add(user());
        }
        return some;
    }

    private List<String> twice(List<String> some) {
        if (!some.isEmpty() && choices.oneIn(6)) {
            some.add(choices.oneOf(some));
        }
        return some;
    }
}
