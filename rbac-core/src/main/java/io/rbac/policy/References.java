package io.rbac.policy;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Role;
import io.rbac.model.Scope;
import io.rbac.model.ScopeTree;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.table.FreeNumbers;
import io.rbac.text.Ids;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The violations of ids: those that are none, that refer to nothing, or to something of another scope (S3-S5, S14). */
final class References {

    private final Violation.Collector violations;

    References(Violation.Collector violations) {
        this.violations = violations;
    }

    /** Returns an editor of free numbers that refuses more than there may be. */
    static FreeNumbers.Editor pool(@Nullable FreeNumbers free, int max, String what) {
        return FreeNumbers.edit(
                free,
                max,
                () -> PolicyViolationException.of(Violation.of(
                        Code.LIMIT_EXCEEDED, "/changes", null, "there would be more than " + max + ' ' + what)));
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
                "there is no " + target.scope().name() + ' ' + Violation.quote(target.id())
                        + violations.didYouMean(target.id(), known));
    }

    /**
     * Checks that something of a target's scope can be added, moved or removed, and returns whether it can.
     *
     * @param list the path of the list that the target is in
     */
    boolean isBelowAccount(ScopeTree scopes, Target target, String list, Object position) {
        Scope scope = target.scope();
        if (!target.isAccount() && scopes.contains(scope)) { // before a path is made
            return true;
        }
        String path = list + position;
        if (target.isAccount()) {
            violations.add(
                    Code.SCOPE_INVALID,
                    path,
                    target.toString(),
                    "the account itself is not added, moved or removed: expected a target of another scope");
        } else {
            violations.add(
                    Code.SCOPE_INVALID,
                    path,
                    scope.name(),
                    Violation.quote(scope.name()) + " is not a scope of the catalog: expected one of "
                            + scopes.scopes());
        }
        return false;
    }

    /** Reports that a target cannot lie in another one because of their scopes. */
    void cannotLieIn(String path, Target target, Target parent) {
        parentInvalid(
                path,
                target,
                parent,
                target.scope().equals(parent.scope())
                        ? "the scope `" + target.scope().name() + "` does not nest"
                        : "expected the account or a target of a wider scope"
                                + (target.scope().nests() ? ", or of its own" : ""));
    }

    void parentInvalid(String path, Target target, Target parent, String why) {
        violations.add(
                Code.PARENT_INVALID,
                path,
                parent.toString(),
                Violation.quote(target.toString()) + " cannot lie in " + Violation.quote(parent.toString()) + ": "
                        + why);
    }

    void scopeMismatch(String path, Role role, Target target) {
        violations.add(
                Code.SCOPE_MISMATCH,
                path,
                role.id(),
                "role " + Violation.quote(role.id()) + " of the scope `"
                        + role.scope().name() + "` is assigned at " + Violation.quote(target.toString()));
    }
}
