package io.rbac.test;

import java.util.ArrayList;
import java.util.List;

/** Makes random rules that do not contradict themselves. */
final class RandomRules {
    private final Choices choices;
    private final List<PlainScope> tree;
    private PlainRules rules = PlainRules.standard();

    RandomRules(Choices choices, List<PlainScope> tree) {
        this.choices = choices;
        this.tree = tree;
    }

    /** Returns the standard rules, or some that differ; without lockout permissions, which need a catalog. */
    PlainRules make() {
        if (choices.below(3) == 0) {
            return rules;
        }
        if (choices.oneIn(4)) {
            Integer most = choices.oneIn(3) ? null : choices.oneOf(List.of(60, 5, 6));
            rules = rules.withName(choices.oneOf(List.of(1, 0, 3)), most, choices.oneIn(2), choices.oneIn(2));
        }
        if (choices.oneIn(4)) {
            rules = rules.withDescription(
                    !choices.oneIn(3), choices.oneIn(3) ? null : choices.oneOf(List.of(500, 1, 9)));
        }
        List<PlainScope> scopes = choices.oneIn(4) ? changeScopes() : tree;
        scopes.forEach(this::changeDefaults);
        rules = rules.withRightsRequired(choices.oneIn(4))
                .withRolesPerTarget(choices.oneIn(5) ? Integer.valueOf(choices.between(1, 3)) : null)
                .withUnknownTargets(choices.oneIn(3) ? "trusted" : "refused")
                .withEdits(
                        choices.oneIn(4) ? "none" : "defaults",
                        choices.oneOf(List.of("discard", "discard", "delete", "refuse")),
                        new PlainRules.SystemRoles(!choices.oneIn(4), !choices.oneIn(4)));
        return rules;
    }

    /** Allows some scopes, mostly not all of them, and returns these. */
    private List<PlainScope> changeScopes() {
        List<PlainScope> scopes = new ArrayList<>(tree);
        scopes.removeIf(scope -> choices.oneIn(2));
        if (scopes.isEmpty()) {
            scopes.add(choices.oneOf(tree));
        }
        rules = rules.withScopes(scopes, choices.oneIn(2) ? choices.oneOf(scopes) : null);
        if (!scopes.contains(PlainScope.ACCOUNT)) {
            rules = rules.withDefaults(PlainScope.ACCOUNT, 0, null);
        }
        return scopes;
    }

    private void changeDefaults(PlainScope scope) {
        if (choices.oneIn(5)) {
            int min = choices.below(3);
            Integer max = choices.oneIn(2) ? Integer.valueOf(Math.max(min, 1) + choices.below(2)) : null;
            rules = rules.withDefaults(scope, min, max);
        }
    }
}
