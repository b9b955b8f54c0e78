package io.rbac.cli;

import io.rbac.model.PolicyRules.UnknownTargets;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The path of a target: where an assignment counts for it (S5). */
final class TargetPath {

    private TargetPath() {}

    /**
     * Returns the targets on the path that the policy knows, from the account down; none if the path is empty.
     *
     * @param asked the target, with its given parent if there is one
     */
    static List<Target> of(Policy policy, Target asked) {
        Optional<Target> given = asked.parent();
        if (policy.hasTarget(asked)) {
            return given.isEmpty() || given.equals(policy.parentOf(asked))
                    ? upwards(policy, asked.withoutParent())
                    : List.of();
        }
        if (given.isEmpty()
                || policy.rules().unknownTargets() == UnknownTargets.REFUSED
                || !asked.scope().canLieIn(given.get().scope())) {
            return List.of();
        }
        List<Target> path = upwards(policy, given.get());
        return path.size() < ScopeTree.MAX_PATH ? path : List.of();
    }

    private static List<Target> upwards(Policy policy, Target target) {
        List<Target> path = new ArrayList<>();
        for (Optional<Target> next = Optional.of(target).filter(policy::hasTarget);
                next.isPresent();
                next = policy.parentOf(next.get())) {
            path.add(next.get());
        }
        Collections.reverse(path);
        return path;
    }
}
