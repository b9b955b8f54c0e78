package io.rbac.engine;

/**
 * Is told of what was committed through an engine, in the order of revisions for each account, after it can be read.
 *
 * <p>Calls come from the engine's executor, one at a time for each listener. Revisions that a listener is too slow for,
 * and those that the engine did not commit itself but found in its store, are told as one {@link #resync}. A listener may
 * take all the time it needs, use the engine, remove itself, and throw: nobody else notices. What it throws goes to the
 * handler that the engine was given.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PolicyListener {

    /** Is told of a commit that took a revision; of the creation of an account as one without changes, only effects. */
    void committed(Commit commit);

    /**
     * Is told that an account is at this revision or a newer one, and that commits up to it are not told one by one. What
     * is known of the account has to be read again. Does nothing unless it is overridden.
     */
    default void resync(String account, long revision) {}

    /**
     * Is told that an account was removed. One that is created later under the same id starts at revision 1 and has
     * nothing of the old one. Does nothing unless it is overridden.
     */
    default void removed(String account) {}
}
