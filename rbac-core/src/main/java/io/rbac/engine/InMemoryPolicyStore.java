package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Version;
import io.rbac.policy.Policy;
import io.rbac.text.CodePoints;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

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

    private final ConcurrentNavigableMap<String, Stored> accounts = new ConcurrentSkipListMap<>(CodePoints.ORDER);

    /** Creates an empty store. */
    public InMemoryPolicyStore() {}

    @Override
    public Optional<StoredPolicy> load(String account) {
        Stored stored = accounts.get(requireNonNull(account, "account"));
        return stored == null
                ? Optional.empty()
                : Optional.of(new StoredPolicy(stored.policy, stored.newest().digest()));
    }

    @Override
    public Map<String, Version> versions(Collection<String> ids) {
        Map<String, Version> versions = new HashMap<>();
        for (String id : ids) {
            Stored stored = accounts.get(id);
            if (stored != null) {
                versions.put(id, stored.policy.version());
            }
        }
        return versions;
    }

    @Override
    public List<String> accounts(@Nullable String after, int limit) {
        requireLimit(limit);
        return (after == null ? accounts : accounts.tailMap(after, false))
                .keySet().stream().limit(limit).toList();
    }

    @Override
    public Optional<List<Commit>> history(String account, Version after, int limit) {
        requireNonNull(account, "account");
        requireNonNull(after, "version");
        requireLimit(limit);
        Stored stored = accounts.get(account);
        return stored == null ? Optional.empty() : stored.history(after, limit);
    }

    private static void requireLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is `" + limit + "`: expected at least 1");
        }
    }

    @Override
    public boolean create(Commit first, Policy policy) {
        requireNonNull(policy, "policy");
        return accounts.putIfAbsent(first.account(), new Stored(policy, List.of(first))) == null;
    }

    @Override
    public boolean commit(Commit commit, Policy result) {
        requireNonNull(result, "result");
        Version version = commit.version();
        Stored stored = accounts.get(commit.account());
        return stored != null
                && version.revision() > 1
                && stored.policy.version().equals(version.at(version.revision() - 1))
                && accounts.replace(commit.account(), stored, stored.with(commit, result));
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

        Commit newest() {
            return commits.get(commits.size() - 1);
        }

        Stored with(Commit commit, Policy result) {
            List<Commit> newest =
                    new ArrayList<>(commits.subList(commits.size() < MAX_COMMITS ? 0 : 1, commits.size()));
            newest.add(commit);
            return new Stored(result, List.copyOf(newest));
        }

        Optional<List<Commit>> history(Version after, int limit) {
            long missing = policy.revision() - after.revision();
            if (!policy.version().isOfSameLife(after) || missing < 0 || missing > commits.size()) {
                return Optional.empty();
            }
            int first = commits.size() - (int) missing;
            return Optional.of(commits.subList(first, first + (int) Math.min(limit, missing)));
        }
    }
}
