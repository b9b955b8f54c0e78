package io.rbac.engine;

import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Violation;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Finds the matrix or checker of an account: in the cache, if it is fresh enough, or by a load. */
final class MatrixLookup {

    private final MatrixCache cache;
    private final AccountRegistry registry;
    private final AccountLoader loader;
    private final Refresher refresher;
    private final Refusals refusals;
    private final Duration patience;

    /** Zero for no limit. */
    private final long maxStaleness;

    MatrixLookup(
            MatrixCache cache,
            AccountRegistry registry,
            AccountLoader loader,
            Refresher refresher,
            Refusals refusals,
            @Nullable Duration maxStaleness,
            Duration patience) {
        this.cache = cache;
        this.registry = registry;
        this.loader = loader;
        this.refresher = refresher;
        this.refusals = refusals;
        this.maxStaleness = maxStaleness == null ? 0 : maxStaleness.toNanos();
        this.patience = patience;
    }

    /** Returns the current matrix of an account, null if there is no such account. */
    @Nullable
    PermissionMatrix matrix(String account) {
        if (maxStaleness > 0) {
            return load(account, (holder, loaded) -> loaded);
        }
        PermissionMatrix matrix = cache.get(account);
        return matrix == null ? load(account, (holder, loaded) -> loaded) : matrix;
    }

    /** Returns the current matrix of an account, null if the store would have to be asked. */
    @Nullable
    PermissionMatrix matrixInMemory(String account) {
        long asked = maxStaleness > 0 ? System.nanoTime() : 0;
        AccountHolder holder = cache.holder(account);
        if (holder == null) {
            return null;
        }
        PermissionMatrix matrix = holder.matrix();
        return maxStaleness > 0 && holder.ageAt(asked) > maxStaleness ? null : matrix;
    }

    /** Returns the current matrix of an account, or one that denies everything if there is no such account. */
    PermissionMatrix matrixOrNobody(String account) {
        return orNobody(matrix(account));
    }

    /** Returns a matrix, or one that denies everything if there is none. */
    PermissionMatrix orNobody(@Nullable PermissionMatrix matrix) {
        return matrix == null ? loader.nobody() : matrix;
    }

    /** Returns a live checker for an account, null if there is no such account. */
    @Nullable
    AccountChecker checker(String account) {
        return load(account, (holder, loaded) -> new AccountChecker(holder, this, refusals));
    }

    /**
     * Returns the current matrix of an account, null if there is no such account or the holder is dead.
     *
     * @throws PolicyStoreException if it was not confirmed within the staleness allowed, and cannot be now
     */
    @Nullable
    PermissionMatrix matrix(AccountHolder holder) {
        if (maxStaleness == 0) {
            return loader.matrix(holder);
        }
        long asked = System.nanoTime();
        PermissionMatrix matrix = loader.matrix(holder);
        if (matrix != null && holder.ageAt(asked) > maxStaleness) {
            refresher.confirm(holder, patience);
            matrix = loader.matrix(holder);
            if (matrix != null && holder.ageAt(asked) > maxStaleness) {
                throw new PolicyStoreException(
                        "the policy of account " + Violation.quote(holder.account()) + " was last confirmed "
                                + Duration.ofNanos(holder.ageAt(asked)) + " before the question: expected at most "
                                + Duration.ofNanos(maxStaleness),
                        null);
            }
        }
        return matrix;
    }

    private <T> @Nullable T load(String account, BiFunction<AccountHolder, PermissionMatrix, T> use) {
        while (true) {
            AccountRegistry.Lease lease = registry.acquire(account);
            try {
                AccountHolder holder = lease.holder();
                PermissionMatrix matrix = matrix(holder);
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
