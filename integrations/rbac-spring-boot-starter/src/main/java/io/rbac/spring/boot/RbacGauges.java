package io.rbac.spring.boot;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.rbac.engine.PermissionEngine;
import io.rbac.spring.Rbac;
import java.util.concurrent.TimeUnit;

/** Shows what the cache of an engine holds, and how often the store was asked. */
final class RbacGauges implements MeterBinder {

    private final PermissionEngine engine;
    private final Rbac rbac;

    RbacGauges(PermissionEngine engine, Rbac rbac) {
        this.engine = engine;
        this.rbac = rbac;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("rbac.cache.accounts", engine, e -> e.statistics().accounts())
                .description("Accounts whose policy is in memory")
                .register(registry);
        Gauge.builder("rbac.cache.size", engine, e -> e.statistics().bytes())
                .description("What the policies in memory take")
                .baseUnit("bytes")
                .register(registry);
        TimeGauge.builder(
                        "rbac.cache.age",
                        engine,
                        TimeUnit.NANOSECONDS,
                        e -> e.statistics().maxAge().toNanos())
                .description("Since when the policy in memory that was confirmed least recently is known to be stored")
                .register(registry);
        FunctionCounter.builder("rbac.cache.hits", rbac, Rbac::foundInMemory)
                .description("Accounts that a request found in memory")
                .register(registry);
        FunctionCounter.builder("rbac.cache.misses", engine, e -> e.statistics().misses())
                .description("Questions that waited for the store")
                .register(registry);
        FunctionCounter.builder(
                        "rbac.cache.evictions", engine, e -> e.statistics().evictions())
                .description("Policies that made room for others")
                .register(registry);
        FunctionTimer.builder(
                        "rbac.loads",
                        engine,
                        e -> e.statistics().loads(),
                        e -> e.statistics().loadTime().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Loads of policies, with the failed ones")
                .register(registry);
        FunctionCounter.builder("rbac.loads.failed", engine, e -> e.statistics().failedLoads())
                .description("Loads of policies that failed")
                .register(registry);
        FunctionCounter.builder(
                        "rbac.refreshes.failed", engine, e -> e.statistics().failedRefreshes())
                .description("Comparisons with the store that failed")
                .register(registry);
    }
}
