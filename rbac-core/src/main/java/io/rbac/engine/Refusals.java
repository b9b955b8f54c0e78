package io.rbac.engine;

import io.rbac.matrix.PermissionDeniedException;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Target;
import java.util.List;
import java.util.function.Consumer;

/** Reports to listeners what is refused, in the thread that asked. */
final class Refusals {

    private final List<RefusalListener> listeners;

    Refusals(List<RefusalListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void refused(PolicyEdit edit, PolicyViolationException refusal) {
        report(listener -> listener.refused(edit, refusal));
    }

    void denied(PermissionDeniedException denial) {
        report(listener -> listener.denied(denial));
    }

    /** Reports that a user lacks a permission, and returns the exception that says so. */
    PermissionDeniedException denied(String account, String user, String permission, Target target) {
        PermissionDeniedException denial = PermissionDeniedException.of(account, user, permission, target);
        denied(denial);
        return denial;
    }

    PermissionDeniedException denied(String account, String user, Permission permission, Target target) {
        return denied(account, user, permission.key(), target);
    }

    private void report(Consumer<RefusalListener> call) {
        for (RefusalListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (Throwable e) {
                ListenerQueue.handleUncaught(e);
            }
        }
    }
}
