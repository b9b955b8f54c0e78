package io.rbac.spring.test;

import io.rbac.spring.AccountResolver;
import io.rbac.spring.UserResolver;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Has resolvers find the account and the user of {@link WithRbacUser}, and leaves everybody else to them.
 *
 * @since 0.1
 */
@AutoConfiguration
public final class RbacTestAutoConfiguration {

    /** Creates the configuration. */
    public RbacTestAutoConfiguration() {}

    @Bean
    static BeanPostProcessor rbacTestResolvers() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof AccountResolver accounts) {
                    return (AccountResolver)
                            (authentication, request) -> authentication.getDetails() instanceof TestUser test
                                    ? test.account()
                                    : accounts.account(authentication, request);
                }
                if (bean instanceof UserResolver users) {
                    return (UserResolver) authentication -> authentication.getDetails() instanceof TestUser test
                            ? test.user()
                            : users.user(authentication);
                }
                return bean;
            }
        };
    }
}
