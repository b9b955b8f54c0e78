package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.AppliedChanges;
import io.rbac.model.Change;
import io.rbac.model.Policy;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works out what an edit leads to on one revision: resolves, has the guard judge, applies. Nothing is written. */
final class EditPlan {

    static final int MAX_CHANGES = 100_000;

    private final @Nullable AdminGuard guard;
    private final InstantSource clock;
    private final ChangeResolver resolver;

    EditPlan(@Nullable AdminGuard guard, InstantSource clock, ChangeResolver resolver) {
        this.guard = guard;
        this.clock = clock;
        this.resolver = resolver;
    }

    /** Returns the time of the clock, in whole milliseconds. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Refuses what no revision could make right.
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
     * Returns what the edit leads to.
     *
     * @throws PolicyViolationException if it is refused
     */
    PlannedCommit plan(PermissionMatrix matrix, PolicyEdit edit) {
        Policy base = matrix.policy();
        requireExpected(edit, base);
        Instant at = now();
        List<Change> changes = resolver.resolve(base, edit.changes());
        Actor actor = Actor.of(matrix, edit);
        if (actor != null) {
            requireAllowed(actor, changes);
        }
        AppliedChanges applied = base.apply(changes, at);
        Commit commit = Commit.of(
                base.account(),
                applied.policy().revision(),
                edit.actor().orElse(null),
                at,
                edit.reason().orElse(null),
                changes,
                applied.effects());
        return new PlannedCommit(commit, applied);
    }

    private static void requireExpected(PolicyEdit edit, Policy base) {
        if (edit.expectedRevision().isPresent() && edit.expectedRevision().getAsLong() != base.revision()) {
            long expected = edit.expectedRevision().getAsLong();
            throw violation(
                    Code.CONFLICT,
                    "",
                    Long.toString(expected),
                    "account " + Violation.quote(base.account()) + " is at revision `" + base.revision()
                            + "`: expected `" + expected + "`");
        }
    }

    private void requireAllowed(Actor actor, List<Change> changes) {
        if (guard == null) {
            throw violation(
                    Code.FORBIDDEN,
                    "",
                    actor.user(),
                    (actor.user() == null ? "the edit is restricted" : "the edit names the " + actor)
                            + ", and the engine has no guard: expected an edit of the host");
        }
        guard.check(actor, changes);
    }

    static PolicyViolationException violation(Code code, String path, @Nullable String value, String message) {
        return PolicyViolationException.of(Violation.of(code, path, value, message));
    }

    static PolicyViolationException unknownAccount(String account) {
        return violation(Code.ACCOUNT_NOT_FOUND, "", account, "there is no account " + Violation.quote(account));
    }
}
