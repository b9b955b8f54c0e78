package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A store that keeps policies in the memory of this process: the default of an engine. It remembers the last few
 * commits of each account.
 *
 * <p>This class is thread-safe.
 *
 * @since 0.1
 */
public final class InMemoryPolicyStore implements PolicyStore {

    /**
     * Enough to find out what became of a commit. More would cost memory: a commit may have as many effects as a batch.
     */
    private static final int MAX_COMMITS = 16;

    private final ConcurrentMap<String, Stored> accounts = new ConcurrentHashMap<>();

    /** Creates an empty store. */
    public InMemoryPolicyStore() {}

    @Override
    public Optional<Policy> load(String account) {
        return Optional.ofNullable(accounts.get(requireNonNull(account, "account")))
                .map(stored -> stored.policy);
    }

    @Override
    public boolean create(Policy policy) {
        return accounts.putIfAbsent(policy.account(), new Stored(policy, List.of())) == null;
    }

    @Override
    public boolean commit(Commit commit, Policy result) {
        requireNonNull(result, "result");
        Stored stored = accounts.get(commit.account());
        return stored != null
                && stored.policy.revision() == commit.revision() - 1
                && accounts.replace(commit.account(), stored, stored.with(commit, result));
    }

    @Override
    public Optional<List<Commit>> commitsSince(String account, long revision) {
        Stored stored = accounts.get(requireNonNull(account, "account"));
        return stored == null ? Optional.empty() : stored.commitsSince(revision);
    }

    @Override
    public boolean remove(String account) {
        return accounts.remove(requireNonNull(account, "account")) != null;
    }

    /** Returns the number of accounts, human-readable. */
    @Override
    public String toString() {
        return "InMemoryPolicyStore of " + accounts.size() + " accounts";
    }

    /** One account at one revision; replaced as a whole, and compared by identity. */
    private static final class Stored {

        private final Policy policy;
        private final List<Commit> commits;

        Stored(Policy policy, List<Commit> commits) {
            this.policy = policy;
            this.commits = commits;
        }

        Stored with(Commit commit, Policy result) {
            List<Commit> newest =
                    new ArrayList<>(commits.subList(commits.size() < MAX_COMMITS ? 0 : 1, commits.size()));
            newest.add(commit);
            return new Stored(result, List.copyOf(newest));
        }

        Optional<List<Commit>> commitsSince(long revision) {
            long missing = policy.revision() - revision;
            return missing < 0 || missing > commits.size()
                    ? Optional.empty()
                    : Optional.of(commits.subList(commits.size() - (int) missing, commits.size()));
        }
    }
}
