package io.rbac.engine;

import org.jspecify.annotations.Nullable;

/** One event to be reported to a listener. */
final class Notice {

    private final String account;
    private final long revision;
    private final @Nullable Commit commit;

    private Notice(String account, long revision, @Nullable Commit commit) {
        this.account = account;
        this.revision = revision;
        this.commit = commit;
    }

    static Notice committed(Commit commit) {
        return new Notice(commit.account(), commit.revision(), commit);
    }

    static Notice resync(String account, long revision) {
        return new Notice(account, revision, null);
    }

    static Notice removed(String account) {
        return new Notice(account, 0, null);
    }

    String account() {
        return account;
    }

    /** Returns the notice that stands for this one and all earlier ones of the same account. */
    Notice collapsed() {
        return commit == null ? this : resync(account, revision);
    }

    void deliverTo(PolicyListener listener) {
        if (commit != null) {
            listener.committed(commit);
        } else if (revision > 0) {
            listener.resync(account, revision);
        } else {
            listener.removed(account);
        }
    }
}
