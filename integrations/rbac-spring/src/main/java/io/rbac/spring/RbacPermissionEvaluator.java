package io.rbac.spring;

import static java.util.Objects.requireNonNull;

import io.rbac.model.Target;
import java.io.Serializable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.PermissionEvaluator;
import org.springframework.security.core.Authentication;

/**
 * Answers {@code hasPermission(#id, 'chat', 'message:delete')} and {@code hasPermission(#target, 'message:delete')} in
 * expressions of Spring Security, where the target is a {@link Target} or a string such as {@code chat/c-42}. A permission or
 * a scope that the catalog lacks is an {@link IllegalArgumentException}: it is no ordinary denial.
 *
 * <p>It is asked about the current user. This class is thread-safe.
 *
 * @since 0.1
 */
public final class RbacPermissionEvaluator implements PermissionEvaluator {

    private final Supplier<Rbac> rbac;

    private RbacPermissionEvaluator(Supplier<Rbac> rbac) {
        this.rbac = rbac;
    }

    /** Returns the evaluator that asks a bean, which is first needed for the first question. */
    public static RbacPermissionEvaluator of(Supplier<Rbac> rbac) {
        return new RbacPermissionEvaluator(requireNonNull(rbac, "rbac"));
    }

    /** Returns whether the current user has a permission at a target. */
    @Override
    public boolean hasPermission(Authentication authentication, @Nullable Object target, Object permission) {
        Rbac asked = rbac.get();
        if (target instanceof Target place) {
            return asked.at(place).has(permission.toString());
        }
        if (target instanceof String text) {
            return asked.at(asked.catalog().scopes().target(text)).has(permission.toString());
        }
        throw new IllegalArgumentException(
                "the target is " + (target == null ? null : target.getClass().getName())
                        + ": expected a target, or a string such as `chat/c-42`");
    }

    /** Returns whether the current user has a permission at the target with this id, of the scope with this name. */
    @Override
    public boolean hasPermission(Authentication authentication, Serializable id, String scope, Object permission) {
        return rbac.get().at(scope, id).has(permission.toString());
    }
}
