package io.rbac.jakarta;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The matrices of the current request of JAX-RS, where its server has a request scope. */
@Singleton
class RequestPins {

    private final Holder holder;

    /** Spares whoever has no request scope the exception of each look into it. */
    private volatile boolean isUsed;

    @Inject
    RequestPins(Holder holder) {
        this.holder = holder;
    }

    /** Answers the rest of the current request from these matrices, if there is a request scope. */
    void begin(PinnedMatrices matrices) {
        try {
            holder.set(matrices);
            isUsed = true;
        } catch (ContextNotActiveException e) {
            // beans ask the newest then
        }
    }

    /** Returns the matrices of the current request; new ones outside of any. */
    PinnedMatrices current() {
        PinnedMatrices found = isUsed ? held() : null;
        return found == null ? new PinnedMatrices() : found;
    }

    private @Nullable PinnedMatrices held() {
        try {
            return holder.get();
        } catch (ContextNotActiveException e) {
            return null;
        }
    }

    /** A scope that no request of JAX-RS began, such as that of a job, may be a long one: it holds nothing. */
    @RequestScoped
    static class Holder {

        private @Nullable PinnedMatrices matrices;

        void set(PinnedMatrices begun) {
            matrices = begun;
        }

        @Nullable
        PinnedMatrices get() {
            return matrices;
        }
    }
}
