package io.rbac.spring;

import io.rbac.engine.PermissionEngine;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation.Code;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The matrices that one request is answered from: of each account the one that was current when it was first asked. */
final class PinnedMatrices {

    static final String ATTRIBUTE = PinnedMatrices.class.getName();

    /** For questions outside of a request: nothing is kept for the next one. */
    static final PinnedMatrices NONE = new PinnedMatrices(false);

    /** Sized for what most requests ask about: one account. */
    private final Map<String, Optional<PermissionMatrix>> matrices = new ConcurrentHashMap<>(1);

    private final boolean isKept;

    private PinnedMatrices(boolean isKept) {
        this.isKept = isKept;
    }

    /** Returns the matrices of a new request. */
    static PinnedMatrices ofRequest() {
        return new PinnedMatrices(true);
    }

    /**
     * Returns the matrix of an account, empty if there is no such account.
     *
     * @param hits counts what the engine had in memory when the account was first asked about
     */
    Optional<PermissionMatrix> matrix(PermissionEngine engine, String account, LongAdder hits) {
        Optional<PermissionMatrix> pinned = matrices.get(account);
        if (pinned != null) {
            return pinned;
        }
        Optional<PermissionMatrix> found = inMemory(engine, account, hits);
        return found.isPresent() ? found : pin(account, current(engine, account));
    }

    /** Returns the matrix of an account if that takes no wait; empty if the store would have to be asked. */
    Optional<PermissionMatrix> inMemory(PermissionEngine engine, String account, LongAdder hits) {
        Optional<PermissionMatrix> pinned = matrices.get(account);
        if (pinned != null) {
            return pinned;
        }
        Optional<PermissionMatrix> found = engine.matrixInMemory(account);
        if (found.isEmpty()) {
            return found;
        }
        hits.increment();
        return pin(account, found);
    }

    /** Keeps the answer that came first, whoever asked: an account is never loaded under a lock of the table. */
    private Optional<PermissionMatrix> pin(String account, Optional<PermissionMatrix> found) {
        if (!isKept) {
            return found;
        }
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
