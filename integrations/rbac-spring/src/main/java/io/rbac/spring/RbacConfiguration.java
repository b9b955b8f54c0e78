package io.rbac.spring;

import io.rbac.engine.PermissionEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.convert.ConversionService;
import org.springframework.security.authorization.method.AuthorizationInterceptorsOrder;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;

/** The beans of {@link EnableRbac}. */
@Configuration(proxyBeanMethods = false)
class RbacConfiguration {

    static final String INTERCEPTOR = "rbacMethodInterceptor";

    @Bean
    Rbac rbac(
            PermissionEngine engine,
            AccountResolver accounts,
            ObjectProvider<UserResolver> users,
            ObjectProvider<DecisionListener> listeners,
            ApplicationContext context) {
        Rbac.Builder builder = Rbac.builder(engine, accounts);
        users.ifAvailable(builder::users);
        listeners.orderedStream().forEach(builder::onDecision);
        if (context.containsBean("mvcConversionService")) {
            builder.conversions(context.getBean("mvcConversionService", ConversionService.class));
        }
        return builder.build();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static MethodRules rbacMethodRules() {
        return new MethodRules();
    }

    /** Asks for the bean when it is called first, so that nothing which the engine needs is made before it can be proxied. */
    @Bean(INTERCEPTOR)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AuthorizationManagerBeforeMethodInterceptor rbacMethodInterceptor(
            ObjectProvider<Rbac> rbac, MethodRules rules) {
        AuthorizationManagerBeforeMethodInterceptor interceptor = new AuthorizationManagerBeforeMethodInterceptor(
                new MethodPointcut(), new MethodManager(rbac::getObject, rules));
        interceptor.setOrder(AuthorizationInterceptorsOrder.PRE_AUTHORIZE.getOrder());
        return interceptor;
    }

    @Bean
    static RuleCheck rbacRuleCheck(Rbac rbac, MethodRules rules) {
        return new RuleCheck(rbac, rules);
    }
}
