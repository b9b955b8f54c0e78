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
 * What every {@link PolicyStore} must do, as named checks that any test framework can run one by one:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> my_store_keeps_the_contract() {
 *     return PolicyStoreContract.of(() -> new MyStore()).stream().map(check -> dynamicTest(check.name(), check::run));
 * }
 * }</pre>
 *
 * <p>This class is stateless and thread-safe.
 *
 * @since 0.1
 */
public final class PolicyStoreContract {
    private PolicyStoreContract() {}

    /**
     * One thing that a store must do.
     *
     * <p>Whether two threads may run a check at once depends on the stores that are tested.
     *
     * @param name what it must do, in words
     * @param body tests a new store; throws an {@link AssertionError} if the store does something else
     * @since 0.1
     */
    public record Check(String name, Runnable body) {
        public Check {
            requireNonNull(name, "name");
            requireNonNull(body, "body");
        }

        /**
         * Tests a new store.
         *
         * @throws AssertionError if the store does something else; its message begins with the name of the check
         */
        public void run() {
            try {
                body.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(name + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * Returns all checks, each independent of the others.
     *
     * @param emptyStores makes a new store without accounts for each check; an {@link AutoCloseable} one is closed
     *     after it
     */
    public static List<Check> of(Supplier<? extends PolicyStore> emptyStores) {
        requireNonNull(emptyStores, "emptyStores");
        List<Check> checks = new ArrayList<>();
        for (Map<String, Consumer<PolicyStore>> part : List.of(
                StoreHistoryChecks.all(), StoreContentChecks.all(), StoreAccountChecks.all(), StoreRaceChecks.all())) {
            part.forEach((name, body) -> checks.add(new Check(name, () -> test(emptyStores.get(), body))));
        }
        return List.copyOf(checks);
    }

    private static void test(PolicyStore store, Consumer<PolicyStore> body) {
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
