package io.rbac.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rbac.policy.Policy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A store in memory whose every call can be counted, delayed, and made to fail before or after it is done. */
final class FakeStore implements PolicyStore {

    final InMemoryPolicyStore memory = new InMemoryPolicyStore();
    final AtomicInteger loads = new AtomicInteger();
    final List<Commit> committed = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger writes = new AtomicInteger();

    volatile Around<Optional<Policy>> load = Supplier::get;
    volatile Around<Boolean> create = Supplier::get;
    volatile Around<Boolean> commit = Supplier::get;
    volatile Around<Boolean> remove = Supplier::get;
    volatile Around<Optional<List<Commit>>> since = Supplier::get;

    @Override
    public Optional<Policy> load(String account) {
        loads.incrementAndGet();
        return load.call(() -> memory.load(account));
    }

    @Override
    public boolean create(Policy policy) {
        writes.incrementAndGet();
        return create.call(() -> memory.create(policy));
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
    public Optional<List<Commit>> commitsSince(String account, long revision) {
        return since.call(() -> memory.commitsSince(account, revision));
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
