package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.CacheStatistics;
import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.StoredPolicy;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One or more engines over one store, with a listener, a clock that is set, and known ids for new roles. */
final class LiveEngine implements AutoCloseable {
    private final PermissionCatalog catalog;
    private final PolicyRules rules;
    private final @Nullable CountingStore counting;
    private final PolicyStore store;
    private final List<PermissionEngine> engines = new ArrayList<>();
    private final CommitReplay replay;
    private final boolean notifiesAtOnce;
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private Iterator<String> ids = Collections.emptyIterator();
    private long now;

    /** How much the cache may hold. */
    enum CacheSize {
        AMPLE,
        ONE_ACCOUNT,
        NONE
    }

    /** The store of the policies. */
    enum Store {
        PLAIN,
        COUNTING,
        REBUILDING
    }

    /**
     * How the engine is built.
     *
     * @param cache how much the cache may hold
     * @param store the store of the policies
     * @param engines how many engines share it
     * @param notifiesAtOnce whether listeners are called by the thread that commits
     */
    record Setup(CacheSize cache, Store store, int engines, boolean notifiesAtOnce) {}

    LiveEngine(Setup setup, PlainPolicy like) {
        this.catalog = PolicyConverter.catalog(like);
        this.rules = PolicyConverter.rules(like);
        this.counting = setup.store == Store.PLAIN ? null : new CountingStore(setup.store == Store.REBUILDING);
        this.store = counting == null ? new InMemoryPolicyStore() : counting;
        this.replay = new CommitReplay(like, catalog);
        this.notifiesAtOnce = setup.notifiesAtOnce;
        for (int i = 0; i < setup.engines; i++) {
            engines.add(engine(setup, like));
        }
        if (setup.engines == 1) {
            engines.get(0).addListener(replay);
        }
    }

    private PermissionEngine engine(Setup setup, PlainPolicy like) {
        Supplier<String> nextId = () -> ids.next();
        PermissionEngine.Builder builder = PermissionEngine.builder()
                .catalog(catalog)
                .rules(rules)
                .store(store)
                .clock(() -> Instant.ofEpochMilli(now))
                .ids(nextId)
                .onListenerFailure((listener, thrown) -> failures.add(thrown))
                .cacheBytes(
                        switch (setup.cache) {
                            case AMPLE -> 1L << 26;
                            case ONE_ACCOUNT ->
                                2
                                        * PermissionMatrix.compile(PolicyConverter.policy(like))
                                                .retainedBytes();
                            case NONE -> 0;
                        });
        return (notifiesAtOnce ? builder.executor(Runnable::run) : builder).build();
    }

    PermissionCatalog catalog() {
        return catalog;
    }

    List<PermissionEngine> engines() {
        return engines;
    }

    /** Returns a policy as a host builds it. */
    Policy policy(PlainPolicy plain) {
        return PolicyConverter.policy(plain, catalog);
    }

    void setTime(long millis) {
        now = millis;
    }

    /** Sets the ids for new roles without one: first one that may be in use, then new ones. */
    void makeIds(@Nullable String used, String prefix) {
        Stream<String> fresh = IntStream.range(0, 100).mapToObj(i -> prefix + i);
        ids = Stream.concat(Optional.ofNullable(used).stream(), fresh).iterator();
    }

    /** Returns how often the store was asked to write; zero if it does not count. */
    int writes() {
        return counting == null ? 0 : counting.writes();
    }

    boolean countsWrites() {
        return counting != null;
    }

    Optional<Policy> stored(String account) {
        return store.load(account).map(StoredPolicy::policy);
    }

    /** Returns whether the store returns the very object that was stored. */
    boolean keepsObjects() {
        return counting == null || !counting.rebuilds();
    }

    /** Returns the listener, which only a single engine has. */
    CommitReplay replay() {
        return replay;
    }

    /** Returns whether the listener has been notified of everything so far. */
    boolean isNotified() {
        return engines.size() == 1 && notifiesAtOnce;
    }

    long evictions() {
        return engines.stream()
                .map(PermissionEngine::statistics)
                .mapToLong(CacheStatistics::evictions)
                .sum();
    }

    /** Closes the engines, which notifies the listener of the rest; fails if the listener ever threw. */
    @Override
    public void close() {
        engines.forEach(PermissionEngine::close);
        assertThat(failures).isEmpty();
    }
}
