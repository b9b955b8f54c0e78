package io.rbac.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.engine.CacheStatistics;
import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PermissionEngine;
import io.rbac.engine.PolicyStore;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.Policy;
import io.rbac.model.PolicyRules;
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

/** An engine over one store, or several, whose clock and role ids are known beforehand; what is told to listeners. */
final class LiveEngine implements AutoCloseable {
    private final PermissionCatalog catalog;
    private final PolicyRules rules;
    private final @Nullable CountingStore counting;
    private final PolicyStore store;
    private final List<PermissionEngine> engines = new ArrayList<>();
    private final CommitReplay replay;
    private final boolean toldAtOnce;
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private Iterator<String> ids = Collections.emptyIterator();
    private long now;

    /** How much the cache may hold. */
    enum Room {
        PLENTY,
        ONE_ACCOUNT,
        NONE
    }

    /** What stores the policies. */
    enum Store {
        PLAIN,
        COUNTING,
        REBUILDING
    }

    /**
     * How the engine is built.
     *
     * @param room how much the cache may hold
     * @param store what stores the policies
     * @param engines how many engines use it
     * @param toldAtOnce whether listeners are told by the thread that commits
     */
    record Setup(Room room, Store store, int engines, boolean toldAtOnce) {}

    LiveEngine(Setup setup, Sketch like) {
        this.catalog = SketchPolicy.catalog(like);
        this.rules = SketchPolicy.rules(like);
        this.counting = setup.store == Store.PLAIN ? null : new CountingStore(setup.store == Store.REBUILDING);
        this.store = counting == null ? new InMemoryPolicyStore() : counting;
        this.replay = new CommitReplay(like, catalog);
        this.toldAtOnce = setup.toldAtOnce;
        for (int i = 0; i < setup.engines; i++) {
            engines.add(engine(setup, like));
        }
        if (setup.engines == 1) {
            engines.get(0).addListener(replay);
        }
    }

    private PermissionEngine engine(Setup setup, Sketch like) {
        Supplier<String> nextId = () -> ids.next();
        PermissionEngine.Builder builder = PermissionEngine.builder()
                .catalog(catalog)
                .rules(rules)
                .store(store)
                .clock(() -> Instant.ofEpochMilli(now))
                .ids(nextId)
                .onListenerFailure((listener, thrown) -> failures.add(thrown))
                .cacheBytes(
                        switch (setup.room) {
                            case PLENTY -> 1L << 26;
                            case ONE_ACCOUNT ->
                                2
                                        * PermissionMatrix.compile(SketchPolicy.policy(like))
                                                .retainedBytes();
                            case NONE -> 0;
                        });
        return (toldAtOnce ? builder.executor(Runnable::run) : builder).build();
    }

    PermissionCatalog catalog() {
        return catalog;
    }

    List<PermissionEngine> engines() {
        return engines;
    }

    /** The policy of a sketch, as a host builds one. */
    Policy policy(Sketch sketch) {
        return SketchPolicy.policy(sketch, catalog);
    }

    void setTime(long millis) {
        now = millis;
    }

    /** Has the next roles without an id get these: one that exists, which cannot be taken, then new ones. */
    void makeIds(@Nullable String taken, String prefix) {
        Stream<String> fresh = IntStream.range(0, 100).mapToObj(i -> prefix + i);
        ids = Stream.concat(Optional.ofNullable(taken).stream(), fresh).iterator();
    }

    /** How often something was written, or was to be; zero where nobody counts. */
    int writes() {
        return counting == null ? 0 : counting.writes();
    }

    boolean countsWrites() {
        return counting != null;
    }

    Optional<Policy> stored(String account) {
        return store.load(account);
    }

    /** Whether what comes out of the store is the very object that was put in. */
    boolean keepsObjects() {
        return counting == null || !counting.rebuilds();
    }

    /** What the listener of the only engine was told. */
    CommitReplay replay() {
        return replay;
    }

    /** Whether the listener has been told by now of all that happened. */
    boolean isTold() {
        return engines.size() == 1 && toldAtOnce;
    }

    long evictions() {
        return engines.stream()
                .map(PermissionEngine::statistics)
                .mapToLong(CacheStatistics::evictions)
                .sum();
    }

    /** Lets the listener be told what is left, and holds it to have understood. */
    @Override
    public void close() {
        engines.forEach(PermissionEngine::close);
        assertThat(failures).isEmpty();
    }
}
