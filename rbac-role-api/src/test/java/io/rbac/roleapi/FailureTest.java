package io.rbac.roleapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.Commit;
import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.PolicyStoreException;
import io.rbac.engine.StoredPolicy;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures of the store, the engine and the host. */
class FailureTest {

    private static final String SECRET = "jdbc:secret@db-7";

    /** A store that throws a given exception, or otherwise keeps policies. */
    private static final class BrokenStore implements PolicyStore {

        private final PolicyStore kept = new InMemoryPolicyStore();
        private @Nullable RuntimeException onLoad;
        private @Nullable RuntimeException onCommit;

        @Override
        public Optional<StoredPolicy> load(String account) {
            throwIfSet(onLoad);
            return kept.load(account);
        }

        @Override
        public Map<String, Version> versions(Collection<String> accounts) {
            return kept.versions(accounts);
        }

        @Override
        public List<String> accounts(@Nullable String after, int limit) {
            return kept.accounts(after, limit);
        }

        @Override
        public boolean create(Commit first, Policy policy) {
            return kept.create(first, policy);
        }

        @Override
        public boolean commit(Commit commit, Policy result) {
            throwIfSet(onCommit);
            return kept.commit(commit, result);
        }

        @Override
        public Optional<List<Commit>> history(String account, Version after, int limit) {
            return kept.history(account, after, limit);
        }

        @Override
        public boolean remove(String account) {
            return kept.remove(account);
        }

        private static void throwIfSet(@Nullable RuntimeException failure) {
            if (failure != null) {
                throw failure;
            }
        }
    }

    private final BrokenStore store = new BrokenStore();
    private final List<Throwable> reported = new ArrayList<>();

    /** Returns an API whose engine caches nothing. */
    private RoleApi api(AcceptanceWorldProduct product) {
        return api(product, product.dialect().ids());
    }

    private RoleApi api(AcceptanceWorldProduct product, Supplier<String> ids) {
        var catalog = product.catalog();
        RoleDialect dialect = product.dialect();
        PermissionEngine engine = PermissionEngine.builder()
                .catalog(catalog)
                .rules(dialect.rules())
                .guard(dialect.guard(catalog))
                .ids(ids)
                .store(store)
                .cacheBytes(0)
                .executor(Runnable::run)
                .build();
        engine.create(product.policy(product.account(), catalog));
        return RoleApi.builder(engine, dialect)
                .authentication(request -> Optional.of(Caller.account(product.account())))
                .onFailure(reported::add)
                .build();
    }

    private static AcceptanceWorldAnswer send(AcceptanceWorldProduct product, RoleApi api, String method) {
        RoleRequest request = product.signed(RoleRequest.of(method, product.roles()), "account", product.account());
        return AcceptanceWorldAnswer.of(
                product,
                api.handle(
                        method.equals("GET")
                                ? request
                                : request.header("Content-Type", product.mediaType())
                                        .body(product.roleBody("R"))));
    }

    private static void requireNothingSaid(AcceptanceWorldAnswer answer) {
        assertThat(answer.text())
                .doesNotContain(SECRET, "secret", "Exception", "io.rbac", "java.", "\tat ")
                .doesNotContainIgnoringCase("stack");
        assertThat(answer.codes()).allSatisfy(code -> assertThat(code).doesNotContain("Exception"));
    }

    @ParameterizedTest
    @EnumSource
    void a_failing_store_is_503_and_reveals_nothing(AcceptanceWorldProduct product) {
        RoleApi api = api(product);
        send(product, api, "GET").ok();

        store.onLoad = new PolicyStoreException(SECRET, new IllegalStateException(SECRET));
        requireNothingSaid(send(product, api, "GET").is(503));
        requireNothingSaid(send(product, api, "POST").is(503));
        store.onLoad = null;
        send(product, api, "GET").ok();

        store.onCommit = new PolicyStoreException(SECRET, null, true);
        requireNothingSaid(send(product, api, "POST").is(503));
        store.onCommit = null;
        send(product, api, "POST").created();
    }

    @ParameterizedTest
    @EnumSource
    void an_unexpected_failure_is_500_and_reported_to_the_host(AcceptanceWorldProduct product) {
        IllegalStateException failure = new IllegalStateException(SECRET);
        RoleApi api = api(product, () -> {
            throw failure;
        });

        send(product, api, "GET").ok();
        requireNothingSaid(send(product, api, "POST").is(500));

        assertThat(reported).hasSize(1);
        assertThat(reported.get(0)).hasStackTraceContaining(SECRET);
        assertThat(store.load(product.account()).orElseThrow().policy().revision())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_failure_without_a_handler_is_500_and_reported_to_that_of_the_thread(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        RoleApi api = RoleApi.builder(world.engine(), product.dialect())
                .authentication(request -> Optional.of(Caller.account(product.account())))
                .build();
        world.engine().close();
        Thread thread = Thread.currentThread();
        thread.setUncaughtExceptionHandler((where, thrown) -> reported.add(thrown));
        try {
            requireNothingSaid(send(product, api, "GET").is(500));
        } finally {
            thread.setUncaughtExceptionHandler(null);
        }

        assertThat(reported).hasSize(1).allMatch(IllegalStateException.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource
    void a_failing_authentication_is_500_and_reported_to_the_host(AcceptanceWorldProduct product) {
        AcceptanceWorld world = AcceptanceWorld.of(product);
        IllegalStateException failure = new IllegalStateException(SECRET);
        RoleApi api = RoleApi.builder(world.engine(), product.dialect())
                .authentication(request -> {
                    throw failure;
                })
                .onFailure(reported::add)
                .build();

        requireNothingSaid(send(product, api, "GET").is(500));

        assertThat(reported).containsExactly(failure);
    }
}
