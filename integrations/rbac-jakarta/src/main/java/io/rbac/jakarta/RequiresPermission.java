package io.rbac.jakarta;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a method be called only by a user who has a permission. Otherwise the call is denied with a {@link
 * io.rbac.matrix.PermissionDeniedException}, or with an {@link UnknownCallerException} if it is not known who calls.
 *
 * <p>It is a binding of an interceptor for the beans of CDI, and works on the resources of JAX-RS where {@link RbacFeature} is
 * registered. On a type it holds for each method that does not have one of its own. A call within a bean is not
 * intercepted.
 *
 * @since 0.1
 */
@InterceptorBinding
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface RequiresPermission {

    /** Returns the keys of permissions: one or several. */
    @Nonbinding
    String[] value();

    /**
     * Returns where they are required: {@code account}, or a scope and an id, such as {@code chat/{chatId}}. The id is fixed
     * or a single placeholder. In a resource of JAX-RS its value is the parameter of the path of that name, in any other bean
     * the parameter of the method: by its name, for which the compiler needs {@code -parameters}, or by that of its {@code
     * PathParam}. Without a value the call is denied.
     */
    @Nonbinding
    String at() default "account";

    /** Returns which of several permissions are required: all of them by default. */
    @Nonbinding
    Match match() default Match.ALL;

    /**
     * Which of several permissions are required.
     *
     * @since 0.1
     */
    enum Match {
        /** Each of them. */
        ALL,
        /** At least one. */
        ANY
    }
}
