package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Finds the matrix or checker of an account, in the cache or by a load. */
final class MatrixLookup {

    private final MatrixCache cache;
    private final AccountRegistry registry;
    private final AccountLoader loader;

    MatrixLookup(MatrixCache cache, AccountRegistry registry, AccountLoader loader) {
        this.cache = cache;
        this.registry = registry;
        this.loader = loader;
    }

    /** Returns the current matrix of an account, null if there is no such account. */
    @Nullable
    PermissionMatrix matrix(String account) {
        PermissionMatrix matrix = cache.get(account);
        return matrix == null ? load(account, (holder, loaded) -> loaded) : matrix;
    }

    /** Returns the current matrix of an account, or one that denies everything if there is no such account. */
    PermissionMatrix matrixOrNobody(String account) {
        PermissionMatrix matrix = matrix(account);
        return matrix == null ? loader.nobody() : matrix;
    }

    /** Returns a live checker for an account, null if there is no such account. */
    @Nullable
    AccountChecker checker(String account) {
        return load(account, (holder, loaded) -> new AccountChecker(holder, loader));
    }

    private <T> @Nullable T load(String account, BiFunction<AccountHolder, PermissionMatrix, T> use) {
        while (true) {
            AccountRegistry.Lease lease = registry.acquire(account);
            try {
                AccountHolder holder = lease.holder();
                PermissionMatrix matrix = loader.matrix(holder);
                if (matrix != null) {
                    return use.apply(holder, matrix);
                }
                if (!holder.isDead()) {
                    return null;
                }
            } finally {
                registry.release(lease);
            }
        }
    }
}
