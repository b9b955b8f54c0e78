package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.Sketch.Assignment;
import io.rbac.test.Sketch.Chat;
import io.rbac.test.SketchGroup.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Random questions: half aimed at what some assignment grants, a fifth about anything that the policy knows, the rest
 * with one part that it does not know or that comes from another place.
 */
final class RandomQuestions {
    private static final String NOBODY = "nobody";

    private final Choices choices;
    private final Sketch sketch;
    private final Map<String, SketchRole> roles = new HashMap<>();
    private final List<Assignment> granting = new ArrayList<>();
    private final List<String> users;
    private final List<String> keys;
    private final List<Place> places = new ArrayList<>();

    RandomQuestions(Choices choices, Sketch sketch) {
        this.choices = choices;
        this.sketch = sketch;
        sketch.roles().forEach(role -> roles.putIfAbsent(role.id(), role));
        for (Assignment assignment : sketch.assignments()) {
            SketchRole role = roles.get(assignment.role());
            if (role != null && role.isActive() && !role.permissions().isEmpty()) {
                granting.add(assignment);
            }
        }
        users = sketch.assignments().stream().map(Assignment::user).distinct().toList();
        keys = sketch.actions().stream().map(Action::key).toList();
        for (Scope kind : Scope.values()) {
            places.addAll(RandomPolicy.targets(sketch, kind));
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
        return new Question(user, keys.isEmpty() ? "user:read" : choices.oneOf(keys), choices.oneOf(places));
    }

    private Question aimed() {
        if (granting.isEmpty()) {
            return known();
        }
        Assignment assignment = choices.oneOf(granting);
        SketchRole role = roles.get(assignment.role());
        List<String> held = role == null ? keys : List.copyOf(role.permissions());
        Place target = assignment.target();
        if (choices.oneIn(2)) {
            target = choices.oneOf(covered(target));
        }
        return new Question(assignment.user(), choices.oneOf(held), target);
    }

    /** What lies at or below a target. */
    private List<Place> covered(Place target) {
        List<Place> covered = new ArrayList<>(List.of(target));
        for (Chat chat : sketch.chats()) {
            if (target.kind() == Scope.TEAM && target.id().equals(chat.team())) {
                covered.add(Place.chat(chat.id()));
            }
        }
        return target.kind() == Scope.ACCOUNT ? places : covered;
    }

    private Question foreign(Question question) {
        return switch (choices.below(6)) {
            case 0 -> new Question(otherUser(question.user()), question.permission(), question.target());
            case 1 -> new Question(question.user(), otherKey(question.permission()), question.target());
            case 2 -> new Question(question.user(), question.permission(), otherPlace());
            default -> new Question(question.user(), question.permission(), statedPlace(question.target()));
        };
    }

    private String otherUser(String user) {
        return variant(user, NOBODY, choices.oneIn(2) ? sketch.teams() : List.copyOf(roles.keySet()));
    }

    private String otherKey(String key) {
        List<String> groups = sketch.groups().stream().map(SketchGroup::name).toList();
        return variant(key, "user:fly", choices.oneIn(2) ? sketch.retired() : groups);
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

    /** A team or chat that is mostly unknown: named like something of another kind, or gone. */
    private Place otherPlace() {
        List<String> ids = new ArrayList<>(List.of("gone"));
        ids.addAll(users);
        ids.addAll(sketch.teams());
        sketch.chats().forEach(chat -> ids.add(chat.id()));
        String id = choices.oneOf(ids);
        return choices.oneIn(2) ? Place.chat(id) : Place.team(id);
    }

    /** A chat with a stated place, right or wrong; of a chat in hand mostly that one. */
    private Place statedPlace(Place target) {
        Place chat = target.kind() == Scope.CHAT ? target : Place.chat("gone");
        if (target.kind() != Scope.CHAT && !sketch.chats().isEmpty() && choices.oneIn(3)) {
            chat = Place.chat(choices.oneOf(sketch.chats()).id());
        }
        if (target.kind() == Scope.TEAM && !choices.oneIn(3)) {
            return chat.inTeam(target.id());
        }
        return switch (choices.below(6)) {
            case 0, 1 -> rightPlace(chat);
            case 2, 3 -> sketch.teams().isEmpty() ? chat.inAccount() : chat.inTeam(choices.oneOf(sketch.teams()));
            case 4 -> chat.inAccount();
            default -> chat.inTeam("gone");
        };
    }

    private Place rightPlace(Place chat) {
        for (Chat known : sketch.chats()) {
            String team = known.team();
            if (known.id().equals(chat.id()) && team != null) {
                return chat.inTeam(team);
            }
        }
        return chat.inAccount();
    }
}
