package io.rbac.engine;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the policies of all accounts: engines load from it and commit to it, in one process or in many.
 *
 * <p>If a call fails, it throws a {@link PolicyStoreException}; its {@link PolicyStoreException#outcomeUnknown()} is
 * true if a write may have happened nevertheless. An account may be given as any string: one that is not an id is an
 * account that does not exist.
 *
 * <p>An implementation is thread-safe, and linearizable for each account: each call takes effect at some moment between
 * its start and its end, as if the calls for one account were made one after the other. A call returns or fails in bounded
 * time.
 *
 * @since 0.1
 */
public interface PolicyStore {

    /**
     * Returns the policy of an account, empty if there is none: the newest version that was acknowledged before this
     * call, or a newer one, never an older one.
     */
    Optional<StoredPolicy> load(String account);

    /**
     * Returns the newest version of each of these accounts that exists, as {@link #load} would, with as few round trips as
     * possible.
     */
    Map<String, Version> versions(Collection<String> accounts);

    /**
     * Returns the ids of accounts in the order of their code points: those that follow a given one.
     *
     * @param after the id that they follow, which need not exist; {@code null} for the first ones
     * @param limit how many to return at most; fewer are returned only if there are no more
     * @throws IllegalArgumentException if the limit is less than 1
     */
    List<String> accounts(@Nullable String after, int limit);

    /**
     * Returns the commits of an account that followed a version of its current life, oldest first and without a gap, equal
     * to those that were given to {@link #create} and {@link #commit}.
     *
     * @param after the version that they follow; revision 0 for the first one
     * @param limit how many to return at most; fewer are returned only if there are no more
     * @return an empty list if the version is the newest; an empty {@code Optional} if the account does not exist, if the
     *     version is of another life or later than the newest, or if the commits are not known any more
     * @throws IllegalArgumentException if the limit is less than 1
     */
    Optional<List<Commit>> history(String account, Version after, int limit);

    /**
     * Stores the first policy of an account. It is durable once this method returns true.
     *
     * @param first the commit of its creation, at revision 1 of a new life
     * @param policy the policy at that version
     * @return false, and nothing is changed, if the account exists
     */
    boolean create(Commit first, Policy policy);

    /**
     * Replaces the policy of an account by the next revision. It is durable once this method returns true.
     *
     * @param commit what was changed; a store of rows writes its effects
     * @param result the resulting policy, at the version of the commit; a store of documents writes it
     * @return false, and nothing is changed, if the stored version is not the one before that of the commit, in the same
     *     life
     */
    boolean commit(Commit commit, Policy result);

    /**
     * Removes an account and everything that is stored of it.
     *
     * @return false if there was no such account
     */
    boolean remove(String account);

    /**
     * Begins to report accounts that may have changed, whoever changed them. Reports are hints: some may be missing,
     * doubled, late or about nothing, so that a listener reads what is stored. After a gap, all accounts are reported by
     * {@code null}.
     *
     * @param listener takes the id of an account, or {@code null} for all of them; it returns quickly and throws nothing
     * @return what ends the reports when it is closed; empty if this store cannot report changes of other processes
     */
    default Optional<Watch> watch(Consumer<@Nullable String> listener) {
        requireNonNull(listener, "listener");
        return Optional.empty();
    }

    /**
     * Reports of a store under way.
     *
     * @since 0.1
     */
    @FunctionalInterface
    interface Watch extends AutoCloseable {

        /** Ends the reports; closing it again does nothing. */
        @Override
        void close();
    }
}
