package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.Sketch.Assignment;
import io.rbac.test.Sketch.Chat;
import io.rbac.test.SketchGroup.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random edits of a valid sketch. Where the rules forbid the result, or there is nothing to edit, nothing changes. */
final class RandomEdits {
    private static final int KINDS = 11;
    private static final long NOW = 1_700_000_000_009L;

    private final Choices choices;

    RandomEdits(Choices choices) {
        this.choices = choices;
    }

    /** The sketch, and what each of some edits makes of it. */
    List<Sketch> history(Sketch sketch, int edits) {
        List<Sketch> states = new ArrayList<>(List.of(sketch));
        for (int i = 0; i < edits; i++) {
            states.add(edit(states.get(i)));
        }
        return states;
    }

    Sketch edit(Sketch sketch) {
        Sketch edited = switch (choices.below(KINDS)) {
            case 0, 1 -> assigned(sketch);
            case 2 -> less(sketch);
            case 3 -> withNewRole(sketch);
            case 4 -> withRoleState(sketch);
            case 5 -> withRights(sketch);
            case 6 -> sketch.withTeam(RandomWords.numbered("team", sketch.teams()::contains));
            case 7 -> sketch.teams().isEmpty() ? sketch : sketch.withoutTeam(choices.oneOf(sketch.teams()));
            case 8 -> sketch.withChat(freshChat(sketch), null);
            case 9 -> moved(sketch);
            default -> withoutChatOrUser(sketch);
        };
        return allowed(edited, sketch);
    }

    /** One assignment, permission or role less, or one role discarded. */
    Sketch less(Sketch sketch) {
        if (sketch.roles().isEmpty()) {
            return sketch;
        }
        int index = choices.below(sketch.roles().size());
        SketchRole role = sketch.roles().get(index);
        List<String> rights = new ArrayList<>(role.permissions());
        Sketch edited = switch (choices.below(4)) {
            case 1 -> {
                rights.removeIf(key -> choices.oneIn(2));
                yield sketch.withRole(index, role.withPermissions(rights));
            }
            case 2 -> sketch.withoutRole(role.id());
            case 3 -> sketch.withRole(index, role.withTimes(role.createdAt(), role.updatedAt(), NOW));
            default ->
                sketch.assignments().isEmpty() ? sketch : sketch.withoutAssignment(choices.oneOf(sketch.assignments()));
        };
        return allowed(edited, sketch);
    }

    private static Sketch allowed(Sketch edited, Sketch before) {
        return Validity.problems(edited).isEmpty() ? edited : before;
    }

    /** With an assignment more, at the end, that was not there. */
    Sketch assigned(Sketch sketch) {
        if (sketch.roles().isEmpty()) {
            return sketch;
        }
        SketchRole role = choices.oneOf(sketch.roles());
        List<Place> targets = RandomPolicy.targets(sketch, role.scope());
        if (targets.isEmpty()) {
            return sketch;
        }
        List<String> users = new ArrayList<>(List.of("user1", "user2", "user3"));
        sketch.assignments().stream().map(Assignment::user).distinct().forEach(users::add);
        return allowed(sketch.withAssignment(choices.oneOf(users), role.id(), choices.oneOf(targets)), sketch);
    }

    private Sketch withNewRole(Sketch sketch) {
        List<String> ids = sketch.roles().stream().map(SketchRole::id).toList();
        List<String> names = sketch.roles().stream()
                .map(role -> String.valueOf(role.name()))
                .map(RandomWords::nfc)
                .toList();
        SketchRole role = SketchRole.of(
                        RandomWords.numbered("role", ids::contains),
                        choices.oneOf(sketch.rules().scopes()))
                .withTexts(RandomWords.numbered("New", names::contains), null);
        return sketch.withRole(role.withPermissions(someRights(sketch, role.scope())));
    }

    private List<String> someRights(Sketch sketch, Scope scope) {
        return sketch.actions().stream()
                .filter(action -> action.scopes().contains(scope) && choices.oneIn(2))
                .map(Action::key)
                .toList();
    }

    /** With a role discarded that was active, or restored that was discarded. */
    private Sketch withRoleState(Sketch sketch) {
        if (sketch.roles().isEmpty()) {
            return sketch;
        }
        int index = choices.below(sketch.roles().size());
        SketchRole role = sketch.roles().get(index);
        return sketch.withRole(index, role.withTimes(role.createdAt(), role.updatedAt(), role.isActive() ? NOW : null));
    }

    private Sketch withRights(Sketch sketch) {
        if (sketch.roles().isEmpty()) {
            return sketch;
        }
        int index = choices.below(sketch.roles().size());
        SketchRole role = sketch.roles().get(index);
        return sketch.withRole(index, role.withPermissions(someRights(sketch, role.scope())));
    }

    private static String freshChat(Sketch sketch) {
        List<String> ids = sketch.chats().stream().map(Chat::id).toList();
        return RandomWords.numbered("chat", ids::contains);
    }

    /** With one chat in another place. */
    private Sketch moved(Sketch sketch) {
        if (sketch.chats().isEmpty()) {
            return sketch;
        }
        int index = choices.below(sketch.chats().size());
        int place = choices.below(sketch.teams().size() + 1);
        return moved(sketch, index, place == 0 ? null : sketch.teams().get(place - 1));
    }

    /** With one chat in a team, or in the account. */
    static Sketch moved(Sketch sketch, int index, @Nullable String team) {
        List<Chat> chats = new ArrayList<>(sketch.chats());
        chats.set(index, new Chat(chats.get(index).id(), team));
        return sketch.withChats(chats);
    }

    private Sketch withoutChatOrUser(Sketch sketch) {
        if (!sketch.chats().isEmpty() && choices.oneIn(2)) {
            return sketch.withoutChat(choices.oneOf(sketch.chats()).id());
        }
        return sketch.assignments().isEmpty()
                ? sketch
                : sketch.withoutUser(choices.oneOf(sketch.assignments()).user());
    }

    /** A list in another order. */
    <T> List<T> shuffled(List<T> list) {
        List<T> rest = new ArrayList<>(list);
        List<T> shuffled = new ArrayList<>();
        IntStream.range(0, list.size()).forEach(i -> shuffled.add(rest.remove(choices.below(rest.size()))));
        return shuffled;
    }
}
