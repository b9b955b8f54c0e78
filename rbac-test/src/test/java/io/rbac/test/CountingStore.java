package io.rbac.test;

import io.rbac.engine.Commit;
import io.rbac.engine.InMemoryPolicyStore;
import io.rbac.engine.PolicyStore;
import io.rbac.engine.StoredPolicy;
import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store in memory that counts writes. It may rebuild what it loads, like one that reads documents. */
final class CountingStore implements PolicyStore {
    private final InMemoryPolicyStore memory = new InMemoryPolicyStore();
    private final AtomicInteger writes = new AtomicInteger();
    private final Map<Policy, StoredPolicy> rebuilt = Collections.synchronizedMap(new IdentityHashMap<>());
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
    public Optional<StoredPolicy> load(String account) {
        Optional<StoredPolicy> stored = memory.load(account);
        return rebuilds
                ? stored.map(found -> rebuilt.computeIfAbsent(found.policy(), policy -> rebuild(found)))
                : stored;
    }

    private static StoredPolicy rebuild(StoredPolicy stored) {
        Policy policy = PolicyConverter.policy(PolicyConverter.plain(stored.policy()));
        return new StoredPolicy(policy.withVersion(stored.policy().version()), stored.digest());
    }

    @Override
    public Map<String, Version> versions(Collection<String> accounts) {
        return memory.versions(accounts);
    }

    @Override
    public List<String> accounts(@Nullable String after, int limit) {
        return memory.accounts(after, limit);
    }

    @Override
    public Optional<List<Commit>> history(String account, Version after, int limit) {
        return memory.history(account, after, limit);
    }

    @Override
    public boolean create(Commit first, Policy policy) {
        writes.incrementAndGet();
        return memory.create(first, policy);
    }

    @Override
    public boolean commit(Commit commit, Policy result) {
        writes.incrementAndGet();
        return memory.commit(commit, result);
    }

    @Override
    public boolean remove(String account) {
        writes.incrementAndGet();
        return memory.remove(account);
    }
}
