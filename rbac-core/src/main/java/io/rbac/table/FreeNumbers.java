package io.rbac.table;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that are free to be reused, as a linked list whose tail older versions share.
 *
 * @param number the next number to reuse
 * @param rest the numbers after it, null if there are none
 */
public record FreeNumbers(int number, @Nullable FreeNumbers rest) {

    /**
     * Returns an editor of a copy of a list.
     *
     * @param free the list, null if no number is free
     * @param max how many numbers there may be
     * @param exhausted what to throw if there is no number to take
     */
    public static Editor edit(@Nullable FreeNumbers free, int max, Supplier<? extends RuntimeException> exhausted) {
        return new Editor(free, max, exhausted);
    }

    /**
     * Gives free numbers to what is new. What is freed is not given again before {@link #reuse()} or {@link #seal()}. Not
     * thread-safe.
     */
    public static final class Editor {

        private final int max;
        private final Supplier<? extends RuntimeException> exhausted;
        private @Nullable FreeNumbers free;
        private @Nullable FreeNumbers freed;

        private Editor(@Nullable FreeNumbers free, int max, Supplier<? extends RuntimeException> exhausted) {
            this.free = free;
            this.max = max;
            this.exhausted = exhausted;
        }

        /** Returns whether there is no number to take, {@code size} being the lowest that was never given. */
        public boolean isExhausted(int size) {
            return free == null && size >= max;
        }

        /** Returns a free number, or {@code size}, the lowest that was never given. */
        public int take(int size) {
            if (isExhausted(size)) {
                throw exhausted.get();
            }
            if (free == null) {
                return size;
            }
            int number = free.number();
            free = free.rest();
            return number;
        }

        /** Frees a number. */
        public void free(int number) {
            freed = new FreeNumbers(number, freed);
        }

        /** Lets what was freed be given again. */
        public void reuse() {
            while (freed != null) {
                free = new FreeNumbers(requireNonNull(freed).number(), free);
                freed = freed.rest();
            }
        }

        /** Returns all free numbers below those that were never given, null if there are none. */
        public @Nullable FreeNumbers seal() {
            reuse();
            return free;
        }
    }
}
