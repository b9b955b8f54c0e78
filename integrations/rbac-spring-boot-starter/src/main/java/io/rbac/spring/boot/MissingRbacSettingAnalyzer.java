package io.rbac.spring.boot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a missing setting. */
final class MissingRbacSettingAnalyzer extends AbstractFailureAnalyzer<MissingRbacSettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, MissingRbacSettingException cause) {
        return new FailureAnalysis("rbac: " + cause.getMessage() + '.', cause.action(), cause);
    }
}
