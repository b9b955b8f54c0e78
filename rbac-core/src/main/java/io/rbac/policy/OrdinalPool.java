package io.rbac.policy;

import static java.util.Objects.requireNonNull;

import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.model.Violation.Code;
import io.rbac.table.FreeNumbers;
import org.jspecify.annotations.Nullable;

/**
 * The ordinals of one kind of thing: gives free ones to what is new. What is freed is not given again before {@link
 * #reuse()} or {@link #seal()}. Not for several threads.
 */
final class OrdinalPool {

    private final String what;
    private final int max;
    private @Nullable FreeNumbers free;
    private @Nullable FreeNumbers freed;

    OrdinalPool(String what, int max, @Nullable FreeNumbers free) {
        this.what = what;
        this.max = max;
        this.free = free;
    }

    /** Whether there is no ordinal to take, {@code size} being the lowest that was never given. */
    boolean isExhausted(int size) {
        return free == null && size >= max;
    }

    /**
     * Returns a free ordinal, or {@code size}, the lowest that was never given.
     *
     * @throws PolicyViolationException ({@link Code#LIMIT_EXCEEDED}) if there is none
     */
    int take(int size) {
        if (isExhausted(size)) {
            throw PolicyViolationException.of(Violation.of(
                    Code.LIMIT_EXCEEDED, "/changes", null, "there would be more than " + max + ' ' + what));
        }
        if (free == null) {
            return size;
        }
        int ordinal = free.number();
        free = free.rest();
        return ordinal;
    }

    void free(int ordinal) {
        freed = new FreeNumbers(ordinal, freed);
    }

    /** Lets what was freed be given again. */
    void reuse() {
        while (freed != null) {
            free = new FreeNumbers(requireNonNull(freed).number(), free);
            freed = freed.rest();
        }
    }

    /** Returns all free ordinals below those that were never given. */
    @Nullable
    FreeNumbers seal() {
        reuse();
        return free;
    }
}
