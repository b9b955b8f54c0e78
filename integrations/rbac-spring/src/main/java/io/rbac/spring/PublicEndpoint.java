package io.rbac.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a handler method, or each one of a controller, is meant to need no permission. It changes nothing but what {@link
 * RbacEndpoints#assertAllProtected} expects.
 *
 * @since 0.1
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface PublicEndpoint {

    /** Returns why, for whoever reads the code. */
    String value() default "";
}
