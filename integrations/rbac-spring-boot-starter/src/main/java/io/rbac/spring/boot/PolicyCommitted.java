package io.rbac.spring.boot;

import io.rbac.engine.Commit;

/**
 * Published after a commit, in order for each account, in the thread of the engine that calls listeners.
 *
 * @param commit what was committed
 * @since 0.1
 */
public record PolicyCommitted(Commit commit) {}
