package io.rbac.test;

import io.rbac.test.PlainGroup.Action;
import io.rbac.test.PlainPolicy.Located;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Random picks: things that one policy has, and new ones that it lacks. Not thread-safe. */
final class Picks {
    private final Choices choices;
    private final PlainPolicy plain;

    Picks(Choices choices, PlainPolicy plain) {
        this.choices = choices;
        this.plain = plain;
    }

    /** Returns one of the roles that a filter lets pass, {@code null} if there is none. */
    @Nullable
    PlainRole role(Predicate<PlainRole> filter) {
        List<PlainRole> roles = plain.roles().stream().filter(filter).toList();
        return roles.isEmpty() ? null : choices.oneOf(roles);
    }

    /** Returns one of the known targets of a scope, {@code null} if there is none. */
    @Nullable
    PlainTarget target(PlainScope scope) {
        List<PlainTarget> targets = plain.targets(scope);
        return targets.isEmpty() ? null : choices.oneOf(targets);
    }

    /** Returns any known target. */
    PlainTarget anyTarget() {
        PlainTarget target = target(choices.oneOf(plain.scopes()));
        return target == null ? PlainTarget.account() : target;
    }

    List<String> users() {
        return plain.assignments().stream()
                .map(PlainPolicy.Assignment::user)
                .distinct()
                .toList();
    }

    /** Returns a user, mostly a known one. */
    String user() {
        List<String> users = users();
        return users.isEmpty() || choices.oneIn(4) ? RandomWords.id(choices, "user", users) : choices.oneOf(users);
    }

    /** Returns one of the known targets besides the account, {@code null} if there is none. */
    @Nullable
    PlainTarget targetBelowAccount() {
        return plain.targets().isEmpty() ? null : choices.oneOf(plain.targets()).target();
    }

    /** Returns a scope that is not the account's, {@code null} if there is none. */
    @Nullable
    PlainScope scopeBelowAccount() {
        List<PlainScope> scopes = plain.scopes();
        return scopes.size() == 1 ? null : choices.oneOf(scopes.subList(1, scopes.size()));
    }

    /** Returns a target of a scope that is not known yet. */
    PlainTarget newTarget(PlainScope scope) {
        List<String> taken = plain.targets(scope).stream().map(PlainTarget::id).toList();
        return PlainTarget.of(scope, RandomWords.id(choices, scope.name(), taken));
    }

    /** Returns a known target that a target of a scope may lie in, mostly not the account. */
    PlainTarget parentFor(PlainScope scope) {
        List<PlainTarget> parents = RandomTargets.parents(plain, scope);
        return choices.oneIn(3) ? PlainTarget.account() : choices.oneOf(parents);
    }

    /** Returns a known target that a known one may be moved to, or lies in already. */
    PlainTarget newParentOf(PlainTarget target) {
        int height = PlainPaths.height(plain, target);
        List<PlainTarget> parents = RandomTargets.parents(plain, target.scope()).stream()
                .filter(parent -> !PlainPaths.path(plain, parent).contains(target))
                .filter(parent -> PlainPaths.path(plain, parent).size() + height <= PlainPaths.LONGEST)
                .toList();
        return choices.oneOf(parents);
    }

    /** Returns the target with the longest path, one of the first of them if there are several. */
    PlainTarget deepest() {
        PlainTarget deepest = PlainTarget.account();
        for (Located located : plain.targets()) {
            boolean isDeeper = PlainPaths.path(plain, located.target()).size()
                    > PlainPaths.path(plain, deepest).size();
            deepest = isDeeper ? located.target() : deepest;
        }
        return deepest;
    }

    String newRoleId() {
        return RandomWords.id(
                choices, "role", plain.roles().stream().map(PlainRole::id).toList());
    }

    /** Returns a name that the rules allow; if names are unique, one that no active role has. */
    String name() {
        Set<String> taken = new HashSet<>();
        for (PlainRole role : plain.roles()) {
            if (role.isActive() && role.name() != null) {
                taken.add(Spelling.comparableName(role.name()));
            }
        }
        return RandomWords.name(choices, plain.rules(), taken);
    }

    PlainScope scope() {
        return choices.oneOf(plain.allowedScopes());
    }

    /** Returns keys that a role of a scope may hold. */
    List<String> rights(PlainScope scope) {
        List<String> keys = plain.actions().stream()
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

    /** Returns some of the active roles of a scope, in any order, sometimes one of them twice. */
    List<String> someRoles(PlainScope scope) {
        List<String> some = new ArrayList<>();
        for (PlainRole role : plain.roles()) {
            if (role.scope().equals(scope) && role.isActive() && choices.oneIn(2)) {
                some.add(choices.below(some.size() + 1), role.id());
            }
        }
        return sometimesOneTwice(some);
    }

    List<String> someUsers() {
        List<String> some = new ArrayList<>();
        int count = choices.below(4);
        for (int i = 0; i < count; i++) {
            some.add(user());
        }
        return some;
    }

    private List<String> sometimesOneTwice(List<String> some) {
        if (!some.isEmpty() && choices.oneIn(6)) {
            some.add(choices.oneOf(some));
        }
        return some;
    }
}
