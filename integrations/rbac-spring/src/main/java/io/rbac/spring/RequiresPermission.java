package io.rbac.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a method be called only by a user who has a permission. Otherwise the call is denied with an {@link
 * org.springframework.security.authorization.AuthorizationDeniedException}, whose result is a {@link PermissionDecision}.
 *
 * <p>On a type it holds for each public method that does not have one of its own. It works as a meta-annotation, and on the
 * methods of an interface for those that implement them. Like all advice of Spring it is about calls from one bean to
 * another: a call within a bean is not checked.
 *
 * <p>Every annotation is checked when the application starts: see {@link InvalidRulesException}.
 *
 * @since 0.1
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface RequiresPermission {

    /** Returns the keys of permissions: one or several. */
    String[] value();

    /**
     * Returns where they are required: {@code account}, or a scope and an id, such as {@code chat/{chatId}}. The id is fixed
     * or a single placeholder. This is the parameter of that name or, in a controller, the variable of the path. A parameter
     * that is annotated with {@code @PathVariable} or {@code @RequestParam} has the name that it is bound to. Without a value
     * for the placeholder the call is denied.
     */
    String at() default "account";

    /** Returns which of several permissions are required: all of them by default. */
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
