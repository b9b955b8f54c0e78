package io.rbac.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.Violation;
import io.rbac.review.AccessInvariant;
import io.rbac.review.PolicyLint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that looks wrong in a policy.
 *
 * @param rule the rule that found it
 * @param place what it is about: {@code role/ID}, {@code user/ID}, {@code permission/KEY} or a target
 * @param message what was found
 * @param line the line of the place in the file, 0 if it is unknown
 * @param suggestion a change that removes it and changes no answer, null if there is none
 */
record LintFinding(
        LintRule rule,
        String place,
        String message,
        int line,
        @Nullable Change suggestion) {

    /** Returns everything that the rules find in a policy alone, without invariants, in the order of the rules. */
    static List<LintFinding> in(PermissionMatrix matrix) {
        List<LintFinding> all = new ArrayList<>(ConfusableNames.in(matrix.policy()));
        PolicyLint.standard().check(matrix).forEach(found -> all.add(of(found)));
        return all;
    }

    private static LintFinding of(PolicyLint.Finding finding) {
        return new LintFinding(
                LintRule.of(finding.rule()),
                finding.place(),
                finding.message(),
                0,
                finding.suggestion().orElse(null));
    }

    static LintFinding of(AccessInvariant invariant, AccessInvariant.Counterexample counterexample) {
        String target = counterexample.target().toString();
        return new LintFinding(
                LintRule.BROKEN_INVARIANT,
                counterexample.user().map(user -> "user/" + user).orElse(target),
                "it must hold that " + invariant + ", but " + counterexample.message(),
                0,
                null);
    }

    LintFinding at(int newLine) {
        return new LintFinding(rule, place, message, newLine, suggestion);
    }

    /** Returns the finding and the suggested change, if there is one, each on a line. */
    List<String> lines(String file) {
        List<String> lines = new ArrayList<>();
        lines.add(Documents.location(file, line, 0) + ": " + rule.level() + ": " + message + " [" + rule.id() + ']');
        if (suggestion != null) {
            lines.add("    suggestion: " + suggestionText(suggestion));
        }
        return lines;
    }

    /** Returns a change as an instruction. */
    static String suggestionText(Change change) {
        if (change instanceof Change.Unassign unassign) {
            return "revoke role " + Violation.quote(unassign.role()) + " at "
                    + Violation.quote(unassign.target().toString()) + " from user " + Violation.quote(unassign.user());
        }
        return change instanceof Change.DeleteRole deletion
                ? "delete role " + Violation.quote(deletion.role())
                : SafeText.of(change.toString());
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", rule.id());
        json.writeStringField("severity", rule.level());
        json.writeStringField("place", place);
        json.writeNumberField("line", line);
        json.writeStringField("message", message);
        if (suggestion != null) {
            json.writeStringField("suggestion", suggestionText(suggestion));
        }
        json.writeEndObject();
    }
}
