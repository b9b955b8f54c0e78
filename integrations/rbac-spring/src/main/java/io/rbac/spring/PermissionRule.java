package io.rbac.spring;

import io.rbac.matrix.PermissionRequirement;
import io.rbac.model.Violation;
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
        String placeholder = requirement.placeholder().orElse(null);
        boolean hasValue = placeholder == null || context.getVariables().containsKey(placeholder);
        if (authentication instanceof EndpointProbe probe) {
            probe.add(hasValue ? null : missing(String.valueOf(placeholder)));
            return new PermissionDecision(false, null, null, requirement.permissions(), null);
        }
        if (!hasValue) {
            throw new IllegalStateException(missing(String.valueOf(placeholder)));
        }
        return rbac.decide(
                authentication,
                ServletRequestValues.of(context.getRequest(), context.getVariables()),
                requirement,
                context.getVariables()::get);
    }

    private String missing(String placeholder) {
        return "the pattern of the rule " + Violation.quote(toString()) + " has no variable "
                + Violation.quote(placeholder) + ": expected `{" + placeholder + "}` in it";
    }

    /** Returns permissions and place, human-readable. */
    @Override
    public String toString() {
        return requirement.toString();
    }
}
