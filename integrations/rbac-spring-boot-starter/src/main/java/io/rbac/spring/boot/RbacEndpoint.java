package io.rbac.spring.boot;

import io.rbac.engine.CacheStatistics;
import io.rbac.engine.PermissionEngine;
import io.rbac.matrix.PermissionMatrix;
import io.rbac.model.Permission;
import io.rbac.model.PolicyViolationException;
import io.rbac.model.Target;
import io.rbac.model.Violation;
import io.rbac.policy.Policy;
import io.rbac.review.Explanation;
import io.rbac.review.Explanation.HeldRole;
import io.rbac.review.Explanation.NearestRole;
import io.rbac.review.PolicyReview;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Shows operators what the engine holds: {@code /actuator/rbac} its figures and accounts, {@code /actuator/rbac/acme} the
 * state of an account, {@code /actuator/rbac/acme/bob/message:delete?target=chat/c-42} why a check is answered as it is.
 *
 * <p>This class is thread-safe.
 *
 * @since 0.1
 */
@Endpoint(id = "rbac")
public final class RbacEndpoint {

    /** How many accounts are listed. */
    static final int MAX_LISTED = 100;

    private final PermissionEngine engine;

    RbacEndpoint(PermissionEngine engine) {
        this.engine = engine;
    }

    /**
     * Returns what the cache holds, and how often the store was asked; of the accounts in memory, whose number is {@code
     * accounts}, the 100 that were confirmed longest ago, with version, age and size.
     */
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
        figures.put(
                "inMemory",
                engine.matricesInMemory(MAX_LISTED).stream().map(this::entry).toList());
        return figures;
    }

    private Map<String, Object> entry(PermissionMatrix matrix) {
        Policy policy = matrix.policy();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("account", policy.account());
        entry.put("version", policy.version().toString());
        engine.age(policy.account()).ifPresent(age -> entry.put("ageMillis", age.toMillis()));
        entry.put("bytes", matrix.retainedBytes());
        return entry;
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

    /**
     * Returns the answer to a check, and why it is given: the roles that grant the permission, or the reason of the denial with
     * the roles that would grant it. It names roles and targets: it is for operators, not for users.
     *
     * @param account the id of the account
     * @param user the id of the user, known or not
     * @param permission the key of the permission
     * @param target where: {@code account}, which is the default, or a scope and an id
     * @return what is wrong with the question, where it can have no answer; {@code null} if there is no such account
     */
    @ReadOperation
    public @Nullable Map<String, Object> explain(
            @Selector String account, @Selector String user, @Selector String permission, @Nullable String target) {
        PermissionMatrix matrix;
        try {
            matrix = engine.matrix(account);
        } catch (PolicyViolationException e) {
            return null;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", matrix.policy().version().toString());
        Target place;
        try {
            engine.catalog().permission(permission);
            place = target == null || target.isEmpty()
                    ? Target.account()
                    : engine.catalog().scopes().target(target);
        } catch (PolicyViolationException e) {
            answer.put("error", e.violations().get(0).message());
            return answer;
        }
        describe(PolicyReview.of(matrix).explain(user, permission, place), answer);
        return answer;
    }

    private static void describe(Explanation explanation, Map<String, Object> answer) {
        answer.put("allowed", explanation.isGranted());
        explanation.reason().ifPresent(reason -> answer.put("reason", reason.name()));
        answer.put("text", explanation.toString());
        answer.put("held", texts(explanation.held()));
        answer.put("grants", texts(explanation.grants()));
        List<Map<String, Object>> nearest = new ArrayList<>();
        for (NearestRole role : explanation.nearest()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("role", role.role().id());
            entry.put("at", role.target().toString());
            entry.put("adds", role.adds().stream().map(Permission::key).toList());
            nearest.add(entry);
        }
        answer.put("nearest", nearest);
    }

    private static List<String> texts(List<HeldRole> roles) {
        return roles.stream().map(HeldRole::toString).toList();
    }
}
