package io.rbac.spring.boot;

import io.rbac.engine.PermissionEngine;
import io.rbac.guard.AdminGuard;
import io.rbac.model.PermissionCatalog;
import io.rbac.model.PolicyRules;
import io.rbac.roleapi.Caller;
import io.rbac.roleapi.RoleApi;
import io.rbac.roleapi.RoleDialect;
import io.rbac.spring.Rbac;
import java.util.Optional;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The role API of a product, mounted below the path of its dialect, over an engine with the rules of the product. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RoleApi.class)
@ConditionalOnBean(type = "io.rbac.roleapi.RoleDialect")
final class RoleApiConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PolicyRules rbacRoleApiRules(RoleDialect dialect) {
        return dialect.rules();
    }

    @Bean
    @ConditionalOnMissingBean
    AdminGuard rbacRoleApiGuard(RoleDialect dialect, PermissionCatalog catalog, RbacProperties properties) {
        if (properties.guard().isSet()) {
            throw new MissingRbacSettingException(
                    "the role API of " + dialect.name() + " has a guard of its own, and `rbac.guard` says another",
                    "Remove the properties `rbac.guard`, or define a bean of the type RoleDialect that needs other"
                            + " permissions.");
        }
        return dialect.guard(catalog);
    }

    @Bean
    PermissionEngineCustomizer rbacRoleApiIds(RoleDialect dialect) {
        return builder -> builder.ids(dialect.ids());
    }

    /** Where there is Spring MVC. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(RequestMappingHandlerMapping.class)
    static final class Mounted {

        private static final Log LOG = LogFactory.getLog(RoleApi.class);

        @Bean
        @ConditionalOnMissingBean
        RoleApi rbacRoleApi(PermissionEngine engine, RoleDialect dialect, Rbac rbac, RbacProperties properties) {
            if (properties.account().pathVariable() != null) {
                throw new MissingRbacSettingException(
                        "the account is a variable of the path, and the paths of a role API have none",
                        "Set another one of the properties `rbac.account`, or define a bean of the type RoleApi.");
            }
            return RoleApi.builder(engine, dialect)
                    .authentication(request -> caller(rbac))
                    .onFailure(failure -> LOG.error("a request to the role API failed", failure))
                    .build();
        }

        private static Optional<Caller> caller(Rbac rbac) {
            String user = rbac.user().id();
            return user.isEmpty() ? Optional.empty() : rbac.account().map(account -> Caller.user(account, user));
        }

        @Bean
        RoleApiController rbacRoleApiController(
                RoleApi api,
                RoleDialect dialect,
                @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers)
                throws NoSuchMethodException {
            RoleApiController controller = new RoleApiController(api);
            controller.mount(dialect.basePath(), handlers);
            return controller;
        }
    }
}
