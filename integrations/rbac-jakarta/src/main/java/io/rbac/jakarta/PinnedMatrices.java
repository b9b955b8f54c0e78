package io.rbac.jakarta;

import io.rbac.engine.PermissionEngine;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation.Code;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The matrices that one request is answered from: of each account the one that was current when it was first asked. */
final class PinnedMatrices {

    private final Map<String, Optional<PermissionMatrix>> matrices = new ConcurrentHashMap<>();

    /** Returns the matrix of an account, empty if there is no such account. */
    Optional<PermissionMatrix> matrix(PermissionEngine engine, String account) {
        Optional<PermissionMatrix> pinned = matrices.get(account);
        return pinned == null ? pin(account, current(engine, account)) : pinned;
    }

    /** Keeps the answer that came first, whoever asked: an account is never loaded under a lock of the table. */
    private Optional<PermissionMatrix> pin(String account, Optional<PermissionMatrix> found) {
        Optional<PermissionMatrix> before = matrices.putIfAbsent(account, found);
        return before == null ? found : before;
    }

    private static Optional<PermissionMatrix> current(PermissionEngine engine, String account) {
        try {
            return Optional.of(engine.matrix(account));
        } catch (PolicyViolationException e) {
            if (e.violations().get(0).code() == Code.ACCOUNT_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
