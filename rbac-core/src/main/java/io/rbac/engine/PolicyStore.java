package io.rbac.engine;

import io.rbac.model.Policy;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the policies of all accounts: what an engine loads from and commits to.
 *
 * <p>An implementation is thread-safe, and linearizable for each account: it is as if calls for one account were done one
 * after the other, each at some moment between its start and its end. What the store cannot do it says by a {@link
 * PolicyStoreException}; where a write may have happened in spite of it, by one whose {@link
 * PolicyStoreException#outcomeUnknown()} is true. An account is any text: one that cannot be an id is one that does not
 * exist.
 *
 * @since 0.1
 */
public interface PolicyStore {

    /**
     * Returns the policy of an account, empty for an unknown one: the newest revision that was acknowledged before this
     * call, or a newer one, never an older one.
     *
     * <p>It may be under any catalog and any rules: an engine takes it over to its own.
     */
    Optional<Policy> load(String account);

    /**
     * Keeps the first policy of an account, at the revision that it states. It is durable when this method returns true.
     *
     * @return false, and nothing is changed, if the account exists
     */
    boolean create(Policy policy);

    /**
     * Replaces the policy of an account by the next revision. It is durable when this method returns true.
     *
     * @param commit what was changed: a store of rows writes its effects
     * @param result the policy that results, at the revision of the commit: a store of documents writes it
     * @return false, and nothing is changed, if {@code commit.revision() - 1} is not the stored revision
     */
    boolean commit(Commit commit, Policy result);

    /**
     * Returns the commits of an account after a revision, in order: without gap from the one that follows it to the
     * newest, equal to those that were given to {@link #commit}; none if it is the newest.
     *
     * @return empty if they are not known, or no longer: what is wanted must be loaded
     */
    Optional<List<Commit>> commitsSince(String account, long revision);

    /**
     * Removes an account with all that is kept of it.
     *
     * @return false if there was none
     */
    boolean remove(String account);
}
