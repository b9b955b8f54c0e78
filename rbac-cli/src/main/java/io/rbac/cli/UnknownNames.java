package io.rbac.cli;

import io.rbac.model.PolicyRules.UnknownTargets;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The names in questions that a policy does not know. The nearest known name is looked for once for each unknown one, and
 * for the first ten only.
 */
final class UnknownNames {

    private final Policy policy;
    private final Violation.Collector unknown = new Violation.Collector();
    private final Map<Object, String> notes = new HashMap<>();

    UnknownNames(Policy policy) {
        this.policy = policy;
    }

    /** Returns a sentence for each part of a question that the policy does not know; usually none. */
    List<String> in(Question question) {
        List<String> found = new ArrayList<>(ofUser(question.user()));
        found.addAll(ofTarget(question.target()));
        return List.copyOf(found);
    }

    /** Returns a sentence if the policy does not know a user; usually none. */
    List<String> ofUser(String user) {
        return policy.hasUser(user) ? List.of() : List.of(note(user, user, "user", policy::users));
    }

    /** Returns a sentence if the policy does not know a target, or not in its given parent; usually none. */
    List<String> ofTarget(Target target) {
        List<String> found = new ArrayList<>();
        if (target.parent().isPresent()) {
            addParent(found, target, target.parent().get());
        } else {
            addTarget(found, target);
        }
        return List.copyOf(found);
    }

    private void addParent(List<String> found, Target target, Target parent) {
        Target known = policy.parentOf(target).orElse(null);
        if (known != null) {
            if (!known.equals(parent)) {
                found.add(target.scope() + " " + Violation.quote(target.id()) + " lies in "
                        + Violation.quote(known.toString()) + ", not in " + Violation.quote(parent.toString()));
            }
        } else if (policy.rules().unknownTargets() == UnknownTargets.REFUSED) {
            addTarget(found, target);
        } else if (!policy.hasTarget(parent)) {
            addTarget(found, parent);
        } else if (!target.scope().canLieIn(parent.scope()) || pathLength(parent) == ScopeTree.MAX_PATH) {
            found.add(Violation.quote(target.withoutParent().toString()) + " cannot lie in "
                    + Violation.quote(parent.toString()) + ", by its scope or by the length of its path");
        }
    }

    private int pathLength(Target target) {
        int length = 0;
        for (Optional<Target> next = Optional.of(target); next.isPresent(); next = policy.parentOf(next.get())) {
            length++;
        }
        return length;
    }

    private void addTarget(List<String> found, Target target) {
        if (!policy.hasTarget(target)) {
            found.add(note(target.withoutParent(), target.id(), target.scope().name(), () -> ids(target.scope())));
        }
    }

    private List<String> ids(Scope scope) {
        return policy.targets(scope).stream().map(Target::id).toList();
    }

    /** Returns the note about what is asked for, a user or a target. */
    private String note(Object asked, String id, String kind, Supplier<Collection<String>> known) {
        String message = Violation.quote(id) + " is not a " + kind + " of account " + Violation.quote(policy.account());
        return notes.computeIfAbsent(asked, key -> {
            String note = message + unknown.didYouMean(id, known);
            unknown.add(Violation.Code.TARGET_NOT_FOUND, "", id, message);
            return note;
        });
    }
}
