package io.rbac.engine;

import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A write that may or may not have happened, until the store is read again. */
final class UnresolvedWrite {

    private final Commit commit;
    private volatile Outcome outcome = Outcome.UNKNOWN;

    UnresolvedWrite(Commit commit) {
        this.commit = commit;
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
        Version version = commit.version();
        if (stored == null) {
            return;
        }
        if (!stored.version().isOfSameLife(version)) {
            outcome = Outcome.OVERTAKEN;
            return;
        }
        if (!stored.version().isAtLeast(version)) {
            return;
        }
        Optional<List<Commit>> next = store.history(commit.account(), version.at(version.revision() - 1), 1);
        if (next.isPresent() && !next.get().isEmpty()) {
            outcome = next.get().get(0).equals(commit) ? Outcome.HAPPENED : Outcome.OVERTAKEN;
        } else if (stored.version().equals(version)) {
            outcome = stored.digest().equals(commit.digest()) ? Outcome.HAPPENED : Outcome.OVERTAKEN;
        }
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
