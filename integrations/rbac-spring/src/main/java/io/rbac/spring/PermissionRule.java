package io.rbac.spring;

import io.rbac.matrix.PermissionRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * A rule about URLs: {@code requestMatchers("/chats/{chatId}/**").access(rbac.permission("message:read").at("chat/{chatId}"))}.
 * The variables of the pattern are the values of the placeholder.
 *
 * <p>This class is immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PermissionRule extends PermissionManager<RequestAuthorizationContext> {

    private final Rbac rbac;
    private final PermissionRequirement requirement;

    PermissionRule(Rbac rbac, PermissionRequirement requirement) {
        this.rbac = rbac;
        this.requirement = requirement;
    }

    @Override
    PermissionDecision decide(@Nullable Authentication authentication, RequestAuthorizationContext context) {
        String problem = Requirements.problem(requirement, context.getVariables());
        if (authentication instanceof EndpointProbe probe) {
            probe.add(problem);
            return PermissionDecision.denied(null, null, requirement, null);
        }
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
        return rbac.decisions()
                .decide(
                        authentication,
                        ServletRequestValues.of(context.getRequest(), context.getVariables()),
                        requirement,
                        context.getVariables()::get);
    }

    /** Returns permissions and place, human-readable. */
    @Override
    public String toString() {
        return requirement.toString();
    }
}
