package io.rbac.spring.boot;

import io.rbac.model.PermissionCatalog;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The modules with which Boot's mappers read and write rights, roles, violations and capabilities. */
@Configuration(proxyBeanMethods = false)
final class JsonConfiguration {

    /** Boot registers modules that are beans. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "com.fasterxml.jackson.databind.ObjectMapper")
    static final class Jackson2 {

        @Bean
        @ConditionalOnMissingBean
        io.rbac.jackson.RbacModule rbacJackson2Module(PermissionCatalog catalog) {
            return new io.rbac.jackson.RbacModule(catalog);
        }
    }

    /** Boot registers modules that are beans. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "tools.jackson.databind.ObjectMapper")
    static final class Jackson3 {

        @Bean
        @ConditionalOnMissingBean
        io.rbac.jackson3.RbacModule rbacJackson3Module(PermissionCatalog catalog) {
            return new io.rbac.jackson3.RbacModule(catalog);
        }
    }
}
