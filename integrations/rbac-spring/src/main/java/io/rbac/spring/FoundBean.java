package io.rbac.spring;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a bean until there is one, and then no more. It has no lock of its own: a thread that the container holds up would
 * hold up another that the container waits for.
 */
final class FoundBean<T> implements Supplier<T> {

    private final Supplier<T> container;
    private volatile @Nullable T found;

    FoundBean(Supplier<T> container) {
        this.container = container;
    }

    @Override
    public T get() {
        T bean = found;
        if (bean == null) {
            bean = container.get();
            found = bean;
        }
        return bean;
    }
}
