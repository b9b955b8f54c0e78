package io.rbac.jakarta;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a method of a resource, or each one, is meant to need no permission. It changes nothing but what {@link
 * RbacFeature#assertAllProtected} expects.
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
