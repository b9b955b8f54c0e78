package io.rbac.cli;

import io.rbac.model.PolicyRules.PlacedChats;
import io.rbac.model.Scope;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The names in questions that a policy does not know. The nearest known name is looked for once for each unknown one, and
 * for the first ten only.
 */
final class UnknownNames {

    private final Policy policy;
    private final Violation.Collector unknown = new Violation.Collector();
    private final Map<String, String> notes = new HashMap<>();

    UnknownNames(Policy policy) {
        this.policy = policy;
    }

    /** Returns a sentence for each part of a question that the policy does not know; usually none. */
    List<String> in(Question question) {
        List<String> found = new ArrayList<>();
        if (!policy.hasUser(question.user())) {
            found.add(note(question.user(), "user", policy::users));
        }
        Target target = question.target();
        if (target.parent().isPresent()) {
            addParent(found, target, target.parent().get());
        } else {
            addTarget(found, target);
        }
        return found;
    }

    private void addParent(List<String> found, Target chat, Target parent) {
        if (!policy.hasTarget(chat)) {
            addTarget(found, policy.rules().placedChats() == PlacedChats.TRUSTED ? parent : chat);
            return;
        }
        Target known = policy.teamOf(chat.id()).map(Target::team).orElse(Target.account());
        if (!known.equals(parent)) {
            found.add("chat " + Violation.quote(chat.id()) + " lies in " + Violation.quote(known.toString())
                    + ", not in " + Violation.quote(parent.toString()));
        }
    }

    private void addTarget(List<String> found, Target target) {
        if (!policy.hasTarget(target)) {
            found.add(note(
                    target.id(),
                    target.scope().word(),
                    () -> target.scope() == Scope.TEAM ? policy.teams() : policy.chats()));
        }
    }

    private String note(String id, String kind, Supplier<Collection<String>> known) {
        String message = Violation.quote(id) + " is not a " + kind + " of account " + Violation.quote(policy.account());
        return notes.computeIfAbsent(kind + ' ' + id, key -> {
            String note = message + unknown.didYouMean(id, known);
            unknown.add(Violation.Code.TARGET_NOT_FOUND, "", id, message);
            return note;
        });
    }
}
