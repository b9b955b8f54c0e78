package io.rbac.test;

import io.rbac.test.PlainGroup.Action;
import io.rbac.test.PlainPolicy.Assignment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes random questions: half about what some assignment grants, a fifth about anything that the policy knows, the
 * rest with one part that it does not know or that belongs elsewhere.
 */
final class RandomQuestions {
    private static final String NOBODY = "nobody";
    private static final String GONE = "gone";

    private final Choices choices;
    private final PlainPolicy plain;
    private final Map<String, PlainRole> roles = new HashMap<>();
    private final List<Assignment> granted = new ArrayList<>();
    private final List<String> users;
    private final List<String> keys;
    private final List<PlainTarget> targets = new ArrayList<>();
    private final Map<PlainTarget, List<PlainTarget>> children = new HashMap<>();

    /** One of the targets with the longest path. */
    private final PlainTarget deepest;

    /** Whether nothing more can lie in that target. */
    private final boolean isFull;

    RandomQuestions(Choices choices, PlainPolicy plain) {
        this.choices = choices;
        this.plain = plain;
        plain.roles().forEach(role -> roles.putIfAbsent(role.id(), role));
        for (Assignment assignment : plain.assignments()) {
            PlainRole role = roles.get(assignment.role());
            if (role != null && role.isActive() && !role.permissions().isEmpty()) {
                granted.add(assignment);
            }
        }
        users = plain.assignments().stream().map(Assignment::user).distinct().toList();
        keys = plain.actions().stream().map(Action::key).toList();
        plain.scopes().forEach(scope -> targets.addAll(plain.targets(scope)));
        plain.targets()
                .forEach(located -> children.computeIfAbsent(located.parent(), parent -> new ArrayList<>())
                        .add(located.target()));
        List<PlainTarget> all = atOrBelow(PlainTarget.account());
        deepest = all.get(all.size() - 1);
        isFull = PlainPaths.path(plain, deepest).size() == PlainPaths.LONGEST;
    }

    List<Question> make(int count) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            questions.add(
                    switch (choices.below(10)) {
                        case 0, 1, 2, 3, 4 -> aimed();
                        case 5, 6 -> known();
                        default -> foreign(choices.oneIn(3) ? known() : aimed());
                    });
        }
        return questions;
    }

    private Question known() {
        String user = users.isEmpty() ? NOBODY : choices.oneOf(users);
        return new Question(user, keys.isEmpty() ? "user:read" : choices.oneOf(keys), choices.oneOf(targets));
    }

    private Question aimed() {
        if (granted.isEmpty()) {
            return known();
        }
        Assignment assignment = choices.oneOf(granted);
        PlainRole role = roles.get(assignment.role());
        List<String> held = role == null ? keys : List.copyOf(role.permissions());
        PlainTarget target = assignment.target();
        if (choices.oneIn(2)) {
            target = choices.oneOf(atOrBelow(target));
        }
        return new Question(assignment.user(), choices.oneOf(held), target);
    }

    /** Returns a target and everything below it, even if it lies in itself. */
    private List<PlainTarget> atOrBelow(PlainTarget target) {
        Set<PlainTarget> all = new LinkedHashSet<>();
        Deque<PlainTarget> rest = new ArrayDeque<>(List.of(target));
        while (!rest.isEmpty()) {
            PlainTarget next = rest.remove();
            if (all.add(next)) {
                rest.addAll(children.getOrDefault(next, List.of()));
            }
        }
        return List.copyOf(all);
    }

    private Question foreign(Question question) {
        return switch (choices.below(6)) {
            case 0 -> new Question(otherUser(question.user()), question.permission(), question.target());
            case 1 -> new Question(question.user(), otherKey(question.permission()), question.target());
            case 2 -> new Question(question.user(), question.permission(), otherTarget());
            default -> new Question(question.user(), question.permission(), withParent(question.target()));
        };
    }

    private String otherUser(String user) {
        return variant(user, NOBODY, choices.oneIn(2) ? targetIds() : List.copyOf(roles.keySet()));
    }

    private String otherKey(String key) {
        List<String> groups = plain.groups().stream().map(PlainGroup::name).toList();
        return variant(key, "user:fly", choices.oneIn(2) ? plain.retired() : groups);
    }

    private String variant(String text, String unknown, List<String> others) {
        return switch (choices.below(8)) {
            case 1 -> text + "x";
            case 2 -> text.toUpperCase(Locale.ROOT);
            case 3 -> " " + text;
            case 4 -> text.substring(Math.min(1, text.length()));
            case 5 -> others.isEmpty() ? unknown : choices.oneOf(others);
            case 6 -> "*";
            case 7 -> "";
            default -> unknown;
        };
    }

    private List<String> targetIds() {
        return plain.targets().stream().map(located -> located.target().id()).toList();
    }

    /** Returns a target that is mostly unknown: it has the id of something else, or none that is known. */
    private PlainTarget otherTarget() {
        List<String> ids = new ArrayList<>(List.of(GONE));
        ids.addAll(users);
        ids.addAll(targetIds());
        return PlainTarget.of(choices.oneIn(4) ? foreignScope() : narrowerScope(), choices.oneOf(ids));
    }

    /** Returns a scope of the tree that is not the account's, or of another tree if it has no such scope. */
    private PlainScope narrowerScope() {
        List<PlainScope> scopes = plain.scopes();
        return scopes.size() == 1 ? foreignScope() : choices.oneOf(scopes.subList(1, scopes.size()));
    }

    /** Returns a scope that the tree lacks: of another name, at another level, or nesting otherwise. */
    private PlainScope foreignScope() {
        PlainScope like = plain.scopes().get(choices.below(plain.scopes().size()));
        PlainScope foreign = switch (choices.below(4)) {
            case 0 -> new PlainScope("alien", choices.between(1, 7), choices.oneIn(2));
            case 1 -> new PlainScope(like.name(), like.level(), !like.nests());
            case 2 -> new PlainScope(like.name(), like.level() % 7 + 1, like.nests());
            default -> choices.oneIn(2) ? PlainScope.TEAM : PlainScope.CHAT;
        };
        boolean isForeign = !foreign.isAccount()
                && !foreign.name().equals(PlainScope.ACCOUNT.name())
                && !plain.scopes().contains(foreign);
        return isForeign ? foreign : new PlainScope("alien", 1, false);
    }

    /** Returns a target with a parent, right or wrong: the one at hand, or one that is not known. */
    private PlainTarget withParent(PlainTarget target) {
        if (!target.isAccount() && choices.oneIn(2)) {
            return unknownIn(choices.oneIn(isFull ? 2 : 6) ? deepest : target);
        }
        PlainTarget asked = target.isAccount() ? PlainTarget.of(narrowerScope(), GONE) : target;
        PlainTarget known = PlainPaths.parentOf(plain, asked);
        return asked.in(
                switch (choices.below(8)) {
                    case 0, 1 -> known == null ? PlainTarget.account() : known;
                    case 2, 3, 4 -> choices.oneOf(targets);
                    case 5 -> PlainTarget.account();
                    case 6 -> choices.oneIn(2) ? asked : deepest;
                    default -> PlainTarget.of(choices.oneIn(3) ? foreignScope() : narrowerScope(), GONE);
                });
    }

    /** Returns a target that is not known, given with a known parent; mostly one that it may lie in. */
    private PlainTarget unknownIn(PlainTarget parent) {
        List<PlainScope> below = plain.scopes().stream()
                .filter(scope -> PlainPaths.mayLieIn(plain, scope, parent.scope()))
                .toList();
        PlainScope scope = below.isEmpty() || choices.oneIn(6) ? narrowerScope() : choices.oneOf(below);
        return PlainTarget.of(scope, GONE).in(parent);
    }
}
