package io.rbac.engine;

import io.rbac.matrix.PermissionChecker;
import io.rbac.matrix.PermissionMatrix;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Finds what answers for an account: in the cache, or by a load. */
final class AccountReader {

    private final MatrixCache cache;
    private final AccountRegistry registry;
    private final AccountLoader loader;

    AccountReader(MatrixCache cache, AccountRegistry registry, AccountLoader loader) {
        this.cache = cache;
        this.registry = registry;
        this.loader = loader;
    }

    /** Returns the current matrix of an account, null for an unknown one. */
    @Nullable
    PermissionMatrix matrix(String account) {
        PermissionMatrix matrix = cache.get(account);
        return matrix == null ? loaded(account, (holder, loaded) -> loaded) : matrix;
    }

    /** Returns what answers for an account from now on, null for an unknown one. */
    @Nullable
    PermissionChecker checker(String account) {
        return loaded(account, (holder, loaded) -> new AccountChecker(holder, loader));
    }

    private <T> @Nullable T loaded(String account, BiFunction<AccountHolder, PermissionMatrix, T> use) {
        while (true) {
            AccountRegistry.Use held = registry.acquire(account);
            try {
                AccountHolder holder = held.holder();
                PermissionMatrix matrix = loader.matrix(holder);
                if (matrix != null) {
                    return use.apply(holder, matrix);
                }
                if (!holder.isDead()) {
                    return null;
                }
            } finally {
                registry.release(held);
            }
        }
    }
}
