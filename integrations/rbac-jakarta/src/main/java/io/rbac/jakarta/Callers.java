package io.rbac.jakarta;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;

/** Asks the bean that knows who calls. */
final class Callers {

    private Callers() {}

    /** Returns who calls now. */
    static Caller current(Instance<Caller> beans) {
        Instance.Handle<Caller> handle = beans.getHandle();
        try {
            Caller caller = handle.get();
            return Caller.of(caller.account().orElse(null), caller.user().orElse(null));
        } finally {
            // one that depends on whoever asks would be kept as long as that is
            if (handle.getBean().getScope() == Dependent.class) {
                handle.destroy();
            }
        }
    }
}
