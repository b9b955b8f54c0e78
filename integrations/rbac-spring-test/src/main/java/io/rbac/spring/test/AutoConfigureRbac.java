package io.rbac.spring.test;

import io.rbac.spring.boot.RbacAutoConfiguration;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Adds rbac to the slice that a test has of its application, such as that of {@code @WebMvcTest}: the slice knows only what it
 * is made for.
 *
 * @since 0.1
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ImportAutoConfiguration({RbacAutoConfiguration.class, RbacTestAutoConfiguration.class})
public @interface AutoConfigureRbac {}
