package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.PlainGroup.Action;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Chat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes random questions: half about what some assignment grants, a fifth about anything that the policy knows, the
 * rest with one part that it does not know or that belongs elsewhere.
 */
final class RandomQuestions {
    private static final String NOBODY = "nobody";

    private final Choices choices;
    private final PlainPolicy plain;
    private final Map<String, PlainRole> roles = new HashMap<>();
    private final List<Assignment> granted = new ArrayList<>();
    private final List<String> users;
    private final List<String> keys;
    private final List<PlainTarget> targets = new ArrayList<>();

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
        for (Scope scope : Scope.values()) {
            targets.addAll(RandomValidPolicy.targets(plain, scope));
        }
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
            target = choices.oneOf(covered(target));
        }
        return new Question(assignment.user(), choices.oneOf(held), target);
    }

    /** Returns the targets at or below a target. */
    private List<PlainTarget> covered(PlainTarget target) {
        List<PlainTarget> covered = new ArrayList<>(List.of(target));
        for (Chat chat : plain.chats()) {
            if (target.scope() == Scope.TEAM && target.id().equals(chat.team())) {
                covered.add(PlainTarget.chat(chat.id()));
            }
        }
        return target.scope() == Scope.ACCOUNT ? targets : covered;
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
        return variant(user, NOBODY, choices.oneIn(2) ? plain.teams() : List.copyOf(roles.keySet()));
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

    /** Returns a team or chat that is mostly unknown: it has the id of something else, or none that is known. */
    private PlainTarget otherTarget() {
        List<String> ids = new ArrayList<>(List.of("gone"));
        ids.addAll(users);
        ids.addAll(plain.teams());
        plain.chats().forEach(chat -> ids.add(chat.id()));
        String id = choices.oneOf(ids);
        return choices.oneIn(2) ? PlainTarget.chat(id) : PlainTarget.team(id);
    }

    /** Returns a chat with a parent, right or wrong; mostly the one at hand if it is a chat. */
    private PlainTarget withParent(PlainTarget target) {
        PlainTarget chat = target.scope() == Scope.CHAT ? target : PlainTarget.chat("gone");
        if (target.scope() != Scope.CHAT && !plain.chats().isEmpty() && choices.oneIn(3)) {
            chat = PlainTarget.chat(choices.oneOf(plain.chats()).id());
        }
        if (target.scope() == Scope.TEAM && !choices.oneIn(3)) {
            return chat.inTeam(target.id());
        }
        return switch (choices.below(6)) {
            case 0, 1 -> withKnownParent(chat);
            case 2, 3 -> plain.teams().isEmpty() ? chat.inAccount() : chat.inTeam(choices.oneOf(plain.teams()));
            case 4 -> chat.inAccount();
            default -> chat.inTeam("gone");
        };
    }

    private PlainTarget withKnownParent(PlainTarget chat) {
        for (Chat known : plain.chats()) {
            String team = known.team();
            if (known.id().equals(chat.id()) && team != null) {
                return chat.inTeam(team);
            }
        }
        return chat.inAccount();
    }
}
