package io.rbac.test;

import static java.util.Objects.requireNonNull;

import io.rbac.engine.PolicyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every {@link PolicyStore} must do, as named checks that any test framework runs one by one:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> my_store_keeps_the_contract() {
 *     return PolicyStoreContract.of(() -> new MyStore()).stream().map(check -> dynamicTest(check.name(), check::run));
 * }
 * }</pre>
 *
 * <p>Stateless and safe for use by several threads.
 *
 * @since 0.1
 */
public final class PolicyStoreContract {
    private PolicyStoreContract() {}

    /**
     * One thing that a store must do.
     *
     * @param name what it must do, in words
     * @param body asks a new store, and throws an {@link AssertionError} if the store does something else
     * @since 0.1
     */
    public record Check(String name, Runnable body) {
        /**
         * Makes a check.
         *
         * @param name what a store must do, in words
         * @param body asks a new store
         */
        public Check {
            requireNonNull(name, "name");
            requireNonNull(body, "body");
        }

        /**
         * Asks a new store.
         *
         * @throws AssertionError if the store does something else
         * @since 0.1
         */
        public void run() {
            body.run();
        }
    }

    /**
     * All checks.
     *
     * @param emptyStores makes a new store without accounts for each check; it is closed in the end if it can be
     * @return the checks, each independent of the others
     * @since 0.1
     */
    public static List<Check> of(Supplier<? extends PolicyStore> emptyStores) {
        requireNonNull(emptyStores, "emptyStores");
        List<Check> checks = new ArrayList<>();
        for (Map<String, Consumer<PolicyStore>> part :
                List.of(StoreHistoryChecks.all(), StoreAccountChecks.all(), StoreRaceChecks.all())) {
            part.forEach((name, body) -> checks.add(new Check(name, () -> ask(emptyStores.get(), body))));
        }
        return List.copyOf(checks);
    }

    private static void ask(PolicyStore store, Consumer<PolicyStore> body) {
        @Nullable Throwable failure = null;
        try {
            body.accept(store);
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            close(store, failure);
        }
    }

    private static void close(PolicyStore store, @Nullable Throwable failure) {
        if (store instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (Exception e) {
                if (failure == null) {
                    throw new AssertionError("the store could not be closed", e);
                }
                failure.addSuppressed(e);
            }
        }
    }
}
