package io.rbac.cli;

import io.rbac.review.PolicyLint;
import io.rbac.review.PolicyLint.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule of the command {@code lint}: one of the library's, or one of its own.
 *
 * @param id the stable id
 * @param severity how much its findings matter
 * @param description what it finds, as a sentence
 */
record LintRule(String id, Severity severity, String description) {

    static final LintRule CONFUSABLE_NAME = new LintRule(
            "confusable-name",
            Severity.WARNING,
            "The name or the id of a role looks like that of a system role, by Unicode's table of confusable characters.");

    static final LintRule BROKEN_INVARIANT =
            new LintRule("broken-invariant", Severity.WARNING, "Something that must hold in the policy does not hold.");

    /** Returns all rules, in the order in which their findings are listed. */
    static List<LintRule> all() {
        List<LintRule> rules = new ArrayList<>();
        rules.add(BROKEN_INVARIANT);
        rules.add(CONFUSABLE_NAME);
        for (PolicyLint.Rule rule : PolicyLint.Rule.values()) {
            rules.add(of(rule));
        }
        return List.copyOf(rules);
    }

    static LintRule of(PolicyLint.Rule rule) {
        String description = switch (rule) {
            case HOLDS_EVERYTHING -> "A user has every permission of the account, everywhere.";
            case DEFAULT_WITH_WRITE -> "A default role grants more than reading.";
            case REDUNDANT_ASSIGNMENT -> "Revoking an assignment changes no answer.";
            case DUPLICATE_ROLE -> "A role grants exactly what another one grants.";
            case SUBSUMED_ROLE -> "A role grants a part of what another one grants.";
            case UNUSED_ROLE -> "Nobody holds a role.";
            case ROLE_WITHOUT_RIGHTS -> "A role grants nothing.";
            case UNGRANTED_PERMISSION -> "No active role grants a permission.";
        };
        return new LintRule(rule.id(), rule.severity(), description);
    }

    /** Returns the word for the severity, in texts and in SARIF. */
    String level() {
        return switch (severity) {
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }
}
