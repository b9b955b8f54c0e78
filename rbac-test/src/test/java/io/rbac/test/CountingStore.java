package io.rbac.test;

import io.rbac.engine.Commit;
import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PolicyStore;
import io.rbac.policy.Policy;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory that counts writes. It may rebuild what it loads, like one that reads documents. */
final class CountingStore implements PolicyStore {
    private final InMemoryPolicyStore memory = new InMemoryPolicyStore();
    private final AtomicInteger writes = new AtomicInteger();
    private final Map<Policy, Policy> rebuilt = Collections.synchronizedMap(new IdentityHashMap<>());
    private final boolean rebuilds;

    CountingStore(boolean rebuilds) {
        this.rebuilds = rebuilds;
    }

    int writes() {
        return writes.get();
    }

    /** Returns whether what is loaded is another object than what was stored. */
    boolean rebuilds() {
        return rebuilds;
    }

    @Override
    public Optional<Policy> load(String account) {
        Optional<Policy> stored = memory.load(account);
        return rebuilds ? stored.map(policy -> rebuilt.computeIfAbsent(policy, CountingStore::rebuild)) : stored;
    }

    private static Policy rebuild(Policy policy) {
        return PolicyConverter.policy(PolicyConverter.plain(policy));
    }

    @Override
    public boolean create(Policy policy) {
        writes.incrementAndGet();
        return memory.create(policy);
    }

    @Override
    public boolean commit(Commit commit, Policy result) {
        writes.incrementAndGet();
        return memory.commit(commit, result);
    }

    @Override
    public Optional<List<Commit>> commitsSince(String account, long revision) {
        return memory.commitsSince(account, revision);
    }

    @Override
    public boolean remove(String account) {
        writes.incrementAndGet();
        return memory.remove(account);
    }
}
