package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.model.Version;
import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store in memory whose every call can be counted, delayed, and made to fail before or after it is done. */
final class FakeStore implements PolicyStore {

    final InMemoryPolicyStore memory = new InMemoryPolicyStore();
    final AtomicInteger loads = new AtomicInteger();
    final List<Commit> committed = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger writes = new AtomicInteger();

    volatile Around<Optional<StoredPolicy>> load = Supplier::get;
    volatile Around<Boolean> create = Supplier::get;
    volatile Around<Boolean> commit = Supplier::get;
    volatile Around<Boolean> remove = Supplier::get;
    volatile Around<Map<String, Version>> versions = Supplier::get;
    volatile Around<Optional<List<Commit>>> history = Supplier::get;
    volatile @Nullable Consumer<@Nullable String> hints;

    @Override
    public Optional<StoredPolicy> load(String account) {
        loads.incrementAndGet();
        return load.call(() -> memory.load(account));
    }

    @Override
    public boolean create(Commit first, Policy policy) {
        writes.incrementAndGet();
        return create.call(() -> memory.create(first, policy));
    }

    @Override
    public boolean commit(Commit made, Policy result) {
        writes.incrementAndGet();
        return commit.call(() -> {
            boolean done = memory.commit(made, result);
            if (done) {
                committed.add(made);
            }
            return done;
        });
    }

    @Override
    public Map<String, Version> versions(Collection<String> accounts) {
        return versions.call(() -> memory.versions(accounts));
    }

    @Override
    public List<String> accounts(@Nullable String after, int limit) {
        return memory.accounts(after, limit);
    }

    @Override
    public Optional<List<Commit>> history(String account, Version after, int limit) {
        return history.call(() -> memory.history(account, after, limit));
    }

    @Override
    public Optional<Watch> watch(Consumer<@Nullable String> listener) {
        hints = listener;
        return Optional.of(() -> hints = null);
    }

    @Override
    public boolean remove(String account) {
        writes.incrementAndGet();
        return remove.call(() -> memory.remove(account));
    }

    /** What is done around a call. */
    interface Around<T> {

        T call(Supplier<T> inner);

        /** Does this once, and then nothing special. */
        static <T> Around<T> once(Around<T> first) {
            AtomicInteger calls = new AtomicInteger();
            return inner -> calls.getAndIncrement() == 0 ? first.call(inner) : inner.get();
        }

        static <T> Around<T> failing(RuntimeException thrown) {
            return inner -> {
                throw thrown;
            };
        }

        static <T> Around<T> failingAfter(RuntimeException thrown) {
            return inner -> {
                assertThat(inner.get()).isNotNull();
                throw thrown;
            };
        }
    }
}
