package io.rbac.engine;

import io.rbac.model.Version;

/**
 * Receives what was committed through an engine, in the order of revisions for each account, once it can be read.
 *
 * <p>Calls come from the engine's executor, one at a time for each listener. If a listener falls behind, or if the
 * engine finds revisions in its store that it did not commit itself, these revisions are reported as a single {@link
 * #resync}. A listener may take as long as it needs, use the engine, remove itself and throw, without affecting anybody
 * else. What it throws goes to the {@linkplain PermissionEngine.Builder#onListenerFailure handler} of the engine.
 *
 * <p>An implementation need not be thread-safe as long as it is registered with one engine only.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PolicyListener {

    /**
     * Called after a commit that took a revision. The creation of an account and the replacement of its policy are
     * reported as commits with effects but no changes.
     */
    void committed(Commit commit);

    /**
     * Called if an account is at a revision or a newer one, and not all commits up to it are reported one by one. What
     * the listener knows of the account must be read again. Does nothing by default.
     */
    default void resync(String account, long revision) {}

    /**
     * Called after an account was removed. An account created later under the same id starts at revision 1 and has
     * nothing of the old one. Does nothing by default.
     */
    default void removed(String account) {}

    /**
     * Called if the store has an older revision of an account than this engine has seen, as after a backup was restored.
     * The engine answers from the newer one, refuses commits, and reports the same older revision once; {@link
     * PermissionEngine#acceptStored} makes it take what is stored. Does nothing by default.
     *
     * @param known the newest version that the engine has seen
     * @param stored the version that the store has
     */
    default void wentBack(String account, Version known, Version stored) {}
}
