package io.rbac.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.security.authorization.method.AuthorizationInterceptorsOrder;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeReactiveMethodInterceptor;
import org.springframework.web.server.WebFilter;

/** The beans of {@link EnableReactiveRbac}. */
@Configuration(proxyBeanMethods = false)
final class RbacReactiveConfiguration {

    @Bean(RbacConfiguration.REACTIVE_RBAC)
    ReactiveRbac reactiveRbac(Rbac rbac) {
        return ReactiveRbac.of(rbac);
    }

    /** Asks for the bean when it is called first, so that nothing which the engine needs is made before it can be proxied. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AuthorizationManagerBeforeReactiveMethodInterceptor rbacReactiveMethodInterceptor(
            ObjectProvider<ReactiveRbac> rbac, MethodRules rules) {
        AuthorizationManagerBeforeReactiveMethodInterceptor interceptor =
                new AuthorizationManagerBeforeReactiveMethodInterceptor(
                        MethodPointcut.reactive(), new ReactiveMethodManager(new FoundBean<>(rbac::getObject), rules));
        interceptor.setOrder(AuthorizationInterceptorsOrder.PRE_AUTHORIZE.getOrder());
        return interceptor;
    }

    @Bean
    static WebFilter rbacExchangeContextFilter() {
        return new ExchangeContextFilter();
    }

    @Bean
    static AnsweringChains rbacAnsweringChains() {
        return new AnsweringChains();
    }

    @Bean
    RbacReactiveExceptionHandler rbacReactiveExceptionHandler(
            ReactiveRbac rbac, ObjectProvider<ProblemOptions> options) {
        return new RbacReactiveExceptionHandler(
                rbac, new Problems(options.getIfAvailable(() -> ProblemOptions.STANDARD)));
    }
}
