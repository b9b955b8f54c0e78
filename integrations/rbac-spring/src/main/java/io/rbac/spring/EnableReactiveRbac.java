package io.rbac.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * On a configuration class of an application on Spring WebFlux: does what {@link EnableRbac} does, for methods that return a
 * {@code Mono} or a {@code Flux} and for reactive exchanges, and adds the bean {@link ReactiveRbac}. With Spring Boot the starter
 * does this.
 *
 * @since 0.1
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@EnableRbac
@Import(RbacReactiveConfiguration.class)
public @interface EnableReactiveRbac {}
