package io.rbac.engine;

import io.rbac.model.Version;
import java.util.function.Consumer;

/** One event to be reported to a listener. */
final class Notice {

    private final String account;
    private final Consumer<PolicyListener> delivery;
    private final Notice collapsed;

    private Notice(String account, Consumer<PolicyListener> delivery) {
        this.account = account;
        this.delivery = delivery;
        this.collapsed = this;
    }

    private Notice(Commit commit) {
        this.account = commit.account();
        this.delivery = listener -> listener.committed(commit);
        this.collapsed = resync(commit.account(), commit.revision());
    }

    static Notice committed(Commit commit) {
        return new Notice(commit);
    }

    static Notice resync(String account, long revision) {
        return new Notice(account, listener -> listener.resync(account, revision));
    }

    static Notice removed(String account) {
        return new Notice(account, listener -> listener.removed(account));
    }

    static Notice wentBack(String account, Version known, Version stored) {
        return new Notice(account, listener -> listener.wentBack(account, known, stored));
    }

    String account() {
        return account;
    }

    /** Returns the notice that stands for this one and all earlier ones of the same account. */
    Notice collapsed() {
        return collapsed;
    }

    void deliverTo(PolicyListener listener) {
        delivery.accept(listener);
    }
}
