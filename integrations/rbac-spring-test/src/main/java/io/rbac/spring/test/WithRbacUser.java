package io.rbac.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.security.test.context.support.WithSecurityContext;

/**
 * Runs a test as a user who has permissions or roles, and nothing else:
 *
 * <pre>{@code
 * @Test
 * @WithRbacUser(permissions = "message:delete", at = "chat/c-42")
 * void a_moderator_deletes_messages() { ... }
 * }</pre>
 *
 * <p>Before the test, the engine of the application context gets the account, if it lacks it, and the target; whatever else the
 * user holds in that account is taken away. The account and the user are found whatever the application's resolvers say.
 * The engine should be one of the test's own, in memory: with the starter that is so where no store is configured.
 *
 * @since 0.1
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@WithSecurityContext(factory = WithRbacUserFactory.class)
public @interface WithRbacUser {

    /** Returns the id of the account. */
    String account() default "acme";

    /** Returns the id of the user. */
    String user() default "user";

    /** Returns the keys of the permissions that the user has. */
    String[] permissions() default {};

    /** Returns the ids of roles of the account that the user holds; they are of the scope of the target. */
    String[] roles() default {};

    /** Returns where they have them: {@code account}, or a scope and an id, such as {@code chat/c-42}. */
    String at() default "account";
}
