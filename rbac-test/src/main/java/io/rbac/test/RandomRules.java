package io.rbac.test;

import io.rbac.model.Scope;
import java.util.List;

/** Makes random rules that do not contradict themselves. */
final class RandomRules {
    private static final List<List<Scope>> SCOPES = List.of(
            List.of(Scope.ACCOUNT, Scope.TEAM, Scope.CHAT),
            List.of(Scope.ACCOUNT),
            List.of(Scope.ACCOUNT, Scope.TEAM),
            List.of(Scope.ACCOUNT, Scope.CHAT),
            List.of(Scope.TEAM, Scope.CHAT),
            List.of(Scope.TEAM),
            List.of(Scope.CHAT));

    private final Choices choices;
    private PlainRules rules = PlainRules.standard();

    RandomRules(Choices choices) {
        this.choices = choices;
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
        if (choices.oneIn(4)) {
            changeScopes();
        }
        for (Scope scope : rules.scopes()) {
            changeDefaults(scope);
        }
        rules = rules.withRightsRequired(choices.oneIn(4))
                .withRolesPerTarget(choices.oneIn(5) ? Integer.valueOf(choices.between(1, 3)) : null)
                .withPlacedChats(choices.oneIn(3) ? "trusted" : "refused")
                .withEdits(
                        choices.oneIn(4) ? "none" : "defaults",
                        choices.oneOf(List.of("discard", "discard", "delete", "refuse")),
                        new PlainRules.SystemRoles(!choices.oneIn(4), !choices.oneIn(4)));
        return rules;
    }

    private void changeScopes() {
        List<Scope> scopes = choices.oneOf(SCOPES);
        rules = rules.withScopes(scopes, choices.oneIn(2) ? choices.oneOf(scopes) : null);
        if (!scopes.contains(Scope.ACCOUNT)) {
            rules = rules.withDefaults(Scope.ACCOUNT, 0, null);
        }
    }

    private void changeDefaults(Scope scope) {
        if (choices.oneIn(5)) {
            int min = choices.below(3);
            Integer max = choices.oneIn(2) ? Integer.valueOf(Math.max(min, 1) + choices.below(2)) : null;
            rules = rules.withDefaults(scope, min, max);
        }
    }
}
