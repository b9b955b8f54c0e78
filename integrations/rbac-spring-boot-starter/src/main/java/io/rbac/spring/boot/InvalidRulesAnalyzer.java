package io.rbac.spring.boot;

import io.rbac.spring.InvalidRulesException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lists the rules that are wrong, without a stack trace. */
final class InvalidRulesAnalyzer extends AbstractFailureAnalyzer<InvalidRulesException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, InvalidRulesException cause) {
        return new FailureAnalysis(
                "rbac: rules about permissions cannot be meant as they are written:\n\n    "
                        + String.join("\n    ", cause.problems()),
                "Correct the annotations and rules, or the catalog of permissions.",
                cause);
    }
}
