package io.rbac.test;

import io.rbac.test.PlainGroup.Action;
import io.rbac.test.PlainPolicy.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
            case 6, 7 -> withNewTarget(plain);
            case 8 -> moved(plain);
            case 9 -> withoutTarget(plain);
            default -> withoutUser(plain);
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
        List<PlainTarget> targets = plain.targets(role.scope());
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
        PlainRole role = PlainRole.of(RandomWords.numbered("role", ids::contains), choices.oneOf(plain.allowedScopes()))
                .withTexts(RandomWords.newName("New", names), null);
        return plain.withRole(role.withPermissions(someRights(plain, role.scope())));
    }

    private List<String> someRights(PlainPolicy plain, PlainScope scope) {
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

    private PlainPolicy withNewTarget(PlainPolicy plain) {
        Picks picks = new Picks(choices, plain);
        PlainScope scope = picks.scopeBelowAccount();
        return scope == null ? plain : plain.withTarget(picks.newTarget(scope), picks.parentFor(scope));
    }

    /** Returns a policy with one target moved, and what lies below it. */
    private PlainPolicy moved(PlainPolicy plain) {
        Picks picks = new Picks(choices, plain);
        PlainTarget target = picks.targetBelowAccount();
        return target == null ? plain : plain.withMoved(target, picks.newParentOf(target));
    }

    private PlainPolicy withoutTarget(PlainPolicy plain) {
        PlainTarget target = new Picks(choices, plain).targetBelowAccount();
        return target == null ? plain : plain.withoutTarget(target);
    }

    private PlainPolicy withoutUser(PlainPolicy plain) {
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
