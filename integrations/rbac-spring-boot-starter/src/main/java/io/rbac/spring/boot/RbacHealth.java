package io.rbac.spring.boot;

import io.rbac.engine.CacheStatistics;
import io.rbac.engine.PermissionEngine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Is out of service while the store has not confirmed for too long what is answered from. */
final class RbacHealth implements HealthIndicator {

    private final PermissionEngine engine;
    private final @Nullable Duration maxStaleness;

    RbacHealth(PermissionEngine engine, @Nullable Duration maxStaleness) {
        this.engine = engine;
        this.maxStaleness = maxStaleness;
    }

    @Override
    public Health health() {
        CacheStatistics statistics = engine.statistics();
        boolean isStale = maxStaleness != null && statistics.maxAge().compareTo(maxStaleness) > 0;
        return (isStale ? Health.outOfService() : Health.up())
                .withDetail("accounts", statistics.accounts())
                .withDetail("maxAgeMillis", statistics.maxAge().toMillis())
                .withDetail("failedRefreshes", statistics.failedRefreshes())
                .build();
    }
}
