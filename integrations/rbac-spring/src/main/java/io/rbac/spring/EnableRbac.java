package io.rbac.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * On a configuration class: makes {@link RequiresPermission} work, checks every rule when the application starts, and answers
 * denied requests, refused edits and failures of the store as RFC 9457 says. With Spring Boot the starter does this.
 *
 * <p>It needs two beans: a {@link io.rbac.engine.PermissionEngine} and an {@link AccountResolver}. A {@link UserResolver} and
 * {@link ProblemOptions} are taken where they are beans.
 *
 * @since 0.1
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import({RbacRegistrar.class, MvcSelector.class, RbacConfiguration.class})
public @interface EnableRbac {}
