package io.rbac.engine;

import io.rbac.policy.Policy;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the policies of all accounts: an engine loads from it and commits to it.
 *
 * <p>If a call fails, it throws a {@link PolicyStoreException}; its {@link PolicyStoreException#outcomeUnknown()} is
 * true if a write may have happened nevertheless. An account may be given as any string: one that is not an id is an
 * account that does not exist.
 *
 * <p>An implementation is thread-safe, and linearizable for each account: each call takes effect at some moment between
 * its start and its end, as if the calls for one account were made one after the other.
 *
 * @since 0.1
 */
public interface PolicyStore {

    /**
     * Returns the policy of an account, empty if there is none: the newest revision that was acknowledged before this
     * call, or a newer one, never an older one.
     *
     * <p>It may have any catalog and rules: an engine rebinds it to its own.
     */
    Optional<Policy> load(String account);

    /**
     * Stores the first policy of an account, at that policy's revision. It is durable once this method returns true.
     *
     * @return false, and nothing is changed, if the account exists
     */
    boolean create(Policy policy);

    /**
     * Replaces the policy of an account by the next revision. It is durable once this method returns true.
     *
     * @param commit what was changed; a store of rows writes its effects
     * @param result the resulting policy, at the revision of the commit; a store of documents writes it
     * @return false, and nothing is changed, if {@code commit.revision() - 1} is not the stored revision
     */
    boolean commit(Commit commit, Policy result);

    /**
     * Returns the commits of an account after a revision, in order: from the one that follows it to the newest without
     * a gap, equal to those that were given to {@link #commit}.
     *
     * @return an empty list if the revision is the newest; an empty {@code Optional} if the commits are not known, or
     *     no longer, so that the policy must be loaded instead
     */
    Optional<List<Commit>> commitsSince(String account, long revision);

    /**
     * Removes an account and everything that is stored of it.
     *
     * @return false if there was no such account
     */
    boolean remove(String account);
}
