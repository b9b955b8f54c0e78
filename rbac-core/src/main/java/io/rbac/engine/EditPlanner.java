package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.guard.AdminGuard;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Change;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Rights;
import io.rbac.model.Version;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.policy.AppliedChanges;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans an edit on one revision: resolves ids, asks the guard, applies the changes, checks invariants. Writes nothing. */
final class EditPlanner {

    static final int MAX_CHANGES = 100_000;

    private final @Nullable AdminGuard guard;
    private final InstantSource clock;
    private final ChangeResolver resolver;
    private final InvariantRule invariants;

    EditPlanner(@Nullable AdminGuard guard, InstantSource clock, ChangeResolver resolver, InvariantRule invariants) {
        this.guard = guard;
        this.clock = clock;
        this.resolver = resolver;
        this.invariants = invariants;
    }

    /**
     * A commit that an edit would make, and what it leads to.
     *
     * @param commit the commit
     * @param matrix the resulting policy compiled
     */
    record PlannedCommit(Commit commit, PermissionMatrix matrix) {

        boolean changesNothing() {
            return commit.effects().isEmpty();
        }
    }

    /** Returns the time of the clock, in whole milliseconds. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Refuses an edit that is too large, whatever the revision.
     *
     * @throws PolicyViolationException ({@link Code#LIMIT_EXCEEDED}) for too many changes
     */
    static void requireSize(PolicyEdit edit) {
        int size = edit.changes().size();
        if (size > MAX_CHANGES) {
            throw violation(
                    Code.LIMIT_EXCEEDED,
                    "/changes",
                    Integer.toString(size),
                    "the batch has `" + size + "` changes: expected at most " + MAX_CHANGES);
        }
    }

    /**
     * Returns the commit that an edit would make, and what it leads to.
     *
     * @throws PolicyViolationException if the edit is refused
     */
    PlannedCommit plan(PermissionMatrix matrix, PolicyEdit edit) {
        Policy base = matrix.policy();
        requireExpected(edit, base);
        Instant time = now();
        List<Change> changes = resolver.resolve(base, edit.changes());
        if (edit.actor().isPresent() || edit.restriction().isPresent()) {
            requireAllowed(matrix, edit, changes);
        }
        AppliedChanges applied = base.apply(changes, time);
        PermissionMatrix result = matrix.updatedTo(applied.policy());
        invariants.requireKept(matrix, result, "/changes");
        Commit commit = Commit.of(
                base.account(),
                applied.policy().version(),
                applied.policy().digest(),
                edit.actor().orElse(null),
                time,
                edit.reason().orElse(null),
                changes,
                applied.effects());
        return new PlannedCommit(commit, result);
    }

    private static void requireExpected(PolicyEdit edit, Policy base) {
        Version expected = edit.expected().orElse(base.version());
        if (!expected.equals(base.version())) {
            throw violation(
                    Code.CONFLICT,
                    "",
                    expected.toString(),
                    "account " + Violation.quote(base.account()) + " is at version `" + base.version() + "`: expected `"
                            + expected + "`");
        }
    }

    private void requireAllowed(PermissionMatrix matrix, PolicyEdit edit, List<Change> changes) {
        String actor = edit.actor().orElse(null);
        Rights restriction = edit.restriction().orElse(null);
        if (guard == null) {
            throw violation(
                    Code.FORBIDDEN,
                    "",
                    actor,
                    (actor == null ? "the edit is restricted" : "the edit names the actor " + Violation.quote(actor))
                            + ", and the engine has no guard: expected an edit of the host");
        }
        if (actor == null) {
            guard.checkAccount(matrix, requireNonNull(restriction), changes);
        } else if (restriction == null) {
            guard.check(matrix, actor, changes);
        } else {
            guard.check(matrix, actor, restriction, changes);
        }
    }

    static PolicyViolationException violation(Code code, String path, @Nullable String value, String message) {
        return PolicyViolationException.of(Violation.of(code, path, value, message));
    }

    static PolicyViolationException unknownAccount(String account) {
        return violation(Code.ACCOUNT_NOT_FOUND, "", account, "there is no account " + Violation.quote(account));
    }
}
