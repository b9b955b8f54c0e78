package io.rbac.spring;

import io.rbac.engine.PermissionEngine;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactory;
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
final class RbacConfiguration {

    static final String INTERCEPTOR = "rbacMethodInterceptor";

    /** Named here, so that nothing of Reactor is loaded to look for it. */
    static final String REACTIVE_RBAC = "reactiveRbac";

    @Bean
    Rbac rbac(
            PermissionEngine engine,
            AccountResolver accounts,
            ObjectProvider<UserResolver> users,
            ObjectProvider<DecisionListener> listeners,
            ObjectProvider<DecisionSampler> sampler,
            ApplicationContext context) {
        Rbac.Builder builder = Rbac.builder(engine, accounts);
        users.ifAvailable(builder::users);
        listeners.orderedStream().forEach(builder::onDecision);
        sampler.ifAvailable(builder::sampler);
        Stream.of("mvcConversionService", "webFluxConversionService")
                .filter(context::containsBean)
                .findFirst()
                .ifPresent(name -> builder.conversions(context.getBean(name, ConversionService.class)));
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
            ObjectProvider<Rbac> rbac, MethodRules rules, BeanFactory beans) {
        AuthorizationManagerBeforeMethodInterceptor interceptor = new AuthorizationManagerBeforeMethodInterceptor(
                MethodPointcut.blocking(() -> isReactive(beans)),
                new MethodManager(new FoundBean<>(rbac::getObject), rules));
        interceptor.setOrder(AuthorizationInterceptorsOrder.PRE_AUTHORIZE.getOrder());
        return interceptor;
    }

    /** Returns whether {@link EnableReactiveRbac} is there. */
    static boolean isReactive(BeanFactory beans) {
        return beans.containsBean(REACTIVE_RBAC);
    }

    @Bean
    static RuleCheck rbacRuleCheck(Rbac rbac, MethodRules rules) {
        return new RuleCheck(rbac, rules);
    }
}
