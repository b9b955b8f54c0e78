package io.rbac.policy;

import io.rbac.model.Role;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.text.Ids;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** The violations of ids: those that are none, that refer to nothing, or to something of another scope (S3-S5, S14). */
final class References {

    private final Violation.Collector violations;

    References(Violation.Collector violations) {
        this.violations = violations;
    }

    /** Checks an id, and returns whether it is one. */
    boolean checkId(String path, String what, String id) {
        String fault = Ids.fault(id);
        if (fault != null) {
            violations.add(Code.ID_INVALID, path, id, what + " id " + Violation.quote(id) + ' ' + fault);
        }
        return fault == null;
    }

    void roleNotFound(String path, String id, Supplier<? extends Collection<String>> known) {
        violations.add(
                Code.ROLE_NOT_FOUND,
                path,
                id,
                "there is no role " + Violation.quote(id) + violations.didYouMean(id, known));
    }

    void targetNotFound(String path, Target target) {
        targetNotFound(path, target, List::of);
    }

    void targetNotFound(String path, Target target, Supplier<? extends Collection<String>> known) {
        violations.add(
                Code.TARGET_NOT_FOUND,
                path,
                target.id(),
                "there is no " + target.scope().word() + ' ' + Violation.quote(target.id())
                        + violations.didYouMean(target.id(), known));
    }

    void scopeMismatch(String path, Role role, Target target) {
        violations.add(
                Code.SCOPE_MISMATCH,
                path,
                role.id(),
                "role " + Violation.quote(role.id()) + " of the scope `"
                        + role.scope().word() + "` is assigned at " + Violation.quote(target.toString()));
    }
}
