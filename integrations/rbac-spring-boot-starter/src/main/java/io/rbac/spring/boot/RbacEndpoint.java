package io.rbac.spring.boot;

import io.rbac.engine.CacheStatistics;
import io.rbac.engine.PermissionEngine;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Shows operators what the engine holds: {@code /actuator/rbac} its figures, {@code /actuator/rbac/acme} the state of an
 * account.
 *
 * <p>This class is thread-safe.
 *
 * @since 0.1
 */
@Endpoint(id = "rbac")
public final class RbacEndpoint {

    private final PermissionEngine engine;

    RbacEndpoint(PermissionEngine engine) {
        this.engine = engine;
    }

    /** Returns what the cache holds, and how often the store was asked. */
    @ReadOperation
    public Map<String, Object> figures() {
        CacheStatistics statistics = engine.statistics();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("permissions", engine.catalog().size());
        figures.put("accounts", statistics.accounts());
        figures.put("bytes", statistics.bytes());
        figures.put("maxAgeMillis", statistics.maxAge().toMillis());
        figures.put("misses", statistics.misses());
        figures.put("loads", statistics.loads());
        figures.put("failedLoads", statistics.failedLoads());
        figures.put("failedRefreshes", statistics.failedRefreshes());
        figures.put("evictions", statistics.evictions());
        return figures;
    }

    /** Returns the version of an account, its size, its age and what is wrong with it; {@code null} if there is none. */
    @ReadOperation
    public @Nullable Map<String, Object> account(@Selector String account) {
        Policy policy;
        try {
            policy = engine.policy(account);
        } catch (PolicyViolationException e) {
            return null;
        }
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("version", policy.version().toString());
        state.put("revision", policy.revision());
        state.put("roles", policy.roles().size());
        state.put("targets", policy.targets().size());
        state.put("users", policy.users().size());
        engine.age(account).ifPresent(age -> state.put("ageMillis", age.toMillis()));
        List<String> violations =
                policy.violations().stream().map(Violation::toString).toList();
        state.put("violations", violations);
        return state;
    }
}
