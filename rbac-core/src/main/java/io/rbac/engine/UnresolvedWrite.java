package io.rbac.engine;

import io.rbac.policy.Policy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A write that may or may not have happened, until the store is read again. */
final class UnresolvedWrite {

    private final Commit commit;
    private final Policy result;
    private volatile Outcome outcome = Outcome.UNKNOWN;

    UnresolvedWrite(Commit commit, Policy result) {
        this.commit = commit;
        this.result = result;
    }

    Outcome outcome() {
        return outcome;
    }

    /**
     * Finds out what became of the write.
     *
     * @param store the store, which may be asked for its commits
     * @param stored the policy that the store has by now, null if it has none
     */
    void resolve(PolicyStore store, @Nullable Policy stored) {
        if (stored == null || stored.revision() < commit.revision()) {
            return;
        }
        Optional<List<Commit>> since = store.commitsSince(commit.account(), commit.revision() - 1);
        if (since.isPresent()
                && !since.get().isEmpty()
                && isOfRevision(since.get().get(0))) {
            outcome = since.get().get(0).equals(commit) ? Outcome.HAPPENED : Outcome.OVERTAKEN;
        } else if (stored.revision() == commit.revision()) {
            outcome = stored.equals(result) ? Outcome.HAPPENED : Outcome.OVERTAKEN;
        }
    }

    private boolean isOfRevision(Commit other) {
        return other.revision() == commit.revision();
    }

    /** What became of a write. */
    enum Outcome {
        /** It is stored under its revision. */
        HAPPENED,
        /** Something else is stored under its revision, so it did not happen and never will. */
        OVERTAKEN,
        /** It has not happened yet, or nobody can tell. */
        UNKNOWN
    }
}
