package io.rbac.test;

import io.rbac.model.Scope;
import io.rbac.test.PlainGroup.Action;
import io.rbac.test.PlainPolicy.Assignment;
import io.rbac.test.PlainPolicy.Chat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Random edits of the lists of a valid policy. If the rules forbid the result, or there is nothing to edit, nothing
 * changes.
 */
final class RandomEdits {
    private static final int KINDS = 11;
    private static final long NOW = 1_700_000_000_009L;

    private final Choices choices;

    RandomEdits(Choices choices) {
        this.choices = choices;
    }

    /** Returns a policy and its state after each of some edits. */
    List<PlainPolicy> history(PlainPolicy plain, int edits) {
        List<PlainPolicy> states = new ArrayList<>(List.of(plain));
        for (int i = 0; i < edits; i++) {
            states.add(edit(states.get(i)));
        }
        return states;
    }

    PlainPolicy edit(PlainPolicy plain) {
        PlainPolicy edited = switch (choices.below(KINDS)) {
            case 0, 1 -> assigned(plain);
            case 2 -> less(plain);
            case 3 -> withNewRole(plain);
            case 4 -> withRoleState(plain);
            case 5 -> withRights(plain);
            case 6 -> plain.withTeam(RandomWords.numbered("team", plain.teams()::contains));
            case 7 -> plain.teams().isEmpty() ? plain : plain.withoutTeam(choices.oneOf(plain.teams()));
            case 8 -> plain.withChat(freshChat(plain), null);
            case 9 -> moved(plain);
            default -> withoutChatOrUser(plain);
        };
        return allowed(edited, plain);
    }

    /** Returns a policy with an assignment, permission or role removed, or with a role discarded. */
    PlainPolicy less(PlainPolicy plain) {
        if (plain.roles().isEmpty()) {
            return plain;
        }
        int index = choices.below(plain.roles().size());
        PlainRole role = plain.roles().get(index);
        List<String> rights = new ArrayList<>(role.permissions());
        PlainPolicy edited = switch (choices.below(4)) {
            case 1 -> {
                rights.removeIf(key -> choices.oneIn(2));
                yield plain.withRole(index, role.withPermissions(rights));
            }
            case 2 -> plain.withoutRole(role.id());
            case 3 -> plain.withRole(index, role.withTimes(role.createdAt(), role.updatedAt(), NOW));
            default ->
                plain.assignments().isEmpty() ? plain : plain.withoutAssignment(choices.oneOf(plain.assignments()));
        };
        return allowed(edited, plain);
    }

    private static PlainPolicy allowed(PlainPolicy edited, PlainPolicy before) {
        return Validity.violations(edited).isEmpty() ? edited : before;
    }

    /** Returns a policy with a new assignment appended. */
    PlainPolicy assigned(PlainPolicy plain) {
        if (plain.roles().isEmpty()) {
            return plain;
        }
        PlainRole role = choices.oneOf(plain.roles());
        List<PlainTarget> targets = RandomValidPolicy.targets(plain, role.scope());
        if (targets.isEmpty()) {
            return plain;
        }
        List<String> users = new ArrayList<>(List.of("user1", "user2", "user3"));
        plain.assignments().stream().map(Assignment::user).distinct().forEach(users::add);
        return allowed(plain.withAssignment(choices.oneOf(users), role.id(), choices.oneOf(targets)), plain);
    }

    private PlainPolicy withNewRole(PlainPolicy plain) {
        List<String> ids = plain.roles().stream().map(PlainRole::id).toList();
        List<String> names = plain.roles().stream()
                .map(role -> Spelling.comparableName(String.valueOf(role.name())))
                .toList();
        PlainRole role = PlainRole.of(
                        RandomWords.numbered("role", ids::contains),
                        choices.oneOf(plain.rules().scopes()))
                .withTexts(RandomWords.newName("New", names), null);
        return plain.withRole(role.withPermissions(someRights(plain, role.scope())));
    }

    private List<String> someRights(PlainPolicy plain, Scope scope) {
        return plain.actions().stream()
                .filter(action -> action.scopes().contains(scope) && choices.oneIn(2))
                .map(Action::key)
                .toList();
    }

    /** Returns a policy with an active role discarded, or a discarded one restored. */
    private PlainPolicy withRoleState(PlainPolicy plain) {
        if (plain.roles().isEmpty()) {
            return plain;
        }
        int index = choices.below(plain.roles().size());
        PlainRole role = plain.roles().get(index);
        return plain.withRole(index, role.withTimes(role.createdAt(), role.updatedAt(), role.isActive() ? NOW : null));
    }

    private PlainPolicy withRights(PlainPolicy plain) {
        if (plain.roles().isEmpty()) {
            return plain;
        }
        int index = choices.below(plain.roles().size());
        PlainRole role = plain.roles().get(index);
        return plain.withRole(index, role.withPermissions(someRights(plain, role.scope())));
    }

    private static String freshChat(PlainPolicy plain) {
        List<String> ids = plain.chats().stream().map(Chat::id).toList();
        return RandomWords.numbered("chat", ids::contains);
    }

    /** Returns a policy with one chat moved. */
    private PlainPolicy moved(PlainPolicy plain) {
        if (plain.chats().isEmpty()) {
            return plain;
        }
        int index = choices.below(plain.chats().size());
        int parent = choices.below(plain.teams().size() + 1);
        return moved(plain, index, parent == 0 ? null : plain.teams().get(parent - 1));
    }

    /** Returns a policy with one chat moved to a team, or to the account. */
    static PlainPolicy moved(PlainPolicy plain, int index, @Nullable String team) {
        List<Chat> chats = new ArrayList<>(plain.chats());
        chats.set(index, new Chat(chats.get(index).id(), team));
        return plain.withChats(chats);
    }

    private PlainPolicy withoutChatOrUser(PlainPolicy plain) {
        if (!plain.chats().isEmpty() && choices.oneIn(2)) {
            return plain.withoutChat(choices.oneOf(plain.chats()).id());
        }
        return plain.assignments().isEmpty()
                ? plain
                : plain.withoutUser(choices.oneOf(plain.assignments()).user());
    }

    /** Returns a list in another order. */
    <T> List<T> shuffled(List<T> list) {
        List<T> rest = new ArrayList<>(list);
        List<T> shuffled = new ArrayList<>();
        IntStream.range(0, list.size()).forEach(i -> shuffled.add(rest.remove(choices.below(rest.size()))));
        return shuffled;
    }
}
